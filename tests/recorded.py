"""Numbers of recorded runs, as the chapters write them."""

import re
from statistics import fmean, median

import harness
import learning_rate
import speed
from tests.numbers import NUMBER
from tests.sources import ROOT

RECORD = harness.load(learning_rate.__file__)
RATES = RECORD["settings"]["learning_rates"]
BEST = harness.best_rates(RECORD, learning_rate.NETS, "validation_bits")


def of_gradients() -> set[str]:
    """Numbers of the recorded gradients and times."""
    numbers = {number for text in factors().values() for number in re.findall(NUMBER, text)}
    return {
        *numbers, *short_factors().values(), *factors_of_ten(), times_as_long(), *left_by_lstms(),
    }  # fmt: skip


def factors() -> dict[str, str]:
    """What each net's gradient is multiplied by at each step, mean and spread."""
    spread = harness.spread(record("gradients"), "per_step")
    return {net: f"{mean:.3f} ± {sd:.3f}" for net, (_, mean, sd) in spread.items()}


def short_factors() -> dict[str, str]:
    """The same means as sentences write them."""
    spread = harness.spread(record("gradients"), "per_step")
    return {net: f"{mean:.2f}" for net, (_, mean, _) in spread.items()}


def factors_of_ten() -> list[str]:
    """The means of ten nets of the same size and inputs, recorded later."""
    factors = harness.values(record("gradient_sizes"), "per_step")
    return [f"{fmean(factors[f'{net}, H=64, D=8, inputs x 1']):.3f}" for net in ("GRU", "LSTM")]


def after_fifty_steps(net: str) -> list[float]:
    """The logarithms of the gradients that are left, one for each seed."""
    return [row["log10"][50] for row in record("gradients")["rows"] if row["model"] == net]


def left_by_lstms() -> tuple[str, str]:
    """The least and the most that LSTMs with bias 3 keep of their gradient over 50 steps."""
    left = [10**power for power in after_fifty_steps("LSTM +3")]
    return f"{min(left):.2f}", f"{max(left):.1f}"


def times_as_long() -> str:
    """How many times as long as an LSTM of 64 units a GRU takes, with 32 sequences."""
    cells = speed.cells_name(64, 32)
    gru, lstm = (median(speed.times(record("speed"), cells, net)) for net in ("GRU", "LSTM"))
    return f"{gru / lstm:.2f}"


def record(experiment: str) -> dict:
    return harness.load(ROOT / f"experiments/{experiment}.py")


def mean_and_spread(value: str, net: str, rate: float) -> str:
    """A net's mean and spread as the page writes them."""
    _, mean, sd = harness.spread(RECORD, value)[harness.label(net, rate)]
    return f"{mean:.2f} ± {sd:.2f}"


def of_learning_rates() -> set[str]:
    """Numbers of the recorded runs on learning rates, as the page writes them."""
    values = {
        number
        for value in ("validation_bits", "test_bits")
        for net in learning_rate.NETS
        for rate in RATES
        for number in mean_and_spread(value, net, rate).split(" ± ")
    }
    return values | {str(rate) for rate in RATES}
