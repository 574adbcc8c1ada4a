"""What needs a GPU on a Chinese text: the nets of `gpu`, each sign of classical poems predicted."""

import sys

import gpu

SETTINGS = gpu.SETTINGS | {
    "text": "poems",
    "speed": gpu.SETTINGS["speed"] | {"hidden_sizes": []},  # `gpu` has the timings
    "first_rate": {"256": 0.004, "512": 0.002},
    "plan": [
        {"characters": 10**7, "passes": 2, "widths": [512], "seeds": [0, 1, 2]},
        {"characters": 10**6, "passes": 10, "widths": [512], "seeds": [0, 1, 2]},
        {"characters": 10**7, "passes": 2, "widths": [256], "seeds": [0, 1, 2]},
        {"characters": 10**6, "passes": 10, "widths": [256], "seeds": [0, 1, 2]},
        {"characters": 10**7, "passes": 2, "widths": [512], "seeds": [0, 1, 2],
         "direction": "up"},
        {"characters": 10**7, "passes": 2, "widths": [512], "seeds": [3, 4, 5, 6, 7, 8, 9]},
    ],
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(gpu.main(script=__file__, settings=SETTINGS))
