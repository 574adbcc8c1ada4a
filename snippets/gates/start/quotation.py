import random


def look_back(text, window):
    for t in range(1, len(text) + 1):
        seen = text[max(0, t - window) : t]
        yield seen.rfind("“") > seen.rfind("”")


def remember(text):
    note = 0
    for sign in text:
        keep = 0 if sign in "“”" else 1
        write = 1 if sign == "“" else 0
        note = keep * note + write
        yield note


text = "ab“cdefg”hi"
print(*text)
print(*remember(text))

random.seed(0)
long = ""
for _ in range(1000):
    long += "a" * random.randint(1, 100) + "“"
    long += "a" * random.randint(1, 100) + "”"

truth = list(look_back(long, len(long)))
answers = {w: look_back(long, w) for w in (1, 10, 50)}
answers["note"] = remember(long)
for name, given in answers.items():
    pairs = zip(given, truth, strict=True)
    right = sum(a == b for a, b in pairs)
    print(f"{name:4} {right / len(long):.3f}")
