import csv
import io
import random

lines = [f"{k % 20}\tat {k}\tA T {k}" for k in range(60)]
head = "\n".join(["group\tfrom\tto", *lines])
file = io.StringIO(head)

rows = [*csv.DictReader(file, delimiter="\t")]
groups = sorted({row["group"] for row in rows})
random.Random(0).shuffle(groups)
n = len(groups)
tenth = {g: 10 * k // n for k, g in enumerate(groups)}
train, valid, test = parts = {}, {}, {}
for row in rows:
    part = parts[max(tenth[row["group"]] - 7, 0)]
    x, y = row["from"], tuple(row["to"].split())
    part.setdefault(x, []).append(y)
assert all(parts), "too few groups to split"
new, scored = next(iter(test)), valid
if __name__ == "__main__":
    answers = [
        y for p in parts for ys in p.values() for y in ys
    ]
    print(*map(len, parts), max(map(len, answers)))
