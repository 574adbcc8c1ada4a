"""The verdicts: what is decided of each part of each claim is derived anew from what decides it.

That is the recorded runs, what can be counted here, and tables of papers on the page. What a paper
says in words is not derived; the check sees to it that its page cites the paper.
"""

import re
from functools import cache, partial
from statistics import mean

import pytest
import torch
from torch import nn

import adding
import adding_long
import counting
import data_size
import decide
import digits_mixed
import gpu_rows
import gradient_sizes
import harness
import intervals
import learning_rate
import ngrams
import speed
import states_apart
import sunspots_matched
from tests.sources import OVERVIEW, ROOT, names
from tools.project.files import EXPERIMENTS
from tools.sources import claims
from tools.sources.claims import COUNTED, REFUTED, SHOWN, UNDECIDED

WORDS = {
    "en": {"shown": SHOWN, "refuted": REFUTED, "undecided": UNDECIDED},
    "zh": {"证实": SHOWN, "否定": REFUTED, "未定": UNDECIDED},
}
# That untrained gates let a gradient vanish; that trained Transformers and Mambas fail at parity.
IN_WORDS = {
    ("vanishing", "untrained"): {"jozefowicz-2015"},
    ("hundreds-of-steps", "by-default"): {"jozefowicz-2015"},
    ("obsolete", "nothing-left"): {"beck-2024"},
}


def whether(fact: bool) -> str:
    return SHOWN if fact else REFUTED


def less(first: list, second: list) -> str:
    """What the seeds decide of the sentence that the first is less than the second."""
    _, low, high = intervals.difference(first, second)
    return SHOWN if high < 0 else REFUTED if low > 0 else UNDECIDED


def about_equal(first: list, second: list) -> str:
    """What they decide of the sentence that the first is within 5 % of the second."""
    _, low, high = intervals.difference(first, second)
    reach = 0.05 * mean(second)
    if -reach < low and high < reach:
        return SHOWN
    return REFUTED if low > reach or high < -reach else UNDECIDED


def together(decisions) -> str:
    """What several looks at the same decide: what all of them say that decide anything."""
    decided = {*decisions} - {UNDECIDED}
    return decided.pop() if len(decided) == 1 else UNDECIDED


@pytest.mark.parametrize(
    "first, second, decision",
    [
        ([1.0, 1.1, 0.9], [2.0, 2.1, 1.9], SHOWN),
        ([2.0, 2.1, 1.9], [1.0, 1.1, 0.9], REFUTED),
        ([1.0, 1.1, 0.9], [1.1, 1.2, 1.0], UNDECIDED),
        ([1.0, 1.1, 0.9], [2.0], SHOWN),  # a model without seeds
    ],
)
def test_a_difference_is_decided_by_its_interval(first, second, decision):
    assert less(first, second) == decision


@pytest.mark.parametrize(
    "first, decision",
    [
        ([1.01, 1.02, 1.00], SHOWN),
        ([1.51, 1.52, 1.50], REFUTED),
        ([1.05, 1.06, 1.04], UNDECIDED),  # the interval holds the limit
        ([1.01, 1.20, 0.82], UNDECIDED),  # as close on average, but wide
    ],
)
def test_that_two_are_about_equal_is_decided_by_the_whole_interval(first, decision):
    assert about_equal(first, [1.00, 1.01, 0.99]) == decision


def test_looks_that_contradict_each_other_decide_nothing():
    assert together([SHOWN, UNDECIDED]) == SHOWN
    assert together([SHOWN, REFUTED]) == together([UNDECIDED]) == UNDECIDED


@pytest.mark.parametrize(
    "decisions, verdict",
    [
        ([SHOWN, SHOWN], "holds"),
        ([SHOWN, UNDECIDED], "holds_in_part"),
        ([SHOWN, REFUTED], "holds_in_part"),
        ([REFUTED, REFUTED], "does_not_hold"),
        ([REFUTED, UNDECIDED], "does_not_hold"),
        ([UNDECIDED, UNDECIDED], "open"),
    ],
)
def test_a_verdict_follows_from_the_parts(decisions, verdict):
    assert claims.verdict(decisions) == verdict


@pytest.mark.parametrize(
    "decided, strength",
    [
        ([[COUNTED], [COUNTED]], "strong"),
        ([[COUNTED], ["adding", "digits"]], "moderate"),
        ([["adding", "digits", "chung-2014"]], "moderate"),
        ([[COUNTED], ["adding", "digits"], ["speed"]], "weak"),
        ([], "weak"),
    ],
)
def test_the_evidence_is_as_strong_as_for_the_part_with_the_least(decided, strength):
    assert claims.strength(decided) == strength


def test_an_experiment_of_ten_seeds_is_as_good_as_two_of_fewer():
    of_ten = frozenset({"sizes"})
    assert claims.strength([["sizes"], ["adding", "digits"]], of_ten) == "moderate"
    assert claims.strength([["sizes"], ["speed"]], of_ten) == "weak"


def test_each_untrained_net_whose_gradient_is_compared_has_ten_seeds():
    values = harness.values(record("gradient_sizes"), "log10")
    assert {len(seeds) for seeds in values.values()} == {decide.rule()["seeds"]}


@cache
def record(name: str) -> dict:
    return harness.load(ROOT / EXPERIMENTS / f"{name}.py")


def at_best(name: str, chosen_by: str, value: str, part: str | None = None):
    """A function from a net to its seeds' values, at the rate that the validation part prefers."""
    result = harness.part_of(record(name), part) if part else record(name)
    return partial(intervals.at_best, result, chosen_by=chosen_by, value=value)


def on_text(size: int):
    return at_best("data_size", "validation_bits", "test_bits", data_size.part(size))


def table(section: str, *columns: int) -> dict[str, list[float]]:
    """Columns of the tables of a section, as numbers, by the first cell of a row."""
    lines = OVERVIEW.by_key[section].sections["en"].lines
    rows = ([cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines)
    found: dict[str, list[float]] = {}
    for cells in rows:
        if len(cells) > max(columns) and re.match(r"\d*\.\d", cells[columns[0]]):
            found.setdefault(cells[0], []).extend(float(cells[n].split()[0]) for n in columns)
    return found


def at_each_rate(decide, values: dict, first: str, second: str) -> str:
    """What all learning rates together decide of two nets on adding."""
    rates = record("adding")["settings"]["learning_rates"]
    return together(decide(values[first][rate], values[second][rate]) for rate in rates)


def at_each_look(curves, first: str, second: str) -> str:
    """What all looks during training decide of the sentence that the first is lower."""
    return together(map(less, *(zip(*curves(net), strict=True) for net in (first, second))))


def equal():
    text = at_best("learning_rate", "validation_bits", "test_bits")
    images = digits_mixed.decided(record("digits_mixed"))
    both_ways = {images[pair][0] for pair in digits_mixed.PAIRS[:2]}
    sunspots = decide.judge({"": between("equal", sunspots_matched.PAIRS[:2])})
    solved, right = adding.solved(record("adding")), counting.counts(record("counting"))
    return {
        "text": {"learning_rate": on_old_text(about_equal(text("LSTM H=64"), text("GRU H=64")))},
        "digits": {"digits_mixed": both_ways.pop() if len(both_ways) == 1 else UNDECIDED},
        "sunspots": {"sunspots_matched": sunspots[0][""]},
        "adding": {"adding": at_each_rate(about_equal, solved, "LSTM H=32", "GRU H=32")},
        "counting": {
            "counting": about_equal(right["LSTM H=10"]["51-100"], right["GRU H=10"]["51-100"])
        },
    }


def on_old_text(decision: str) -> str:
    """What the runs on text decide: nothing, unless its nets are ahead of counting."""
    return decision if are_ahead_of_counting() else UNDECIDED


@cache
def are_ahead_of_counting() -> bool:
    training, _, test, alphabet = learning_rate.load()
    result = record("learning_rate")
    counts = ngrams.bits(test, training, alphabet, 4, result["settings"]["time"])
    bits = at_best("learning_rate", "validation_bits", "test_bits")
    return all(decide.ahead(bits(net), counts, more=False) for net in ("GRU H=64", "LSTM H=64"))


def parameters():
    gru, lstm = (sum(p.numel() for p in cell(10, 20).parameters()) for cell in (nn.GRU, nn.LSTM))
    return {"fewer": {COUNTED: whether(4 * gru == 3 * lstm)}}


def convergence():
    solved = adding.solved(record("adding"))
    on_text = partial(at_each_look, at_best("learning_rate", "validation_bits", "curve"))
    gru, lstm, small = "GRU H=32", "LSTM H=32", "LSTM H=27"
    return {
        "sooner": {"adding": at_each_rate(less, solved, gru, lstm)},
        "sooner-on-text": {"learning_rate": on_old_text(on_text("GRU H=64", "LSTM H=64"))},
        "whole-reason": {"adding": at_each_rate(less, solved, small, gru)},
        # Where a GRU is sooner; on text it is not, and there is no lead to give a reason for.
        "part-of-the-reason": {"adding": at_each_rate(less, solved, small, lstm)},
    }


def large_data():
    bits = on_text(data_size.SETTINGS["characters"][-1])
    words, _, _ = decide.judge(
        {
            "ahead": [
                decide.Ground("less", found, "kernel") for _, found in gpu_rows.on_text().values()
            ]
        }
    )
    return {
        "ahead": {"data_size": less(bits("LSTM H=64"), bits("GRU H=64"))},
        "ahead-of-much-more": {"gpu": words["ahead"]},
    }


def operations():
    """Whether a GRU needs three quarters: each weight of a matrix is used once per step."""
    gru, lstm = (
        sum(p.numel() for p in cell(10, 20).parameters() if p.dim() == 2)
        for cell in (nn.GRU, nn.LSTM)
    )
    return {COUNTED: whether(4 * gru == 3 * lstm)}


def cheaper():
    times = partial(speed.times, record("speed"))
    on_a_cpu = (
        less(times(name, "GRU"), times(name, "LSTM"))
        for name in map(speed.cells_name, speed.SIZES * 2, sorted(speed.BATCHES * 5))
    )
    ratios = table("claims/cheaper.md#for", 3).values()
    return {
        "operations": operations(),
        "time-on-a-cpu": {"speed": together(on_a_cpu)},
        "training-on-a-gpu": {
            "gpu": on_a_gpu()[0]["training"],
            "cudnn-timings": whether(max(ratio for (ratio,) in ratios) < 1),
        },
        "inference-on-a-gpu": {"gpu": on_a_gpu()[0]["inference"]},
    }


@cache
def on_a_gpu():
    """What the rule decides of a GRU that takes less time, of all rows that were timed at once."""
    timed = [(case[3], decide.Ground("less", gpu_rows.comparison(case), "H100")) for case in CASES]
    return decide.judge(
        {kind: [ground for mode, ground in timed if mode == kind] for kind, _ in gpu_rows.MODES}
    )


CASES = gpu_rows.cases()


def test_one_gpu_and_seven_repetitions_are_weak_evidence():
    assert len(CASES) == 162
    assert on_a_gpu()[1:] == ("holds_in_part", "weak")


def small_devices():
    return {
        "weights": parameters()["fewer"],
        "state": {COUNTED: whether(2 * states(nn.GRU) == states(nn.LSTM))},
        "operations": operations(),
        "time": {"speed": UNDECIDED},  # the record is of a server's processor
    }


def structure():
    blocks = {cell: len(cell(1, 5).weight_ih_l0) // 5 for cell in (nn.GRU, nn.LSTM)}
    return {
        "gates": {COUNTED: whether((blocks[nn.GRU] - 1, blocks[nn.LSTM] - 1) == (2, 3))},
        "states": {COUNTED: whether((states(nn.GRU), states(nn.LSTM)) == (1, 2))},
    }


def states(cell) -> int:
    """How many states a layer hands from step to step."""
    _, state = cell(1, 5)(torch.zeros(3, 1))
    return len(state) if isinstance(state, tuple) else 1


def count():
    lengths = [1, 10, 100, 1000, 10_000]
    right = counting.counts(record("counting"))
    binary = names("gates/compare/binary")
    exact = binary["ends"](binary["counter"](11), 1000) == [2000]
    wired = counting.right(counting.WiredCounter(), lengths) == len(lengths)
    return {
        "lstm-can": {COUNTED: whether(wired)},
        "gru-cannot": {
            COUNTED: whether(not exact),
            "binary_counter": whether(
                not all(map(right_everywhere, record("binary_counter")["rows"]))
            ),
        },
        "trained": {"counting": less(right["GRU H=10"]["51-100"], right["LSTM H=10"]["51-100"])},
    }


def right_everywhere(row: dict) -> bool:
    """Whether a row's counter made no mistake; the LSTMs stand beside, and have to do so, too."""
    return not any(row["wrong"].values())


def vanishing():
    return {
        "untrained": {"gradient_sizes": kept_untrained()},
        "better-than-none": {
            "gradient_sizes": together(keeps_less("RNN", net) for net in gradient_sizes.GATED)
        },
        "trained": {"gradient_sizes": kept(left_when_trained(*gradient_sizes.GATED))},
    }


def kept_untrained() -> str:
    """What is decided of the best direction of GRUs and LSTMs as torch makes them.

    At each size and with all inputs and seeds.
    """
    return kept([
        seed
        for net in gradient_sizes.GATED
        for seeds in gradient_sizes.by_size(
            record("gradient_sizes"), net, "log10_best_direction"
        ).values()
        for seed in seeds
    ])  # fmt: skip


def left_when_trained(*cells: str) -> list[float]:
    """The power of ten that is left after 50 steps in each net of a kind, at the end of training.

    By its factor per step, which is that of its memory.
    """
    result = record("gradient_sizes")
    nets = (net for net in gradient_sizes.along_training(result) if net.startswith(cells))
    return [left for net in nets for left in gradient_sizes.left_when_trained(result, net)]


def kept(left: list[float]) -> str:
    """Whether more than a tenth, the rule's margin, is left in all nets, powers of ten, or less."""
    tenth = -decide.rule()["margins"]["gradient"]["absolute"]
    return SHOWN if min(left) > tenth else REFUTED if max(left) < tenth else UNDECIDED


def test_training_brings_the_gradient_back_with_gates_and_not_without():
    nets = gradient_sizes.along_training(record("gradient_sizes"))
    assert {len(rows) for rows in nets.values()} == {decide.rule()["seeds"]}
    assert len(nets) == 5
    assert kept(left_when_trained("GRU", "LSTM")) == SHOWN
    assert kept(left_when_trained("RNN")) == REFUTED


@cache
def keeps_less(first: str, second: str) -> str:
    """What the rule decides of the sentence that one net keeps less, at all sizes and inputs."""
    found = gradient_sizes.decided(record("gradient_sizes"))
    words = {word for key, (word, _) in found.items() if key[:2] == (first, second)}
    return words.pop() if len(words) == 1 else UNDECIDED


def hundreds_of_steps():
    return {
        "by-default": {"gradient_sizes": kept_untrained()},
        "trained": {"adding_long": whether(all(learn_over(200, net) for net in ("GRU", "LSTM")))},
    }


def learn_over(time: int, net: str) -> bool:
    """Whether nets that start as PyTorch makes them are ahead of a constant answer."""
    result = record("adding_long")
    (constant,) = harness.values(result, "test_error")[f"constant answer, T={time}"]
    errors = [row["test_error"] for row in adding_long.runs_of(result, net, time)]
    return len(errors) == 10 and decide.ahead(errors, constant, more=False)


def long_sequences():
    words = {name: word for name, (word, _) in adding_long.decided(record("adding_long")).items()}
    published = table("claims/long-sequences.md#against", 2, 3)
    accuracies, losses = list(published.values())[:2], list(published.values())[2:]
    ahead = [lstm > gru for lstm, gru in accuracies] + [lstm < gru for lstm, gru in losses]
    return {
        "short": {"adding_long": words["GRU < LSTM, T=50"]},
        "long": {"adding_long": words["LSTM < GRU, T=200"]},
        "long-open": {"adding_long": words["LSTM < GRU, T=200, long memory"]},
        "published": {"bai-2018": whether(any(ahead))},
        "counting": {"counting": count()["trained"]["counting"]},
    }


def exploding():
    """One unit in which the gradient doubles at each step."""
    explodes = names("gates/why/gradient_explodes")
    growth, one_unit = explodes["growth"], explodes["one_unit"]
    doubled = [growth(one_unit(cell, 6), torch.zeros(51, 1)) for cell in (nn.GRU, nn.LSTM)]
    return {"cannot": {COUNTED: whether(doubled != [pytest.approx(2.0**50)] * 2)}}


def forget_bias():
    solved = adding.solved(record("adding"))
    right = counting.counts(record("counting"))
    unsolved = [None in steps for net in solved if "LSTM" in net for steps in solved[net].values()]
    learned = [number for net in right if "LSTM" in net for number in right[net]["1-50"]]
    return {
        "needed": {
            "adding": whether(any(unsolved)),
            "counting": whether(min(learned) < 50),
        },
        "better": {"variants": together(better_than_whole("LSTM f+1"))},
        "published": {"jozefowicz-2015": whether(better_in_the_tables("LSTM-b", "LSTM"))},
        "gradient": {"gradient_sizes": keeps_less("LSTM", "LSTM +1")},
    }


def better_in_the_tables(first: str, second: str) -> bool:
    """Whether the first is better in every column of the tables of Jozefowicz et al."""
    published = table("evidence/papers.md#jozefowicz", 1, 2, 3)  # three accuracies, then losses
    pairs = list(zip(published[first], published[second], strict=True))
    return all(a > b for a, b in pairs[:3]) and all(a < b for a, b in pairs[3:])


def output_gate():
    on_text, *on_adding = better_than_whole("LSTM o=1")
    published = table("evidence/papers.md#jozefowicz", 1, 2, 3)  # three accuracies, then losses
    without, whole = published["LSTM-o"], published["LSTM"]
    margins = decide.rule()["margins"]
    points = [100 * (a - b) for a, b in zip(whole[:3], without[:3], strict=True)]
    shares = [a / b - 1 for a, b in zip(without[3:], whole[3:], strict=True)]
    little = (
        max(points) < margins["accuracy"]["absolute"] and max(shares) < margins["bits"]["relative"]
    )
    return {
        "text": {"variants": on_text},
        "adding": {"variants": together(on_adding)},
        "published": {"jozefowicz-2015": whether(little)},
    }


def better_than_whole(net: str) -> list[str]:
    """Whether a changed LSTM is better, first on text, then on adding at each rate."""
    bits = at_best("variants", "validation_bits", "test_bits", "text")
    steps = harness.values(harness.part_of(record("variants"), "adding"), "solved_at")
    at_rates = [
        (steps[harness.label(net, rate)], steps[harness.label("LSTM", rate)])
        for rate in record("variants")["settings"]["learning_rates"]
    ]
    on_text = on_old_text(less(bits(net), bits("LSTM")))
    return [on_text, *(less(*seeds) for seeds in at_rates)]


def short_data():
    bits = on_text(data_size.SETTINGS["characters"][0])
    reversed_pairs = [(gru, lstm) for lstm, gru in sunspots_matched.PAIRS[:2]]
    series = decide.judge({"short-series": between("less", reversed_pairs)})
    return {
        "little-text": {"data_size": less(bits("GRU H=64"), bits("LSTM H=64"))},
        "short-series": {"sunspots_matched": series[0]["short-series"]},
    }


def time_series():
    """LSTMs of both sizes, given numbers and roots, beside the linear model of the same given."""
    pairs = sunspots_matched.PAIRS[:2]
    beside = [
        decide.Ground(
            "less", sunspots_matched.beside_line(*of_sunspots(lstm, given=given), line), DATA
        )
        for given, line in sunspots_matched.LINES.items()
        for lstm, _ in pairs
    ]
    decided, _, _ = decide.judge(
        {"than-a-linear-model": beside, "than-a-gru": between("less", pairs)}
    )
    return {part: {"sunspots_matched": word} for part, word in decided.items()}


def between(kind: str, pairs: list) -> list[decide.Ground]:
    """What stands for or against a sentence on pairs of nets on sunspots, by what is given."""
    return [
        decide.Ground(kind, sunspots_matched.of_two(*of_sunspots(*pair, given=given)), DATA)
        for given in sunspots_matched.GIVEN
        for pair in pairs
    ]


def of_sunspots(*nets: str, given: str) -> list:
    """The record, and what its rows call nets that are given something."""
    return [record("sunspots_matched"), *(harness.part_label(net, given) for net in nets)]


DATA = "sunspots"


def tied_gates():
    """Whatever its gates are, an LSTM hands on two states."""
    return {"the-same": {COUNTED: whether(states(nn.LSTM) == states(nn.GRU))}}


def taken_away(claim: str) -> dict:
    """What the rule decides of each part of a claim on states or gates that are taken away."""
    found = states_apart.decided(record("states_apart"))[claim]
    return {part: {"states_apart": word} for part, (word, _) in found.items()}


def long_short():
    return taken_away("states") | {"untrained": {"gradient_sizes": kept_untrained()}}


def near_far():
    return taken_away("gates")


def obsolete():
    perplexity = table("claims/obsolete.md#for", 1)
    lstm = perplexity.pop("LSTM")
    wrong = re.findall(r"wrong = (\d+)", (ROOT / "snippets/gates/family/parity.out").read_text())
    return {
        "language": {
            "beck-2024": whether(len(perplexity) == 3 and max(*perplexity.values()) < lstm)
        },
        "nothing-left": {COUNTED: whether(set(wrong) != {"0"})},
        "elsewhere": {COUNTED: UNDECIDED},
    }


DERIVED = {
    "equal": equal, "parameters": parameters, "convergence": convergence,
    "large-data": large_data, "cheaper": cheaper, "small-devices": small_devices,
    "structure": structure, "counting": count, "vanishing": vanishing, "exploding": exploding,
    "hundreds-of-steps": hundreds_of_steps, "forget-bias": forget_bias,
    "long-sequences": long_sequences,
    "output-gate": output_gate, "short-data": short_data,
    "time-series": time_series, "tied-gates": tied_gates, "long-short": long_short,
    "near-far": near_far, "obsolete": obsolete,
}  # fmt: skip
LEDGER = claims.load(ROOT)


@pytest.mark.parametrize("claim", LEDGER, ids=lambda claim: claim.id)
def test_each_part_is_decided_as_its_grounds_decide_it(claim):
    assert claim.id in DERIVED, f"derive the parts of {claim.id} in a function of DERIVED"
    derived = DERIVED[claim.id]()
    assert derived.keys() == claim.parts.keys()
    for part, decided in claim.parts.items():
        ((decision, grounds),) = decided.items()
        assert derived[part] == dict.fromkeys(derived[part], decision), part
        assert {*grounds} - derived[part].keys() <= IN_WORDS.get((claim.id, part), set()), part
        assert derived[part].keys() <= {*grounds}, part


@pytest.mark.parametrize("code", WORDS)
def test_the_page_on_cost_says_how_strong_the_evidence_is_for_each_part(code):
    (claim,) = (claim for claim in LEDGER if claim.id == "cheaper")
    text = OVERVIEW.sources.language(code).text
    lines = OVERVIEW.by_key["claims/cheaper.md#cheaper"].sections[code].lines
    said = [line.partition("**")[2] for line in lines if line.startswith("- ")]
    for line, part in zip(said, claim.parts.values(), strict=True):
        ((decision, grounds),) = part.items()
        if decision == UNDECIDED:
            assert line.endswith("**")
        else:
            strength = text[f"evidence_{claims.strength([grounds])}"]
            assert text["evidence_line"].format(strength=strength) in line


@pytest.mark.parametrize("code", WORDS)
@pytest.mark.parametrize("claim", LEDGER, ids=lambda claim: claim.id)
def test_a_page_names_each_of_its_parts_as_it_is_decided(claim, code):
    first = "\n".join(OVERVIEW.by_key[f"{claim.page}#{claim.id}"].sections[code].lines)
    words = re.findall(rf"\*\*({'|'.join(WORDS[code])})\*\*", first)
    assert [WORDS[code][word] for word in words] == claim.decisions
