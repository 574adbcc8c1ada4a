"""The evidence pages: they run as scripts, and say only what the runs recorded on them show."""

import ast
import json
import re
import statistics
from collections import Counter
from importlib import import_module
from itertools import product

import pytest
import torch
from bs4 import BeautifulSoup

import adding
import adding_long
import binary_counter
import counting
import data_size
import decide
import digits_mixed
import gpu_rows
import gradient_sizes
import harness
import intervals
import learning_rate
import lstm_to_gru
import speed
import states_apart
import sunspots_matched
from tests.numbers import section
from tests.sources import OVERVIEW, ROOT
from tools.project.files import EXPERIMENTS
from tools.rendering import verdicts
from tools.sources import claims, languages, pages
from tools.sources.markers import requests
from tools.sources.sections import sections

CODES = {language.code: language for language in languages.load(ROOT)}
FOLDER = ROOT / "docs/en/evidence"
NOTEBOOKS = sorted(file.stem for file in FOLDER.glob("*.py"))
RECORDED = sorted(file.stem for file in (ROOT / EXPERIMENTS).glob("*.json"))
CITED = r"\[[^\]]*\]\([^)]*references\.md[^)]*\)"
NUMBER = r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)"
WORDS = {
    "en": ["", "a minute", "two minutes", "three minutes", "four minutes", "five minutes"],
    "zh": ["", "一分钟", "两分钟", "三分钟", "四分钟", "五分钟"],
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_a_script_that_python_can_read(code, name):
    file = ROOT / f"docs/{code}/evidence/{name}.py"
    compile(file.read_text("utf-8"), file.name, "exec")


@pytest.mark.parametrize("name", RECORDED)
def test_a_record_is_complete_and_has_the_settings_of_its_script(name):
    script = import_module(name)
    record = harness.load(script.__file__)
    assert record["settings"] == json.loads(json.dumps(script.SETTINGS))
    recorded = [(row["model"], row["seed"]) for row in record["rows"]]
    assert recorded == [run[:2] for run in script.make_runs(script.SETTINGS)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_has_the_parts_that_a_reader_looks_for(name):
    ids = pages.read(FOLDER / f"{name}.py").ids
    parts = ["answer", "question", "method", "reading", "limits", "run", "exercises"]
    assert [section_id for section_id in ids if section_id in parts] == parts


def record(name: str) -> dict:
    return harness.load(ROOT / EXPERIMENTS / f"{name}.py")


def apart(first: list, second: list) -> tuple[float, float]:
    """Where the difference of two lists over seeds lies."""
    _, low, high = intervals.difference(first, second)
    return low, high


def fewest_at_each_rate():
    steps = adding.solved(record("adding"))
    others = [steps[net] for net in steps if net != "GRU H=32"]
    return all(
        max(seeds) < min(step for net in others for step in net[rate] if step)
        for rate, seeds in steps["GRU H=32"].items()
    )


def shown_to_help(changes: dict) -> list[str]:
    return [name for name, (word, _) in changes.items() if word == "shown"]


def tied_are_all_done():
    """By step 240, where a few of the LSTMs are, and none of the walk is shown to need fewer."""
    steps = harness.values(record("lstm_to_gru"), "steps")
    return max(steps["LSTM tied H=43"]) == 240 and sum(n <= 240 for n in steps["LSTM H=37"]) == 4


def test_no_single_change_is_shown_to_help_an_lstm_to_add():
    """The tie is not, beside an LSTM as large or as wide; without an output gate, too, it is."""
    walk, alone, as_wide = lstm_to_gru.decided(record("lstm_to_gru"))
    assert shown_to_help(walk) == shown_to_help(alone) == []
    assert shown_to_help(as_wide) == ["and no output gate", "and no tanh"]


def lstms_count_further():
    right = counting.counts(record("counting"))
    return apart(right["GRU H=10"]["51-100"], right["LSTM H=10"]["51-100"])[1] < 0


def alike_with_noise():
    """Over the noise that is recorded, as the plot has it and in the longest words."""
    rows = record("binary_counter")["rows"]
    assert max(row["noise"] for row in rows) == 0.03
    right = [
        binary_counter.right(rows, lengths)
        for lengths in ([10, 100, 1000], binary_counter.SETTINGS["lengths"])
    ]
    return all(nets["GRU"] == nets["LSTM"] for nets in right)


def carries():
    """Whether each digit turns where all lower ones turn from 1 to 0, and nowhere else."""
    ones = binary_counter.held(4, 16) > 0
    turned, turned_back = ones[1:] != ones[:-1], ones[:-1] & ~ones[1:]
    return all(torch.equal(turned[:, digit], turned_back[:, :digit].all(1)) for digit in range(4))


def rate_over_cell():
    spread = harness.spread(record("learning_rate"), "validation_bits")
    means = [
        [spread[harness.label(net, rate)][1] for rate in learning_rate.SETTINGS["learning_rates"]]
        for net in learning_rate.GATED
    ]
    over_nets = [max(at_rate) - min(at_rate) for at_rate in zip(*means, strict=True)]
    return min(max(net) - min(net) for net in means) > max(over_nets)


def no_net_beats_support_vectors():
    errors = digits_mixed.by_model(record("digits_mixed"))
    level = statistics.mean(errors["support vectors"])
    assert digits_mixed.strongest(record("digits_mixed")) == "support vectors"
    assert not any(decide.ahead(errors[net], level, False) for net in errors if "H=" in net)
    return min(statistics.mean(errors[net]) for net in errors if "H=" in net) > level


def ahead_at_one_rate():
    curves = harness.values(record("learning_rate"), "curve")
    return all(
        a < b
        for net in ("LSTM H=64", "LSTM H=54")
        for gru, lstm in product(curves["GRU H=64, 0.005"], curves[f"{net}, 0.005"])
        for a, b in zip(gru, lstm, strict=True)
    )


def no_lead_at_own_rates():
    """Whether at no look the GRU is shown to be ahead of the LSTM with as many units."""
    curves = (
        intervals.at_best(record("learning_rate"), net, "validation_bits", "curve")
        for net in ("GRU H=64", "LSTM H=64")
    )
    looks = zip(*(zip(*seeds, strict=True) for seeds in curves), strict=True)
    return all(apart(*nets)[1] >= 0 for nets in looks)


def mean(curves: list, look: int) -> float:
    return statistics.mean(curve[look] for curve in curves)


def no_input_gate_no_adding():
    steps = harness.values(harness.part_of(record("variants"), "adding"), "solved_at")
    return {step for net in steps if "LSTM i=1" in net for step in steps[net]} == {None}


def at_no_size_apart():
    for size in data_size.SETTINGS["characters"]:
        part = harness.part_of(record("data_size"), data_size.part(size))
        nets = [
            intervals.at_best(part, f"{cell} H=64", "validation_bits", "test_bits")
            for cell in ("GRU", "LSTM")
        ]
        low, high = apart(*nets)
        if not low < 0 < high:
            return False
    return True


def rnn_not_behind():
    part = harness.part_of(record("data_size"), data_size.part(400_000))
    ends = {
        net: mean(intervals.at_best(part, net, "validation_bits", "curve"), -1)
        for net in data_size.NETS
    }
    return min(ends, key=ends.get) == "RNN H=121"


def test_on_the_least_text_each_net_ends_worse_than_after_50_steps():
    part = harness.part_of(record("data_size"), data_size.part(4000))
    for net in data_size.NETS:
        curves = intervals.at_best(part, net, "validation_bits", "curve")
        assert all(curve[-1] > curve[0] for curve in curves)
    assert data_size.SETTINGS["check_every"] == 50


def no_net_beats_linear():
    """None the linear model of what it was given."""
    found = sunspots_matched.decided(record("sunspots_matched"))
    lines = sunspots_matched.LINES.values()
    words = [word for (_, beside), (word, _) in found.items() if beside in lines]
    return len(words) == 10 and {*words} <= {"refuted", "undecided"}


def ratio(size: int, batch: int) -> float:
    times = [speed.times(record("speed"), speed.cells_name(size, batch), net) for net in CELLS]
    return statistics.median(times[0]) / statistics.median(times[1])


def longer(net: str, size: int, batch: int) -> int:
    """Count the repetitions in which a net took longer than an LSTM."""
    name = speed.cells_name(size, batch)
    times = (speed.times(record("speed"), name, cell) for cell in (net, "LSTM"))
    return sum(one > other for one, other in zip(*times, strict=True))


def test_which_nets_take_longer_than_an_lstm_on_the_processor():
    """As the list below the table of pytorch/speed#cpu says, of seven repetitions."""
    up_to = [size for size in speed.SIZES if size <= 256]
    assert {longer("GRU", size, batch) for size in up_to for batch in speed.BATCHES} == {7}
    assert (longer("GRU", 512, 1), longer("GRU", 512, 32)) == (7, 5)
    assert [longer("RNN", size, 1) for size in speed.SIZES] == [7, 7, 7, 6, 0]


def large_grus_train_sooner():
    """In each repetition and precision of the plot from 2048 units on, and at no other size."""
    most = {}
    for pairs in gpu_rows.points().values():
        for size, one in pairs:
            most[size] = max(one, most.get(size, 0))
    return [size for size, ratio in most.items() if ratio < 1] == [2048, 4096]


def test_where_the_rule_finds_a_gru_sooner_on_the_gpu():
    """As evidence/speed says in words, of nine rows of each size and kind."""
    training, *inference = gpu_rows.MODES
    sizes = gpu_rows.speed_gpu.SETTINGS["hidden_sizes"]
    less = [gpu_rows.told(gpu_rows.cases(size, mode=training))[0] for size in sizes]
    assert (less[-1], less[-2], sum(less[:-2])) == (9, 5, 2)
    assert gpu_rows.told(gpu_rows.cases(mode=training))[1] == 0
    equal = {
        case: gpu_rows.comparison(case)
        for case, word in gpu_rows.decided().items()
        if word == "refuted"
    }
    assert len(equal) == 9 and {case[0] for case in equal} == {256, 512, 1024}
    assert all(-c.margin < c.low < c.high < c.margin for c in equal.values()), "none is longer"


def test_a_large_gru_takes_about_as_long_as_an_lstm_of_as_many_parameters_on_the_gpu():
    large = [case for case in gpu_rows.cases() if case[0] >= 2048]
    found = {
        beside: [round(statistics.median(gpu_rows.ratios(case, beside)), 2) for case in cases]
        for beside, cases in (
            ("LSTM", [case for case in large if "training" in case]),
            ("LSTM, equal parameters", large),
        )
    }
    ends = {beside: (min(each), max(each)) for beside, each in found.items()}
    assert ends == {"LSTM": (0.72, 0.88), "LSTM, equal parameters": (0.89, 1.08)}
    chapters = {
        "gates/compare.md#operations": ("12 to 28 % less", "少 12% 到 28%"),
        "pytorch/speed.md#speed": ("12 to 28 % less", "少 12% 到 28%"),
        "pytorch/speed.md#gpu": ("11 % less to 8 % more", "少 11% 到多 8%"),
    }
    for key, said in chapters.items():
        for code, words in zip(CODES, said, strict=True):
            assert words in "\n".join(OVERVIEW.by_key[key].sections[code].lines), (key, code)


def test_of_the_nets_that_read_much_text_one_is_ahead_of_counting():
    """As evidence/data-size and claims/large-data say, which name by their means who leads."""
    nets = [net for pair in gpu_rows.PAIRS for net in (*pair, gpu_rows.RNNS[pair])]
    trained = {(net, size): gpu_rows.bits(net, size) for net, size in product(nets, gpu_rows.READ)}
    trained = {key: seeds for key, seeds in trained.items() if seeds}
    ahead = [
        (net, size)
        for (net, size), seeds in trained.items()
        if decide.ahead(seeds, gpu_rows.counts(size), more=False)
    ]
    assert ahead == [("LSTM H=884", 10**7)]
    assert ("GRU H=1024", 10**8) not in trained and ("GRU H=1024", 10**7) in trained
    much = [min(seeds) for (_, size), seeds in trained.items() if size == 10**8]
    assert min(much) > gpu_rows.counts(10**8)
    assert sum(bits > 3 for bits in trained["LSTM H=884", 10**8]) == 1, "one of three astray"
    for (pair, size), (word, c) in gpu_rows.on_text().items():
        assert word == "undecided" and (c.difference > 0) == (pair == gpu_rows.PAIRS[0]), size


def every_direction_fades():
    """Whether less than a tenth, the rule's margin, is left in the nets of the plot."""
    return all(
        left < -decide.rule()["margins"]["gradient"]["absolute"]
        for net in ("GRU", "LSTM", "RNN", "LSTM +1")
        for seeds in gradient_sizes.by_size(record("gradient_sizes"), net, BEST).values()
        for left in seeds
    )


def kept_by(steps: int, cell: str) -> list[bool]:
    """For each net of a kind, whether its gradient's factor is above 0.9 after training so far."""
    return [
        y[x.index(steps)] > 0.9
        for x, y in gradient_sizes.curves_along(record("gradient_sizes"))[cell]
    ]


def grus_keep_first():
    gru, lstm, lstm_later = (
        kept_by(steps, cell) for steps, cell in ((50, "GRU"), (100, "LSTM"), (800, "LSTM"))
    )
    return len(gru) == len(lstm) == 20 and all(gru) and not any(lstm) and all(lstm_later)


def c_is_missed_and_h_is_not():
    """Over the steps that are read on: with each c, with h but for one net of the ten."""
    states = record("states_apart")
    own = states_apart.seeds(states, "LSTM", "adding", "error")
    h, c = (states_apart.read_on(states, kind) / own for kind in ("h", "c"))
    assert sum(h > 1.2) == 1, "the page says that one net of ten is different"
    return bool(h.median() < 1.05 and c.min() > 10)


def missed_for_twenty_characters():
    """Whether after so many less than a hundredth of the bits is missed, the rule's margin."""
    states = record("states_apart")
    whole = states_apart.seeds(states, "LSTM", "text", "bits_after neither").mean()
    margin = decide.rule()["margins"]["bits"]["relative"] * whole
    late = [states_apart.more_bits(states, kind).mean(0)[19:] for kind in states_apart.STATES]
    soon = [states_apart.more_bits(states, kind).mean(0)[:9] for kind in states_apart.STATES]
    return all(found.max() < margin for found in late) and all(
        found.min() > margin for found in soon
    )


def near_is_lost_too():
    lost = {
        gate: states_apart.seeds(record("states_apart"), "GRU", "adding", f"lost {gate}")
        for gate in ("neither", *states_apart.GATES)
    }
    lean = lost["r"][:, 0] > lost["neither"][:, 0] + 5
    assert sum(lean) == 2, "the page says that two nets of ten lean on r"
    return bool(lost["z"].min() > 80 and lost["r"].max() < 15)


def most_grus_are_sooner_and_one_never():
    """Over 200 steps: how many GRUs are ahead of the quickest LSTM, and who is not done."""
    gru, lstm = (adding_long.runs_of(record("adding_long"), net, 200) for net in CELLS)
    quickest = min(row["steps"] for row in lstm)
    assert sum(row["steps"] < quickest for row in gru) == 6, "the page says six"
    return [row["done"] for row in gru].count(False) == 1 and all(row["done"] for row in lstm)


BEST = "log10_best_direction"
CELLS = ("GRU", "LSTM")
HEADLINES = {
    "The GRU needs the fewest steps at each rate": fewest_at_each_rate,
    "Tied, all seeds are done by step 240": tied_are_all_done,
    "Trained alike, LSTMs count further": lstms_count_further,
    "GRU and LSTM count alike up to 3 % noise": alike_with_noise,
    "A digit turns when all lower ones turn back": carries,
    "No net is shown to be ahead of support vectors": no_net_beats_support_vectors,
    "The learning rate matters more than the cell": rate_over_cell,
    "At one rate the GRU is ahead of the LSTM": ahead_at_one_rate,
    "At own rates, no GRU lead shows at equal width": no_lead_at_own_rates,
    "Without its input gate no LSTM learns to add": no_input_gate_no_adding,
    "At no size can GRU and LSTM be told apart": at_no_size_apart,
    "On the most text a plain RNN is not behind": rnn_not_behind,
    "No net is shown to beat the linear model": no_net_beats_linear,
    "With oneDNN the GRU takes longer up to 256 units": lambda: all(
        longer("GRU", size, 32) == 7 for size in speed.SIZES if size <= 256
    ),
    "On an H100 a large GRU trains in less time": large_grus_train_sooner,
    "One sequence at a time, the gap is wider": lambda: all(
        ratio(size, 1) > ratio(size, 32) for size in speed.SIZES
    ),
    "Without its c an LSTM forgets, without its h not": c_is_missed_and_h_is_not,
    "On text neither is missed after twenty characters": missed_for_twenty_characters,
    "Without a moving z the near is lost, too": near_is_lost_too,
    "Most GRUs are done sooner at 200 steps, one never": most_grus_are_sooner_and_one_never,
    "Untrained, every direction fades at each size": every_direction_fades,
    "GRUs keep their gradient by step 50, LSTMs later": grus_keep_first,
}


def headlines(name: str) -> list[str]:
    return re.findall(r'^title = "(.+)"', (FOLDER / f"{name}.py").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_headline_of_a_plot_is_what_the_record_says(name):
    assert headlines(name)
    for title in headlines(name):
        assert title in HEADLINES, f"say in a function of HEADLINES when '{title}' is true"
        assert HEADLINES[title](), title
        assert len(title.split()) <= 10


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_answer_its_verdict_and_its_plot_come_first(name):
    page = pages.read(FOLDER / f"{name}.py")
    answer = sections(page)["answer"]
    verdicts_at = [line for line, asked, _ in requests(page) if asked == "verdict"]
    assert page.ids[1] == "answer" and verdicts_at and max(verdicts_at) < answer.start
    assert len(answer.within(page.alts)) == 1


def outputs(html: str) -> set[str]:
    """The numbers in the outputs of a built page that its code does not hold already.

    A setting of a recorded run may stand in both: the page shows it, and its code asks for it.
    """
    article = BeautifulSoup(html, "html.parser").article
    printed, code = (
        numbers("\n".join(block.text for block in article.select(f".language-{kind} pre")))
        for kind in ("text", "python")
    )
    return printed - {number for number in code if "." in number} | printed & SETTINGS


def numbers(text: str) -> set[str]:
    """The numbers of a text, as they are written but for the commas within them."""
    return {number.replace(",", "") for number in re.findall(NUMBER, text)}


SETTINGS = numbers(
    str([harness.load(f"{ROOT / EXPERIMENTS / n}.py")["settings"] for n in RECORDED])
)


def test_a_number_that_the_code_holds_is_no_output():
    page = """
        <article><div class="language-python"><pre>print("GRU 1.23", x / 3, 0.005)</pre></div>
        <div class="language-text"><pre>GRU 1.23 1.41 0.005</pre></div></article>"""
    assert outputs(page) == {"1.41", "0.005"}


def printed_texts(code: str) -> list[str]:
    """The texts and numbers that stand within the calls of print in some code."""
    calls = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "print"
    ]
    constants = (
        part
        for call in calls
        for argument in call.args
        for part in (argument.values if isinstance(argument, ast.JoinedStr) else [argument])
        if isinstance(part, ast.Constant)
    )
    return [str(constant.value) for constant in constants]


@pytest.mark.parametrize(
    "code, texts",
    [
        ('print("GRU 1.23")', ["GRU 1.23"]),
        ("print(f'H={size:5.2f} 1.23')", ["H=", " 1.23"]),
        ("print(1.23, x[4])", ["1.23"]),
    ],
)
def test_what_counts_as_typed_into_a_print(code, texts):
    assert printed_texts(code) == texts


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_prints_no_number_that_was_typed_into_the_print(name):
    code = (FOLDER / f"{name}.py").read_text("utf-8")
    assert [text for text in printed_texts(code) if re.search(r"\d", text)] == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_number_of_the_text_stands_in_an_output_of_the_page(site, code, name):
    html = (site / CODES[code].prefix / f"evidence/{name}/index.html").read_text("utf-8")
    ids = ["answer", "question", "method", "limits"] + ["reading"] * (name not in COMPUTED)
    text = "\n".join(section(code, name, section_id) for section_id in ids)
    text = re.sub(r"\n# %%.*?\n# %% \[markdown\]", "", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)|`[^`]*`", "", re.sub(CITED, "", text))
    assert numbers(text) - outputs(html) - RULE <= ALLOWED.get(name, set())


RULE = {"95", "5"}  # percent: of confidence, and what "about equal" means
COMPUTED = {"adding", "counting"}  # tests of their own recompute what they say
ALLOWED = {
    "adding": {"6", "0.167"},  # the error of a constant answer, which test_adding computes
    "digits": {"1797", "1998", "8", "64"},  # images, their year, their rows, their pixels
    "data-size": {"40"},  # as 400,000 is written in Chinese
    "gradients": {"0.64", "40"},  # the sum of exercise 1
    "speed": {"50"},  # steps, as in the page's own cell
    "variants": {"1997"},  # a paper
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("claim", claims.load(ROOT), ids=lambda claim: claim.id)
def test_every_number_of_ours_of_a_claim_stands_in_an_output_of_a_page_that_it_names(
    site, code, claim
):
    written = sections(pages.read(CODES[code].folder / claim.page))
    answer, ours = (" ".join(written[section_id].lines) for section_id in (claim.id, "ours"))
    answer = answer.partition(f"{{ #{claim.id} }}")[2]  # the page's top is no part of it
    named = set(re.findall(r"\]\(\.\./([^)#]+)", ours))
    named |= {target.partition("#")[0] for target in claim.run}
    in_outputs = set()
    for target in named:
        html = site / CODES[code].prefix / target.rpartition(".")[0] / "index.html"
        in_outputs |= outputs(html.read_text("utf-8"))
    text = re.sub(r"\]\([^)]*\)|`[^`]*`", "", answer + ours)
    assert numbers(text) - in_outputs - RULE <= OF_A_CLAIM.get(claim.id, set())


OF_A_CLAIM = {}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_says_how_long_its_runs_take(code, name):
    minutes, text = verdicts.seconds(ROOT, f"evidence/{name}.py") / 60, section(code, name, "run")
    if round(minutes) < len(WORDS[code]):
        assert WORDS[code][round(minutes)] in text
    else:
        assert f"{5 * round(minutes / 5)} {dict(en='minutes', zh='分钟')[code]}" in text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_command_of_a_page_runs_that_page_in_its_language(code, name):
    pages_run = re.findall(r"python -P (\S+)", section(code, name, "run"))
    assert pages_run == [f"docs/{code}/evidence/{name}.py"]


def test_the_tables_of_papers_hold_the_same_numbers_in_every_language():
    found = [
        Counter(
            number
            for line in pages.read(language.folder / "evidence/papers.md").lines
            if line.startswith("|")
            for number in re.findall(r"\d*\.\d+(?:e-\d)?", line)
        )
        for language in CODES.values()
    ]
    assert found[0] and all(counts == found[0] for counts in found)


SOON = {"check_every": 1}
TRAININGS = {
    "adding": lambda: adding.train("GRU H=32", 0.01, 0, adding.SETTINGS | SOON),
    "text": lambda: learning_rate.train("GRU H=64", 0.01, 0, learning_rate.SETTINGS | SOON),
    "digits": lambda: digits_mixed.train("GRU H=42", 0, 0.01, 0, False, digits_mixed.SETTINGS),
    "sunspots": lambda: sunspots_matched.train(torch.nn.GRU, 20, 0.01, seed=0),
}


@pytest.mark.parametrize("name", TRAININGS)
def test_a_training_keeps_all_its_tensors_on_the_device_of_the_harness(monkeypatch, name):
    """On the device meta no tensor has a value, and one from elsewhere cannot be mixed in."""
    monkeypatch.setattr(harness, "DEVICE", torch.device("meta"))
    monkeypatch.setattr(digits_mixed, "load", digits_mixed.load.__wrapped__)  # nothing is kept
    with pytest.raises(RuntimeError, match="(called on|copy out of) meta tensor"):
        TRAININGS[name]()


def test_on_a_gpu_the_record_names_it(monkeypatch):
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "a GPU")
    assert harness.processor(torch.device("cuda")) == "a GPU"
