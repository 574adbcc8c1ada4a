"""What is run first, how long it all takes, and what is left out: sixteen hours of one core.

Prints that; with --hours, runs the experiments in this order until the time is over. Each goes on
from the rows that it has kept, so the same command may be given again.
"""

import argparse
import json
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

HOURS = 16
# By value for each hour: what nobody has printed and what decides many claims in little time first.
ORDER = [
    "binary_counter",
    "kernel_counts",
    "poem_counts",
    "lstm_to_gru",
    "digits_mixed",
    "sunspots_matched",
    "gradient_sizes",
    "states_apart",
    "counting_far",
    "one_gate_less",
    "adding_long",
    "text_sizes",
]
# What was planned and does not fit, with its hours; what stands last here would come first.
LEFT_OUT = [
    ("text_sizes", "10^6 characters at width 256", 7.4),
    ("text_baselines", "all, a Transformer and a minGRU", 2.6),
    ("adding_long", "T=200, orthogonal, and T=400, default", 1.9),
    ("lstm_to_gru", "the walk once more, at the size of a GRU H=64", 0.8),
    ("one_gate_less", "gates held in nets as wide, and more bias for the gate that keeps", 0.9),
    ("copying", "all, also wait 100 and nets of the LSTM's size", 2.4),
    ("layers", "all, more layers on text and both directions on digits", 2.0),
    ("text_sizes", "10^6 characters, nets of the LSTM's size", 3.2),
]


def hours(name):
    """Return how long an experiment takes by its forecast, and how long its rows have taken."""
    module = import_module(name)
    forecast = sum(seconds for _, seconds in module.forecast(module.SETTINGS))
    file = record(name)
    spent = json.loads(file.read_text("utf-8"))["seconds"] if file.exists() else 0
    return forecast / 3600, spent / 3600


def record(name):
    """Return the file of an experiment's rows."""
    return Path(__file__).parent / "records" / f"{name}.json"


def show():
    """Print each experiment with its hours, those of all up to it, and those of its rows."""
    total = 0
    print(f"{'experiment':16} {'hours':>6} {'in all':>6} {'so far':>6}")
    for name in ORDER:
        expected, spent = hours(name)
        total += expected
        print(f"{name:16} {expected:6.2f} {total:6.2f} {spent:6.2f}")
    for name, what, left_out in LEFT_OUT:
        print(f"left out of {name}: {what}, {left_out} hours")


def run(hours_left):
    """Run the experiments one after the other, each while there is time; return those that failed.

    One that ends with an error, such as a text that is not there, doesn't keep the others waiting.
    """
    end, failed = time.monotonic() + 3600 * hours_left, []
    for name in ORDER:
        left = max(0, (end - time.monotonic()) / 3600)
        script = Path(__file__).with_name(f"{name}.py")
        status = subprocess.run([sys.executable, script, "--hours", str(left)]).returncode
        if status == 130:  # Ctrl-C is meant for all
            sys.exit(status)
        if status:
            failed.append(name)
    return failed


def main(argv=None):
    """Print the order; run it where hours are given."""
    parser = argparse.ArgumentParser(prog=Path(__file__).name)
    parser.add_argument("--hours", type=float, help="run all in this order, beginning none later")
    args = parser.parse_args(argv)
    show()
    if args.hours is not None and (failed := run(args.hours)):
        sys.exit(f"ended with an error: {', '.join(failed)}")


if __name__ == "__main__":
    main()
