"""The plots of the evidence pages: one style, and words that the site translates."""

from collections import Counter
from itertools import product

import matplotlib.pyplot as plt
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

# The site's palette; on a page these become its colours, light or dark. A net has a hue, marks and
# dashes of its own: the first are its first net's, the next those of another size or kind of it.
GRU, LSTM, INK, QUIET = "#147a38", "#930a52", "#1d1d22", "#5a5a66"
LOOKS = {
    "GRU": ([GRU], "odh", ["-", (0, (8, 2))]),
    "LSTM": ([LSTM], "s^v", ["--", "-."]),
    "RNN": ([INK], "x+", [":", (0, (1, 3))]),
    "other": ([INK, QUIET], "DP*", ["-.", (0, (1, 2))]),
}
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

plt.rcParams.update(
    {
        "figure.figsize": (5, 3.4),
        "figure.facecolor": "none",
        "figure.constrained_layout.use": True,
        "axes.facecolor": "none",
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "font.size": 12,
        "legend.frameon": False,
        "svg.fonttype": "none",  # text stays text
        "svg.hashsalt": "gate by gate",  # the same plot gives the same file
        "text.color": INK,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
    }
)


def lines(x, series, xlabel, ylabel):
    """Draw each series of a dict against x; the first, in ink, is the truth.

    x: (n,); series: name -> (n,). Lines differ in dash and marker as well as in colour.
    """
    _, axes = plt.subplots()
    truth, *others = series
    axes.plot(x, series[truth], color=INK, label=truth)
    for name, (colour, marker, dash) in _looks(others).items():
        look = {"color": colour, "marker": marker, "linestyle": dash}
        axes.plot(x, series[name], markersize=3.5, label=name, **look)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    _legend(axes, columns=len(series))
    plt.show()


def seeds(rows, value, beside, xlabel, title, file=None):
    """Draw a point for each seed of each model, and a line for each of some that have no seeds.

    rows: dicts with "model", "seed" (None for a model without) and `value`; beside: which have a
    line, a name or several; title: the finding, in a sentence of at most ten words, here and below;
    file: an SVG file to draw into, else it is shown.
    """
    beside = [beside] if isinstance(beside, str) else beside or []
    models = list(dict.fromkeys(row["model"] for row in rows if row["seed"] is not None))
    looks, labels = _looks(models), _labels(models)
    _, axes = plt.subplots()
    for row in rows:
        if row["seed"] is not None:
            if row[value] is None:  # a net that never got there has its line, and no point
                continue
            y = models.index(row["model"]) + 0.09 * (row["seed"] % 5 - 2)
            _points(axes, [row[value]], [y], *looks[row["model"]][:2])
        elif row["model"] in beside:
            axes.axvline(row[value], color=QUIET, linestyle="--")
            axes.text(row[value], -0.75, row["model"], color=QUIET, ha="center", va="bottom")
    axes.set(xlabel=xlabel, ylim=(len(models) - 0.5, -0.75))
    axes.set_yticks(range(len(models)), labels.values())
    axes.figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    if file is None:
        plt.show()
    else:
        _save(axes.figure, file)


def points(groups, xlabel, ylabel, title, level=None):
    """Draw a point for each seed, in groups that differ in shape and stand side by side.

    groups: name -> list of (x, y), x on a scale where equal ratios are equally far apart; level: a
    height to compare with, drawn as a line.
    """
    _, axes = plt.subplots()
    if level is not None:
        axes.axhline(level, color=QUIET, linestyle="--", linewidth=1)
    looks, labels = _looks(groups), _labels(groups)
    ticks = sorted({value for pairs in groups.values() for value, _ in pairs})
    step = ticks[1] / ticks[0]
    for k, (name, pairs) in enumerate(groups.items()):
        x = []
        for i, (value, _) in enumerate(pairs):
            aside = 0.16 * (k - (len(groups) - 1) / 2) + 0.02 * (i % 5 - 2)
            x.append(value * step**aside)
        _points(axes, x, [value for _, value in pairs], *looks[name][:2], labels[name])
    axes.set(xscale="log", xlabel=xlabel, ylabel=ylabel)
    heights = [y for pairs in groups.values() for _, y in pairs]
    if min(heights) < max(heights) / 3:  # else the axis is the data's own, and shows them larger
        axes.set_ylim(bottom=0)
    axes.set_xticks(ticks, [str(value) for value in ticks])
    axes.minorticks_off()
    _legend(axes, title)
    plt.show()


def shares(ticks, groups, xlabel, ylabel, title):
    """Draw how many of all are right at each tick, with the exact interval, for each group.

    ticks: (n,), equally far apart on the page; groups: name -> list over ticks of (right, all).
    """
    import intervals  # no other plot needs it

    _, axes = plt.subplots()
    for k, (name, (colour, marker, dash)) in enumerate(_looks(groups).items()):
        x = [place + 0.1 * (2 * k + 1 - len(groups)) for place in range(len(ticks))]
        right = [count for count, _ in groups[name]]
        ends = [[of * end for end in intervals.share(count, of)] for count, of in groups[name]]
        below = [count - low for count, (low, _) in zip(right, ends, strict=True)]
        above = [high - count for count, (_, high) in zip(right, ends, strict=True)]
        look = {"color": colour, "marker": marker, "linestyle": dash, "elinewidth": 1}
        axes.errorbar(x, right, (below, above), label=name, **look)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.set_ylim(bottom=0)
    axes.set_xticks(range(len(ticks)), ticks)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
    _legend(axes, title)
    plt.show()


def bits(states, xlabel, ylabel, title):
    """Draw units at -1 or 1 as the digits of binary numbers, the last digit below.

    states: (steps, units), from the start on and from the last digit on.
    """
    steps, units = states.shape
    _, axes = plt.subplots(figsize=(5, 0.4 * units + 1.1))
    for step, unit in product(range(steps), range(units)):
        one = bool(states[step, unit] > 0)
        fill, ink = (GRU, INK) if one else ("none", QUIET)
        box = {"edgecolor": QUIET, "linewidth": 0.5}
        axes.add_patch(Rectangle((step, unit), 1, 1, facecolor=to_rgba(fill, 0.3 * one), **box))
        axes.text(step + 0.5, unit + 0.46, int(one), color=ink, ha="center", va="center")
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.set_xticks([step + 0.5 for step in range(0, steps, 2)], range(0, steps, 2))
    axes.set_yticks([unit + 0.5 for unit in range(units)], [2**unit for unit in range(units)])
    axes.set(xlim=(0, steps), ylim=(0, units))
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    plt.show()


def curves(groups, xlabel, ylabel, title):
    """Draw a thin line for each seed, in groups that differ in dash as well as in colour.

    groups: name -> list over seeds of (x, y), each a list.
    """
    _, axes = plt.subplots()
    labels = _labels(groups)
    for name, (colour, _, dash) in _looks(groups).items():
        for seed, (x, y) in enumerate(groups[name]):
            label = None if seed else labels[name]
            look = {"color": colour, "linestyle": dash, "label": label}
            axes.plot(x, y, linewidth=1.2, alpha=0.8, **look)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    _legend(axes, title)
    plt.show()


def ahead(groups, ticks, xlabel, ylabel, title, file):
    """Draw the error over how far ahead is forecast, a line for each seed, into an SVG file.

    groups: name -> list over seeds of errors at the ticks.
    """
    figure, axes = plt.subplots()
    for name, (colour, marker, dash) in _looks(groups).items():
        for seed, errors in enumerate(groups[name]):
            look = {"color": colour, "linestyle": dash, "marker": marker}
            look |= {"linewidth": 1, "zorder": 2} if groups[name][1:] else {"zorder": 3}
            label = None if seed else name
            axes.plot(ticks, errors, markersize=4, alpha=0.8, label=label, **look)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.set_xticks(ticks)
    _legend(axes, title, columns=2)
    _save(figure, file)


def fading(curves, title, file):
    """Draw how a gradient fades with distance, a line for each seed, into an SVG file.

    curves: name -> list over seeds of log10 values at the distances 0, 1, 2 ...; a name is a cell
    and, after a space, what stands at the right end of its lines.
    """
    figure, axes = plt.subplots()
    ends, named = {}, set()
    for name, seeds in curves.items():
        cell, _, end = name.partition(" ")
        [colour], _, [dash, _] = LOOKS[cell]
        for line in seeds:
            steps = range(0, len(line), 10)
            label = None if cell in named else cell
            axes.plot(steps, line[::10], linestyle=dash, color=colour, linewidth=1.2, label=label)
            named.add(cell)
            ends.setdefault(end, []).append(line[-1])
    for end, values in ends.items():
        axes.annotate(end, (steps[-1] + 1, sum(values) / len(values)), va="center")
    low = -5 * round(-min(map(min, ends.values())) / 5)
    axes.set_yticks(range(0, low - 1, -5), [_power(n) for n in range(0, low - 1, -5)])
    axes.set(xlabel="steps back", ylabel="gradient left")
    axes.set_title(title, loc="left", fontsize=12)
    _legend(axes, columns=len(named))
    _save(figure, file)


def rates(results, file):
    """Draw what each net ends at over learning rates, mean and spread, into an SVG file.

    results: name -> (rates, means, standard deviations), each a list.
    """
    figure, axes = plt.subplots()
    labels = _labels(results)
    for name, (colour, marker, dash) in _looks(results).items():
        x, y, spread = results[name]
        axes.errorbar(x, y, spread, color=colour, linestyle=dash, marker=marker, label=labels[name])
    axes.set(xscale="log", xlabel="learning rate", ylabel="bits per character")
    axes.set_xticks(x, [str(rate) for rate in x])
    axes.minorticks_off()
    _legend(axes)
    _save(figure, file)


def _looks(names):
    """Return name -> colour, marker and dash; nets of one kind share a hue, whatever their size."""
    looks, seen = {}, Counter()
    for name in names:
        kind = name.split()[0].rstrip(",")
        kind = kind if kind in LOOKS else "other"
        looks[name] = tuple(of[seen[kind] % len(of)] for of in LOOKS[kind])
        seen[kind] += 1
    return looks


def _labels(names):
    """Return name -> label: of two nets of one kind, which has as many units as the GRU."""
    sizes = {name: name.split(" H=") for name in names if " H=" in name}
    kinds = [kind for kind, _ in sizes.values()]
    units = next((size for kind, size in sizes.values() if kind == "GRU"), None)
    return {
        name: kind
        if kinds.count(kind) < 2
        else f"{kind}, {'as many' if rest == [units] else 'fewer'} units"
        for name in names
        for kind, *rest in [sizes.get(name, [name])]
    }


def _points(axes, x, y, colour, marker, label=None):
    """Draw points that can be counted where they lie on one another."""
    axes.plot(
        x, y, linestyle="none", marker=marker, color=colour, alpha=0.55, markersize=7, label=label
    )


def _save(figure, file):
    """Write a figure into an SVG file, the same each time, and be done with it."""
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def _legend(axes, title=None, columns=2):
    """Say what the plot shows and name the groups, above it, where no point can be."""
    axes.figure.legend(
        loc="outside upper left", ncols=columns, columnspacing=1,
        title=title, alignment="left", title_fontproperties={"weight": "bold"},
    )  # fmt: skip


def _power(exponent):
    """Write a power of ten in plain signs: 1, 10⁻⁵ ..."""
    return f"10{str(exponent).translate(SUPERSCRIPT)}" if exponent else "1"
