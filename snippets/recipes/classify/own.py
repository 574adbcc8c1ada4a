import csv
import io
import random

rows = [f"{k % 20},text {k},{k > 29:d}" for k in range(60)]
head = ["speaker,text,label"]
file = io.StringIO("\n".join(head + rows))

rows = list(csv.DictReader(file))
speakers = sorted({row["speaker"] for row in rows})
random.Random(0).shuffle(speakers)
n = len(speakers)
tenth = {s: 10 * k // n for k, s in enumerate(speakers)}
train, valid, test = parts = [], [], []
for row in rows:
    if row["text"]:
        part = max(tenth[row["speaker"]] - 7, 0)
        parts[part].append((row["text"], row["label"]))
assert all(parts), "too few speakers to split"
kinds = [{c for _, c in part} for part in parts]
assert kinds[0] == kinds[1] == kinds[2], f"{kinds = }"
new, scored = ["text 60"], valid
if __name__ == "__main__":
    print(*map(len, parts))
