import csv
import io
import random

rows = [f"{k % 20},text {k},{k % 2}" for k in range(60)]
head = ["speaker,text,label"]
file = io.StringIO("\n".join(head + rows))

rows = list(csv.DictReader(file))
speakers = sorted({row["speaker"] for row in rows})
random.Random(0).shuffle(speakers)
train, valid, test = parts = [], [], []
for row in rows:
    k = 10 * speakers.index(row["speaker"]) // len(speakers)
    if row["text"]:
        pair = row["text"], row["label"]
        parts[max(k - 7, 0)].append(pair)
new, scored = ["text 60"], valid
print(len(train), len(valid), len(test), test[0])
