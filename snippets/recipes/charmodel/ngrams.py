from collections import Counter, defaultdict
from math import log2

# >>> texts: name -> text to train on, text to score
texts, SCORED, GAP = {}, 9, "\n\n\n"  # 8 to choose settings
for name in "plays", "poems":
    with open(f"{name}.txt", encoding="utf-8") as f:
        pieces = [s + GAP for s in f.read().split(GAP)]
    b = "".join(pieces[SCORED::10])
    del pieces[9::10], pieces[8::9]  # eight of ten train
    a = "".join(pieces)
    assert b, "fewer than ten pieces"
    both = max({*a.split("\n")} & {*b.split("\n")}, key=len)
    assert len(both) < 24, f"in two parts: {both}"
    n = Counter(a)
    rare = {ord(s): "□" for s in a + b if n[s] < 2}
    texts[name] = a.translate(rare), b.translate(rare)
# <<<
ORDER = 6  # a sign, and up to five before it


def cut(counts: dict) -> list:  # discounts of 1, 2, 3
    n = Counter(
        x for c in counts.values() for x in c.values()
    )
    y, found = n[1] / (n[1] + 2 * n[2] or 1), [0.0]
    for k in 1, 2, 3:
        d = k - (k + 1) * y * n[k + 1] / (n[k] or 1)
        found.append(min(max(d, 0.1), k - 0.01))
    return found


def ngrams(train: str, text: str) -> float:
    at, of = Counter(), Counter()
    for line in train.splitlines(True):
        at.update(enumerate(line))
        of.update(range(len(line)))
    sure = {  # places that tell the sign, in most lines
        k
        for (k, _), n in at.items()
        if 2 * n > of[k] > of[0] / 2
    }
    levels = [defaultdict(Counter) for _ in range(ORDER)]
    cuts, bits, k, both = [], 0.0, 0, train + text
    base = 1 / len({*train, "□"})
    for i, s in enumerate(both):
        if i == len(train):
            cuts = [*map(cut, levels)]
        p, place, found = base, k if k in sure else -1, []
        k = 0 if s == "\n" else k + 1
        for j, level in enumerate(levels):
            found.append(
                level[place, both[max(i - j, 0) : i]]
            )
        for n, d in zip(found, cuts, strict=False):
            if n:
                x = [min(x, 3) for x in n.values()]
                p *= sum(
                    d[j] * x.count(j) for j in (1, 2, 3)
                )
                p = (p + n[s] - d[min(n[s], 3)]) / n.total()
        bits -= log2(p) if cuts else 0
        for n in found[::-1]:  # shorter ones, if it is new
            n[s] += 1
            if n[s] > 1:
                break
    return bits / len(text)


if __name__ == "__main__":
    for name, (a, b) in texts.items():
        print(f"n-grams {name} {ngrams(a, b):.3f}")
