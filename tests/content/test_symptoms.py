"""The page from symptom to cause: each probe points at its fault, and is quiet without one."""

import ast
import re
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.sources import sections

SNIPPETS = ROOT / "snippets/pytorch/symptoms"
SECTIONS = {
    "constant": "constant",
    "last-value": "last_value",
    "first-nan": "first_nan",
    "not-falling": "not_falling",
    "train-eval": "train_eval",
    "late": "lag",
    "slow": "slow",
}
DEFINED = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


def defined(name: str) -> SimpleNamespace:
    """What a snippet imports and defines, without the runs below it."""
    tree = ast.parse((SNIPPETS / f"{name}.py").read_text("utf-8"))
    tree.body = [node for node in tree.body if isinstance(node, DEFINED)]
    names: dict = {}
    exec(compile(tree, name, "exec"), names)
    return SimpleNamespace(**names, names=names)


def cases(name: str) -> list[str]:
    """The names of the runs that a snippet prints, the healthy one first."""
    printed = (SNIPPETS / f"{name}.out").read_text("utf-8").splitlines()
    starts = re.compile(r"(.+?) +(?=(?:-?\d[\d.e+-]*|True|False)(?: |$))")
    return [found[1] for line in printed if (found := starts.match(line))]


class Reader(nn.Module):
    """An LSTM, where the page's nets are GRUs, and what is done to its output."""

    def __init__(self, change=lambda out: out):
        super().__init__()
        torch.manual_seed(0)
        self.lstm, self.fc = nn.LSTM(1, 6, batch_first=True), nn.Linear(6, 1)
        self.change = change

    def forward(self, x):
        return self.fc(self.change(self.lstm(x)[0][:, -1]))


def square(answer, y):
    return (answer - y).square().mean()


@pytest.fixture(scope="module")
def wave():
    """Windows of three steps, and the step after each."""
    series = torch.sin(0.5 * torch.arange(83))
    return series.unfold(0, 3, 1)[:-1, :, None], series[3:, None]


# --- What the page says ---


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_table_leads_to_each_probe_where_it_is_defined(code):
    page = SOURCES.pages[code]["pytorch/symptoms.md"]
    table = re.findall(r"\[`(\w+)`\]\(#([\w-]+)\)", "\n".join(page.lines))
    assert [where for _, where in table] == [*SECTIONS]
    for probe, where in table:
        assert hasattr(defined(SECTIONS[where]), probe)


@pytest.mark.parametrize("name", SECTIONS.values())
def test_each_probe_is_shown_on_a_healthy_net_first_and_on_two_faults_or_more(name):
    assert cases(name)[0] == "✓" and len(cases(name)) >= 3


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("where", SECTIONS)
def test_every_run_but_the_healthy_one_is_read_in_the_text(where, code):
    page = SOURCES.pages[code]["pytorch/symptoms.md"]
    section = sections.sections(page)[where]
    text = "\n".join(page.lines[section.start : section.end])
    known = {"nan": "x", "log(0)": "loss"}  # the text names what the probe answers
    missing = [c for c in cases(SECTIONS[where])[1:] if f"`{known.get(c, c)}`" not in text]
    assert not missing


def printed(name: str) -> list[str]:
    return (SNIPPETS / f"{name}.out").read_text("utf-8").splitlines()


def test_no_two_causes_of_a_symptom_give_the_same_picture():
    for name in SECTIONS.values():
        rows = [line.partition(case)[2].split() for line, case in zip(
            printed(name), cases(name), strict=False)]  # fmt: skip
        assert len({*map(tuple, rows)}) == len(rows), name


# --- Each probe, on nets that the page does not show ---


@pytest.mark.parametrize(
    ("change", "flat"), [(lambda out: out, False), (lambda out: out.new_zeros(out.shape), True)]
)
def test_a_net_that_loses_its_input_is_flat_in_all_three_trainings(wave, change, flat):
    spreads = [*defined("constant").where_it_turns_flat(Reader(change), square, *wave, 0.1)]
    assert all((spread < 0.2) == flat for spread in spreads)


def test_the_trainings_leave_the_net_as_it_was(wave):
    net = Reader()
    before = [w.clone() for w in net.parameters()]
    [*defined("constant").where_it_turns_flat(net, square, *wave, 0.1)]
    assert all(map(torch.equal, before, net.parameters()))


def test_repeating_is_told_from_forecasting_and_from_a_target_in_its_own_window(wave):
    compare = defined("last_value").compare_with_last_value
    x, y = wave[0][:, -1, 0], wave[1][:, 0]
    model, last, apart = compare(y, y, x)
    assert model == 0 < last == apart
    model, last, apart = compare(x, y, x)
    assert model == last > apart == 0
    assert [*compare(x, x, x)] == [0, 0, 0]


def test_the_first_tensor_that_is_not_finite_is_named(wave):
    first_nan, (x, y) = defined("first_nan").first_nan, wave
    assert first_nan(Reader(), square, x, y) is None
    gap = x.clone()
    gap[5, 1] = torch.nan
    assert first_nan(Reader(), square, gap, y) == "x"
    assert first_nan(Reader(), square, x, y / 0) == "y"
    net = Reader()
    net.fc.weight.data[0, 0] = torch.inf
    assert first_nan(net, square, x, y) == "fc.weight"
    net = Reader(lambda out: out - torch.inf)
    assert first_nan(net, square, x, y) == "fc(...)"
    assert first_nan(Reader(), lambda answer, y: (-answer.exp()).log().mean(), x, y) == "loss"
    assert not any(m._forward_hooks for m in net.modules())


def test_of_the_gradients_that_nearest_to_the_loss_is_named(wave):
    def root(answer, y):
        return (0 * square(answer, y)).sqrt()

    assert defined("first_nan").first_nan(Reader(), root, *wave) == "fc.bias.grad"


def test_it_leaves_the_gradients_of_an_ordinary_backward_pass(wave):
    probed, plain = Reader(), Reader()
    defined("first_nan").first_nan(probed, square, *wave)
    square(plain(wave[0]), wave[1]).backward()
    for one, other in zip(probed.parameters(), plain.parameters(), strict=True):
        assert torch.equal(one.grad, other.grad)


@pytest.mark.parametrize(
    ("rate", "low", "high"), [(0.0, 0, 0), (1e-7, 1e-8, 1e-5), (0.03, 1e-2, 1), (10.0, 2, 1e3)]
)
def test_how_far_a_step_moves_the_weights_follows_the_rate(wave, rate, low, high):
    net = Reader()
    opt = torch.optim.Adam(net.parameters(), rate)

    def step():
        square(net(wave[0]), wave[1]).backward()
        opt.step()

    moves = defined("not_falling").how_far_weights_move(net, step).split()
    assert all(low <= float(move) <= high for move in moves)


def test_a_move_is_measured_by_the_size_of_what_moves():
    net = nn.Linear(3, 2)

    def double():
        for w in net.parameters():
            w.data *= 2

    assert defined("not_falling").how_far_weights_move(net, double) == "1e+00 1e+00"


def test_one_frozen_part_shows_as_a_smallest_move_of_0(wave):
    net = Reader()
    opt = torch.optim.Adam(net.fc.parameters(), 0.03)

    def step():
        square(net(wave[0]), wave[1]).backward()
        opt.step()

    low, high = defined("not_falling").how_far_weights_move(net, step).split()
    assert float(low) == 0 < float(high)


def test_what_is_bad_in_the_evaluation_alone_is_told_from_what_was_not_learnt():
    through_eval = defined("train_eval").through_eval
    seen, unseen = (torch.zeros(20), torch.zeros(20)), (torch.ones(5), torch.ones(5))
    net, calls = nn.Linear(1, 1).eval(), []
    assert through_eval(net, lambda x, y: 0.0, seen, unseen) == (False, True, 0, 0)
    learnt_by_heart = through_eval(net, lambda x, y: 9.0 * x.mean().item(), seen, unseen)
    assert learnt_by_heart == (False, True, 0, 9)
    assert through_eval(net, lambda x, y: 9.0, seen, unseen) == (False, True, 9, 9)
    stateful = through_eval(net, lambda x, y: calls.append(len(x)) or len(calls), seen, unseen)
    assert stateful[:2] == (False, False) and calls == [8, 8, 5]
    assert through_eval(net.train(), lambda x, y: 0.0, seen, unseen)[0]


def test_the_lost_step_is_found_in_the_targets_the_net_or_the_plot():
    snippet = defined("lag")
    torch.manual_seed(1)
    truth = torch.randn(100).cumsum(0)
    for late in range(-3, 4):
        assert snippet.lag(truth.roll(late), truth) == late
    late = truth.roll(1)
    places = snippet.where_it_comes_late
    assert [*places(truth, truth, truth, truth)] == [0, 0, 0]
    assert [*places(truth, late, late, late)] == [1, 0, 0]
    assert [*places(truth, truth, late, late)] == [0, 1, 0]
    assert [*places(truth, truth, truth, late)] == [0, 0, 1]
    assert [*places(truth, truth, truth, truth.roll(-1))] == [0, 0, -1]


def where_time_goes(batches, step, waits: float):
    """The probe with a clock that each batch moves on by `waits`, and each step by 1."""
    snippet, now = defined("slow"), [0.0]

    def stepped(x):
        now[0] += 1
        step(x)

    def loader():
        for x in batches:
            now[0] += waits
            yield x

    snippet.names["perf_counter"] = lambda: now[0]
    return [*snippet.where_time_goes(loader(), stepped)]


def test_waiting_for_data_is_told_from_working():
    batches = torch.ones(2, 4, 1)
    assert where_time_goes(batches, torch.sum, waits=0.5)[0] is False
    assert where_time_goes(batches, torch.sum, waits=2.0)[0] is True


def test_calls_are_counted_for_each_time_step_and_against_the_first_batch():
    batches = torch.ones(3, 4, 1)
    _, few, same = where_time_goes(batches, lambda x: [torch.sum(x) for _ in range(8)], 0)
    _, many, _ = where_time_goes(batches, lambda x: [torch.sum(x) for _ in range(16)], 0)
    assert many == 2 * few > 0 and same == 1
    seen = []

    def growing(x):
        seen.append(x)
        for _ in seen:
            torch.sum(x)

    assert where_time_goes(batches, growing, 0)[2] == 3
