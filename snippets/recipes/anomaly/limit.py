import numpy as np

rng, LATE = np.random.default_rng(0), 36
made_up = rng.exponential(size=5000)
made_up[3000:3006] += 10
# >>> score: of the validation part; alarms to look at
score = made_up
MOST = 0, 1, 3, 5, 20
# <<<
score[score == 0] = score.min()  # a gap has no score


def alarms(score: np.ndarray, limit: float) -> list:
    t = np.flatnonzero(score > limit)
    first = t[np.diff(t, prepend=-LATE - 1) > LATE]
    last = t[np.diff(t, append=t[-1:] + LATE + 1) > LATE]
    return [
        *zip(first.tolist(), last.tolist(), strict=True)
    ]


def lowest(score: np.ndarray, most: int) -> float:
    limit = score.max()
    for lower in np.unique(score)[::-1]:
        if len(alarms(score, lower)) > most:
            return float(limit)
        limit = lower
    raise ValueError(f"never more than {most} alarms")


for most in MOST:
    limit = lowest(score, most)
    found = alarms(score, limit)
    print(most, limit, len(found), found[:2])
