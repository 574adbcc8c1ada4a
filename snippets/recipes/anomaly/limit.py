import numpy as np

rng, LATE = np.random.default_rng(0), 36
made_up = rng.exponential(size=5000)
made_up[3000:3006] += 10
# >>> score: of the validation part, one a sample
score = made_up
# <<<
score[score == 0] = score.min()  # a gap has no score


def alarms(score: np.ndarray, limit: float) -> list:
    t = np.flatnonzero(score > limit)
    first = t[np.diff(t, prepend=-LATE - 1) > LATE]
    last = t[np.diff(t, append=t[-1:] + LATE + 1) > LATE]
    return [
        *zip(first.tolist(), last.tolist(), strict=True)
    ]


for share in 0.0, 0.001, 0.002, 0.005, 0.01:
    limit = np.quantile(score, 1 - share)
    found = alarms(score, limit)
    print(
        f"{share:.3f} {limit:5.1f} {len(found):3}",
        found[:2],
    )
