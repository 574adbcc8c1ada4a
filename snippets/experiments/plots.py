"""The plots of the evidence pages: one style, and words that the site translates."""

import matplotlib.pyplot as plt

# The site's palette; on a page these become its colours, light or dark.
KEEP, NEW, GATE, INK, QUIET = "#0b62a4", "#b04a00", "#7a3aa8", "#1d1d22", "#5a5a66"
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
    styles = [(INK, "-", None), (NEW, "-", "o"), (GATE, "--", None), (KEEP, ":", None)]
    for (name, y), (colour, dash, marker) in zip(series.items(), styles, strict=False):
        axes.plot(x, y, dash, color=colour, marker=marker, markersize=3.5, label=name)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.legend(loc="upper left", bbox_to_anchor=(0, 1.2), ncols=len(series))
    plt.show()


def seeds(rows, value, beside, xlabel):
    """Draw a point for each seed of each model, and a line for one model that has no seeds.

    rows: dicts with "model", "seed" (None for a model without) and `value`; beside: that model.
    """
    models = list(dict.fromkeys(row["model"] for row in rows if row["seed"] is not None))
    _, axes = plt.subplots()
    for row in rows:
        if row["seed"] is not None:
            y = models.index(row["model"])
            if row[value] is None:  # a net that never got there has its line, and no point
                continue
            axes.plot(row[value], y, "o", color=NEW, fillstyle="none", markersize=8)
        elif row["model"] == beside:
            axes.axvline(row[value], color=GATE, linestyle="--")
            axes.text(row[value], -0.75, beside, color=GATE, ha="center", va="bottom")
    axes.set(xlabel=xlabel, ylim=(len(models) - 0.5, -0.75))
    axes.set_yticks(range(len(models)), models)
    plt.show()


def points(groups, xlabel, ylabel, level=None):
    """Draw a point for each seed, in groups that differ in shape and stand side by side.

    groups: name -> list of (x, y), x on a scale where equal ratios are equally far apart; level: a
    height to compare with, drawn as a line.
    """
    _, axes = plt.subplots()
    if level is not None:
        axes.axhline(level, color=QUIET, linestyle="--", linewidth=1)
    styles = [(NEW, "o"), (KEEP, "s"), (GATE, "^"), (INK, "x")]
    ticks = sorted({value for pairs in groups.values() for value, _ in pairs})
    apart = (ticks[1] / ticks[0]) ** 0.16
    for k, (name, pairs) in enumerate(groups.items()):
        colour, marker = styles[k]
        x = [value * apart ** (k - (len(groups) - 1) / 2) for value, _ in pairs]
        y = [value for _, value in pairs]
        axes.plot(x, y, marker, color=colour, fillstyle="none", markersize=8, label=name)
    top = 1.4 * max(y for pairs in groups.values() for _, y in pairs)  # room for the legend
    axes.set(xscale="log", xlabel=xlabel, ylabel=ylabel, ylim=(0, top))
    axes.set_xticks(ticks, [str(value) for value in ticks])
    axes.minorticks_off()
    axes.legend(loc="upper right")
    plt.show()


def curves(groups, xlabel, ylabel):
    """Draw a thin line for each seed, in groups that differ in dash as well as in colour.

    groups: name -> list over seeds of (x, y), each a list.
    """
    _, axes = plt.subplots()
    styles = [(NEW, "-"), (KEEP, "--"), (GATE, "-."), (INK, ":")]
    for (name, seeds), (colour, dash) in zip(groups.items(), styles, strict=False):
        for seed, (x, y) in enumerate(seeds):
            label = None if seed else name
            axes.plot(x, y, dash, color=colour, linewidth=1.2, label=label)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.legend(loc="upper right")
    plt.show()


def fading(curves, file):
    """Draw how a gradient fades with distance, a line for each seed, into an SVG file.

    curves: name -> list over seeds of log10 values at the distances 0, 1, 2 ...; a name is a cell
    and, after a space, what stands at the right end of its lines.
    """
    figure, axes = plt.subplots()
    styles = {"RNN": (INK, ":"), "GRU": (NEW, "-"), "LSTM": (KEEP, "--")}
    ends, named = {}, set()
    for name, seeds in curves.items():
        cell, _, end = name.partition(" ")
        colour, dash = styles[cell]
        for line in seeds:
            steps = range(0, len(line), 10)
            label = None if cell in named else cell
            axes.plot(steps, line[::10], dash, color=colour, linewidth=1.2, label=label)
            named.add(cell)
            ends.setdefault(end, []).append(line[-1])
    for end, values in ends.items():
        axes.annotate(end, (steps[-1] + 1, sum(values) / len(values)), va="center")
    low = -5 * round(-min(map(min, ends.values())) / 5)
    axes.set_yticks(range(0, low - 1, -5), [_power(n) for n in range(0, low - 1, -5)])
    axes.set(xlabel="steps back", ylabel="gradient left")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(named))
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def rates(results, file):
    """Draw what each net ends at over learning rates, mean and spread, into an SVG file.

    results: name -> (rates, means, standard deviations), each a list.
    """
    figure, axes = plt.subplots()
    styles = [(NEW, "-", "o"), (KEEP, "--", "s"), (GATE, ":", "^")]
    for (name, (x, y, spread)), (colour, dash, marker) in zip(results.items(), styles, strict=True):
        axes.errorbar(x, y, spread, color=colour, linestyle=dash, marker=marker, label=name)
    axes.set(xscale="log", xlabel="learning rate", ylabel="bits per character")
    axes.set_xticks(x, [str(rate) for rate in x])
    axes.minorticks_off()
    axes.legend(loc="upper center")
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def _power(exponent):
    """Write a power of ten in plain signs: 1, 10⁻⁵ ..."""
    return f"10{str(exponent).translate(SUPERSCRIPT)}" if exponent else "1"
