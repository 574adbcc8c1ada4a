import numpy as np

labels = np.zeros(20000, bool)
events = [
    slice(k, k + 200) for k in range(500, 20000, 2000)
]
for event in events:
    labels[event] = True
score = np.random.default_rng(0).random(20000)


def f1(alarm: np.ndarray) -> float:
    return (
        2
        * (alarm & labels).sum()
        / (alarm.sum() + labels.sum())
    )


plain, adjusted = [], []
for limit in np.quantile(score, np.linspace(0, 0.999, 200)):
    alarm = score > limit
    plain.append(f1(alarm))
    for event in events:
        alarm[event] = alarm[event].any()
    adjusted.append(f1(alarm))
print(f"{max(plain) = :.2f}")
print(f"{max(adjusted) = :.2f}")
