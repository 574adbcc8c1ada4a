import pathlib
import random
import tempfile

import numpy as np

folder = pathlib.Path(tempfile.mkdtemp())
draw = np.random.default_rng(0).normal
for k in range(60):
    np.savez(
        folder / f"{k}.npz",
        x=draw(k % 2, 1, (5 + k % 7, 2)),
        label="ab"[k % 2],
        machine=f"m{k % 15}",
    )

found = {}
for file in sorted(folder.glob("*.npz")):
    one = np.load(file)
    steps = one["x"].tolist()
    assert np.isfinite(steps).all(), f"{file.name}: NaN"
    pair = steps, str(one["label"])
    found.setdefault(str(one["machine"]), []).append(pair)
machines = sorted(found)
random.Random(0).shuffle(machines)
train, valid, test = parts = [], [], []
for k, machine in enumerate(machines):
    part = max(10 * k // len(machines) - 7, 0)
    parts[part].extend(found[machine])
assert all(parts), "too few machines to split"
kinds = [{c for _, c in part} for part in parts]
assert kinds[0] == kinds[1] == kinds[2], f"{kinds = }"
new, scored = [s for s, _ in valid[:2]], valid
if __name__ == "__main__":
    print(*map(len, parts))
