"""What the record of `gpu` holds: nets timed on an H100, and text of 10^6 to 10^8 characters."""

import statistics
from functools import cache
from pathlib import Path

import decide
import harness
import intervals
import speed_gpu

MODES = [tuple(mode) for mode in speed_gpu.SETTINGS["modes"]]
# Whole models of one size, and what the text rows call them after their characters and passes.
PAIRS = [("LSTM H=220", "GRU H=256"), ("LSTM H=884", "GRU H=1024")]
RNNS = dict(zip(PAIRS, ("RNN H=440", "RNN H=1772"), strict=True))
READ = {10**6: 10, 10**7: 4, 10**8: 1}  # how often a net reads a text of so many characters


@cache
def load(name="gpu"):
    """Return the record of `gpu`, or of `kernel_counts`, which stands beside it."""
    return harness.load(Path(__file__).with_name(name))


def times(case):
    """Return the milliseconds of each net of a case of speed_gpu, one for each repetition."""
    name = speed_gpu.label(*case)
    return next(row["milliseconds"] for row in load()["rows"] if row["model"] == name)


def cases(hidden_size=None, layers=None, precision=None, mode=None):
    """Return the cases that were timed; of some kind alone, where one is named."""
    wanted = (hidden_size, layers, precision, mode)
    return [
        case
        for case in speed_gpu.rows(load()["settings"]["speed"])
        if all(want in (None, has) for want, has in zip(wanted, (*case[:3], case[3:]), strict=True))
    ]


def ratios(case, beside="LSTM"):
    """Return GRU ÷ LSTM in each repetition, in which the two took turns."""
    found = times(case)
    return [gru / lstm for gru, lstm in zip(found["GRU"], found[beside], strict=True)]


def points():
    """Return pairs of units and GRU ÷ LSTM in training one layer, for each precision."""
    return {
        precision: [
            (case[0], ratio)
            for case in cases(layers=1, precision=precision, mode=MODES[0])
            for ratio in ratios(case)
        ]
        for precision in speed_gpu.SETTINGS["precisions"]
    }


def comparison(case):
    """Return the comparison of the milliseconds of GRU and LSTM, by the rule."""
    found = times(case)
    return decide.compare(decide.Net(found["GRU"]), decide.Net(found["LSTM"]), "time")


@cache
def decided():
    """Return case -> what the rule decides of "the GRU takes less time", all cases together."""
    return decide.decide({case: ("less", comparison(case)) for case in cases()})


def show(beside):
    """Print GRU ÷ LSTM in training one layer: the median of the seven and, in (), their ends.

    beside: units -> the ratio on another machine, for the column before.
    """
    print("units   CPU", *(f"{name:>16}" for name in speed_gpu.SETTINGS["precisions"]))
    for size in speed_gpu.SETTINGS["hidden_sizes"]:
        print(
            f"{size:5} {f'{beside[size]:.2f}' if size in beside else '':>5}",
            *(f"{spread(case):>16}" for case in cases(size, 1, mode=MODES[0])),
        )


def spread(case):
    """Return the median of a case's ratios and their ends, as they are printed."""
    found = ratios(case)
    return f"{statistics.median(found):.2f} ({min(found):.2f}–{max(found):.2f})"


def show_decided():
    """Print for each mode and size how many of the nine cases the rule decides, and how.

    Before it stand the least and the greatest of their medians, behind it those beside an LSTM of
    as many parameters.
    """
    for mode in MODES:
        print("\n{}, {} at once".format(*mode))
        print("units  GRU ÷ LSTM   less equal  open   as large")
        for size in speed_gpu.SETTINGS["hidden_sizes"]:
            print(
                f"{size:5}  {between(size, mode, 'LSTM')} ",
                *(f"{count:5}" for count in told(cases(size, mode=mode))),
                f" {between(size, mode, 'LSTM, equal parameters')}",
            )
        every = cases(mode=mode)
        print(f"all {len(every):2}           ", *(f"{count:5}" for count in told(every)))


def told(of):
    """Return in how many of some cases the GRU takes less, in how many as long, and the rest."""
    words = [decided()[case] for case in of]
    kinds = ("shown", "small"), ("refuted",), ("undecided",)
    return [sum(word in kind for word in words) for kind in kinds]


def between(size, mode, beside):
    """Return the least and the greatest median of the cases of a size, as they are printed."""
    found = [statistics.median(ratios(case, beside)) for case in cases(size, mode=mode)]
    return f"{min(found):.2f}–{max(found):.2f}"


def show_origin():
    """Print when, where and with what the nets were timed."""
    harness.show_origin(load() | {"settings": load()["settings"]["speed"]})


def text(net, size):
    """Return what the record calls a net that read a text of so many characters."""
    return f"text {net}, {size} characters, {READ[size]} passes"


def bits(net, size):
    """Return the test bits of a net's seeds on a text; none where it was not trained."""
    return harness.values(load(), "test_bits").get(text(net, size), [])


def counts(size):
    """Return the test bits of counts on the same text."""
    (found,) = harness.values(load("kernel_counts"), "test_bits")[f"counts, {size} characters"]
    return found


def beside_counts(net, size):
    """Return the test bits of a net on a text, for decide, with counts as the baseline."""
    baseline = ("test_bits", counts(size), False)
    return decide.net(load(), text(net, size), "test_bits", baseline)


def on_text():
    """Return (pair, size) -> what the rule decides of "the LSTM has fewer bits", and why not."""
    trained = [
        (pair, size) for size in READ for pair in PAIRS if all(bits(net, size) for net in pair)
    ]
    return decide.with_words({
        (pair, size): (
            "less", decide.compare(*(beside_counts(net, size) for net in pair), "bits")
        )
        for pair, size in trained
    })  # fmt: skip


def show_text():
    """Print the test bits of each net on each text, of counts, and what the rule decides."""
    found = on_text()
    for size in READ:
        print(f"\n{size:,} characters; counts: {counts(size):.2f}")
        for pair in PAIRS:
            for net in (*pair, RNNS[pair]):
                seeds = bits(net, size)
                print(f"{net:10}", *(f"{each:.2f}" for each in seeds), "" if seeds else "not run")
            if (pair, size) in found:
                word, c = found[pair, size]
                print(f"  LSTM − GRU {intervals.written(c.difference, c.low, c.high, 3)}: {word}")
