"""How well is the kernel's text predicted by counts, beside which the nets of the GPU stand?

They are counts as modified Kneser-Ney mixes them, on the same parts of the same text; how many
characters before the next they look at is chosen by the validation part.
"""

import sys
from functools import partial

import gpu
import harness
import text_sizes
import texts

SETTINGS = {
    "text": gpu.SETTINGS["text"],
    "characters": [10**7, 10**6, 10**8],  # by value
    "orders": list(range(1, 25)),
    "held_out": None,  # of the validation and the test part all
}
QUICK = {"characters": [2_000, 1_000], "orders": [1, 2, 3, 4], "held_out": 3_000}
PACE = 1_200_000  # characters a second, for each that is looked at before the next


def make_runs(settings, rows):
    """Return the runs: for each size of the training text its counts."""
    return [
        (
            harness.part_label("counts", f"{size} characters"),
            None,
            partial(text_sizes.count, {"characters": size}, settings),
        )
        for size in settings["characters"]
    ]


def forecast(settings):
    """Return for each size what it is and about how many seconds it takes."""
    held_out = settings["held_out"] or texts.KINDS[settings["text"]].held_out
    return [
        (f"{size} characters", max(settings["orders"]) * (size + 2 * held_out) / PACE)
        for size in settings["characters"]
    ]


def main(argv=None, script=__file__, settings=SETTINGS):
    """Run the experiment with the harness's options, or another's script with its settings."""
    try:
        settings = text_sizes.of_text(settings)
    except texts.Missing as error:
        sys.exit(str(error))
    harness.main(script, settings, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
