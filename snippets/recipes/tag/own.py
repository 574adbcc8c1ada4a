import io
import random

sentence = (
    "-DOCSTART- O\n\nThe DET\ndog{0} NOUN\nsleeps VERB\n\n"
)
file = "".join(sentence.format(k) for k in range(20))
file = io.StringIO(file.replace(" ", "\t"))

docs, seen = [[]], {"[]", "['-DOCSTART-']"}
for block in file.read().split("\n\n"):
    rows = [
        row.split() for row in block.splitlines() if row
    ]
    s, y = (
        [row[0] for row in rows],
        [row[-1] for row in rows],
    )
    if "-DOCSTART-" in s:
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
print(len(train), len(valid), len(test))
