# >>> pairs: the right tags, and those that were said
pairs = [
    (
        ["B-PER", "I-PER", "O", "B-LOC"],
        ["B-PER", "O", "O", "O"],
    ),
    (
        ["O", "O", "B-PER", "O"],
        ["O", "O", "B-PER", "B-LOC"],
    ),
]
# <<<


def entities(tags: list[str]) -> set[tuple]:
    found, last = [], ""
    for k, tag in enumerate(tags):
        kind = tag[2:]
        if tag[0] == "I" and kind == last:
            found[-1][2] = k + 1
        elif kind:
            found.append([kind, k, k + 1])
        last = kind
    return {(*one,) for one in found}


right, said = (
    [
        (n, *e)
        for n, tags in enumerate(one)
        for e in entities(tags)
    ]
    for one in zip(*pairs, strict=True)
)
for kind in sorted({e[1] for e in right + said}):
    a, b = (
        {e for e in one if e[1] == kind}
        for one in (right, said)
    )
    f1 = 2 * len(a & b) / (len(a) + len(b))
    print(kind, len(a), len(b), len(a & b), f"{f1:.2f}")
