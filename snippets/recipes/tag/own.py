import io
import random
import re

sentence = (
    "-DOCSTART-\tO\n\n# id {0}\nThe\t_\tDET\n"
    "dog{0}\t_\tNOUN\nsleeps\t_\tVERB\n\n"
)
file = "".join(sentence.format(k) for k in range(20))
file = io.StringIO(file)
TOKEN, TAG = 0, -1

docs, seen = [[]], {"[]", "['-DOCSTART-']"}
for block in re.split(r"\n\s*\n", file.read()):
    s, y = [], []
    for line in block.splitlines():
        row = line.split("\t" if "\t" in line else None)
        whole = not re.match(r"\d+[-.]\d+\t", line)
        if (
            row
            and whole
            and ("\t" in line or line[0] != "#")
        ):
            assert len(row) > max(TAG, 1), f"short: {line}"
            s.append(row[TOKEN])
            y.append(row[TAG])
    if "-DOCSTART-" in s or "# newdoc" in block:
        docs.append([])
    if str(s) not in seen:
        docs[-1].append((s, y))
    seen.add(str(s))
docs = [doc for doc in docs if doc]
random.Random(0).shuffle(docs)
train, valid, test = parts = [], [], []
for k, doc in enumerate(docs):
    parts[max(10 * k // len(docs) - 7, 0)].extend(doc)
new, scored = [["The", "cat", "sleeps"]], valid
assert all(parts), "too few documents to split"
tags = [{t for _, y in p for t in y} for p in parts]
missing = sorted((tags[1] | tags[2]) - tags[0])
if __name__ == "__main__":
    print(*map(len, parts))
    print(f"{missing = }")
