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
    "first-nan": "nan",
    "not-falling": "not_falling",
    "train-eval": "train_eval",
    "late": "lag",
    "slow": "slow",
}
PROBES = {
    "constant": "where_it_turns_flat",
    "last_value": "compare_with_last_value",
    "nan": "first_nan",
    "not_falling": "how_far_weights_move",
    "train_eval": "through_eval",
    "lag": "where_it_comes_late",
    "slow": "where_time_goes",
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
    starts = re.compile(r"(.+?) +(?=(?:-?\d[\d.e+-]*|True|False|\w+Error:)(?: |$))")
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


def functions(name: str) -> list[str]:
    """A snippet's functions, without types: the probe has them, the run does not."""
    tree = ast.parse((SNIPPETS / f"{name}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    return [ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize(("run", "probe"), PROBES.items())
def test_the_probe_that_is_copied_is_the_one_that_was_run(run, probe):
    """It is a block of its own, which the button copies, and stands once more in the run."""
    copied = functions(probe)
    assert copied == functions(run)[: len(copied)]
    names: dict = {}
    exec((SNIPPETS / f"{probe}.py").read_text("utf-8"), names)
    assert callable(names[probe])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("where", SECTIONS)
def test_a_section_shows_the_probe_first_and_then_its_run(where, code):
    page, run = SOURCES.pages[code]["pytorch/symptoms.md"], SECTIONS[where]
    section = sections.sections(page)[where]
    text = "\n".join(page.lines[section.start : section.end])
    shown = re.findall(r'"pytorch/symptoms/(\w+)\.py"', text)
    assert shown == [PROBES[run], run]


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
    parts = [*defined("constant").where_it_turns_flat(Reader(change), square, *wave, 0.1)]
    assert all((part < 0.2) == flat for part in parts)


@pytest.mark.parametrize(
    "change",
    [
        *(lambda x, y: (x, y * 1000), lambda x, y: (x, y + 100), lambda x, y: (x, 3000 + 200 * y)),
        *(lambda x, y: (x + 100, y), lambda x, y: (3000 + 200 * x, y), lambda x, y: (x / 1000, y)),
        *(lambda x, y: (x, y + 5), lambda x, y: (x + 5, y)),  # as of temperatures
        *(lambda x, y: (x, y / 1000), lambda x, y: (x.log(), y), lambda x, y: (x, y * 0 + 1)),
    ],
)
def test_data_out_of_scale_are_named_before_any_training(wave, change):
    with pytest.raises(ValueError, match="standardise [xy]"):
        [*defined("constant").where_it_turns_flat(Reader(), square, *change(*wave), 0.1)]


def test_such_data_are_flat_in_a_healthy_net(wave):
    explained, (x, y), every = defined("constant").explained, wave, slice(None)
    assert explained(Reader(), square, x, y, 0.1, every, every) > 0.9
    assert explained(Reader(), square, x, y * 1000, 0.1, every, every) < 0.2


def test_classes_and_a_batch_that_is_not_first_are_refused(wave):
    flat, (x, y) = defined("constant").where_it_turns_flat, wave
    for classes in (y[:, 0] > 0).long(), (y > 0).float():
        with pytest.raises(TypeError, match="classes"):
            [*flat(Reader(), square, x, classes, 0.1)]
    with pytest.raises(ValueError, match="batch first"):
        [*flat(Reader(), square, x.movedim(0, 1), y, 0.1)]


@pytest.mark.parametrize("change, says", [
    (lambda x: x[:1].expand_as(x), "^x: all samples are the same$"),
    (lambda x: x, "^net: it mixes the samples$"),
])  # fmt: skip
def test_windows_that_are_one_buffer_and_a_mean_over_the_batch_are_named(wave, change, says):
    net = Reader(lambda out: out.mean(0, keepdim=True).expand_as(out))
    with pytest.raises(ValueError, match=says):
        [*defined("constant").where_it_turns_flat(net, square, change(wave[0]), wave[1], 0.1)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_loop_of_one_s_own_may_hold_is_named(code):
    text = "\n".join(SOURCES.pages[code]["pytorch/symptoms.md"].lines)
    assert all(f"`{name}`" in text for name in ("weight_decay", "zero_grad", "same x", "mixed"))


class Ignores(nn.Module):
    """Answers with what it learnt for each column and step, whatever it reads."""

    def __init__(self, *shape):
        super().__init__()
        self.level = nn.Parameter(torch.zeros(shape))

    def forward(self, x):
        return self.level.expand(len(x), *self.level.shape)


def asked(samples: int, units: int, target, larger: float = 0.1) -> list[float]:
    """The probe on random inputs, at a usual rate."""
    torch.manual_seed(0)
    x = torch.randn(samples, 20, 2)

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.gru, self.fc = nn.GRU(2, units, batch_first=True), nn.Linear(units, 1)

        def forward(self, x):
            return self.fc(self.gru(x)[0][:, -1])

    flat = defined("constant").where_it_turns_flat
    return [*flat(Net(), square, x, target(x), 0.001, larger)]


@pytest.mark.usefixtures("one_thread")
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("samples", "units", "larger"),
    [(600, 8, 0.1), (600, 32, 0.1), (600, 32, 0.01), (2000, 32, 0.1), (2000, 64, 0.1)],
)
def test_noise_learnt_by_heart_is_told_from_a_rate_that_is_too_small(samples, units, larger):
    def total(x):
        return x.sum((1, 2))[:, None] / 40**0.5

    _, second, last = asked(samples, units, total, larger)
    assert second >= 0.9 <= last
    first, second, last = asked(samples, units, lambda x: total(x)[torch.randperm(samples)], larger)
    assert first == 0 > second and last > 0.5


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("units", [8, 32])
def test_what_is_hard_to_find_shows_at_the_rate_in_between(units):
    assert asked(600, units, lambda x: x[:, -5, :1], larger=0.01)[1] >= 0.1


def test_answers_of_another_size_are_refused(wave):
    with pytest.raises(ValueError, match="^net: answers of another size$"):
        [*defined("constant").where_it_turns_flat(nn.Linear(1, 1), square, *wave, 0.1)]


def test_what_is_explained_is_over_samples_not_over_columns_or_steps():
    torch.manual_seed(0)
    flat, x = defined("constant").where_it_turns_flat, torch.randn(200, 10, 1)
    columns = torch.randn(200, 2) + torch.tensor([0.0, 4.0])
    assert [*flat(Ignores(2), square, x, columns, 0.1)] == [0, 0, 0]
    trend = torch.linspace(-3, 3, 10)[:, None] + torch.randn(200, 10, 1) / 2
    assert [*flat(Ignores(10, 1), square, x, trend, 0.1)] == [0, 0, 0]


def test_dropout_is_no_spread_of_the_answers(wave):
    noisy = nn.Sequential(Reader(lambda out: out.new_ones(out.shape)), nn.Dropout(0.9))
    y = wave[1] + 1
    assert [*defined("constant").where_it_turns_flat(noisy, square, wave[0], y, 0.1)] == [0, 0, 0]


def test_the_larger_rate_is_the_reader_s(wave):
    flat = defined("constant").where_it_turns_flat
    first, *larger = flat(Reader(), square, *wave, 0.03, larger=1e-6)
    assert first > 0.9 and max(larger) < 0.5


def test_the_trainings_leave_the_net_as_it_was(wave):
    net = Reader()
    before = [w.clone() for w in net.parameters()]
    [*defined("constant").where_it_turns_flat(net, square, *wave, 0.1)]
    assert all(map(torch.equal, before, net.parameters()))


def test_repeating_is_told_from_forecasting_and_from_a_target_in_its_own_window(wave):
    compare = defined("last_value").compare_with_last_value
    x, y = wave[0][:, -1, 0], wave[1][:, 0]
    assert [*compare(y, y, x)] == [0, 1]
    assert [*compare(x, y, x)] == [1, 0]
    with pytest.raises(ValueError, match="y is the last value"):
        [*compare(x, x, x)]


def test_a_slow_series_is_read_like_a_fast_one():
    compare = defined("last_value").compare_with_last_value
    slow = torch.sin(0.001 * torch.arange(3000))
    assert [*compare(slow[1:], slow[1:], slow[:-1])] == [0, 1]
    assert [*compare(slow[:-1], slow[1:], slow[:-1])] == [1, 0]


@pytest.mark.parametrize("column", range(3))
def test_a_column_beside_rows_is_refused(wave, column):
    rows = [wave[1][:, 0]] * 3
    rows[column] = wave[1]
    with pytest.raises(ValueError, match=r"\(N,\)|shape"):
        [*defined("last_value").compare_with_last_value(*rows)]
    with pytest.raises(ValueError, match=r"\(N,\)|shape"):
        [*defined("lag").where_it_comes_late(*rows, rows[0])]


def test_the_first_tensor_that_is_not_finite_is_named(wave):
    first_nan, (x, y) = defined("nan").first_nan, wave
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


class HeadFirst(nn.Module):
    """A head that is defined before what it reads."""

    def __init__(self):
        super().__init__()
        self.fc, self.lstm = nn.Linear(6, 1), nn.LSTM(1, 6, batch_first=True)

    def forward(self, x):
        return self.fc(self.lstm(x)[0][:, -1])


@pytest.mark.parametrize("net", [Reader, HeadFirst])
def test_of_the_gradients_that_nearest_to_the_loss_is_named(wave, net):
    def root(answer, y):
        return (0 * square(answer, y)).sqrt()

    assert defined("nan").first_nan(net(), root, *wave) == "fc.bias.grad"


class Packs(Reader):
    def forward(self, x):
        packed = nn.utils.rnn.pack_padded_sequence(x, [3] * len(x), batch_first=True)
        return self.fc(self.lstm(packed)[1][0][0])


class Several(Reader):
    """Hands out a dictionary, in which a list."""

    def forward(self, x):
        return {"answers": [super().forward(x)], "length": 3}


def test_healthy_nets_of_every_usual_kind_have_no_bad_tensor(wave):
    first_nan, (x, y) = defined("nan").first_nan, wave
    frozen, spare = Reader(), Reader()
    frozen.lstm.requires_grad_(False)
    spare.unused = nn.Linear(2, 2)
    for net in frozen, spare, Packs():
        assert first_nan(net, square, x, y) is None
    assert first_nan(Several(), lambda out, y: square(out["answers"][0], y), x, y) is None
    assert first_nan(Reader(), lambda answer, y: answer.mean(), x, None) is None


def test_what_is_bad_inside_a_pack_a_list_or_an_answer_of_several_is_named(wave):
    first_nan, (x, y) = defined("nan").first_nan, wave
    packs = Packs()
    packs.lstm.register_forward_hook(lambda m, args, out: (out[0], [h / 0 for h in out[1]]))
    assert first_nan(packs, square, x, y) == "lstm(...)"
    several = Several(lambda out: out / 0)
    assert first_nan(several, lambda out, y: square(out["answers"][0], y), x, y) == "fc(...)"


def test_a_module_that_is_bad_in_one_of_its_calls_is_named(wave):
    class Calls(Reader):
        def forward(self, x):
            self.fc(torch.full((1, 6), torch.nan))
            return super().forward(x)

    assert defined("nan").first_nan(Calls(), square, *wave) == "fc(...)"


def test_minus_infinity_in_an_answer_is_a_mask(wave):
    class Masked(nn.Module):
        def __init__(self):
            super().__init__()
            self.fc = nn.Linear(1, 3)

        def forward(self, x):
            hidden = torch.tensor([True, False, False])
            return self.fc(x[:, -1]).masked_fill(hidden, -torch.inf)

    classes = torch.ones(len(wave[0])).long()
    assert defined("nan").first_nan(Masked(), nn.CrossEntropyLoss(), wave[0], classes) is None


def test_it_leaves_the_gradients_of_an_ordinary_backward_pass(wave):
    probed, plain = Reader(), Reader()
    defined("nan").first_nan(probed, square, *wave)
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


def test_what_is_zero_at_first_has_no_size_to_move_by(wave):
    net = nn.Sequential(nn.LayerNorm(1), nn.Flatten(), nn.Linear(3, 1))
    nn.init.zeros_(net[2].bias)
    opt = torch.optim.SGD(net.parameters(), 0.01)

    def step():
        square(net(wave[0]), wave[1] + 1).backward()
        opt.step()

    low, high = map(float, defined("not_falling").how_far_weights_move(net, step).split())
    assert low <= high < 1


def test_a_weight_that_turned_nan_is_no_small_move():
    net = nn.Linear(3, 2)

    def step():
        net.bias.data[0] = torch.nan

    assert defined("not_falling").how_far_weights_move(net, step) == "nan nan"


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


def test_a_state_that_is_carried_on_does_not_stop_the_probe():
    seen = unseen = torch.ones(20, 3, 1), torch.ones(20, 1)

    class Stateful(Reader):
        state = None

        def forward(self, x):
            out, self.state = self.lstm(x, self.state)
            return self.fc(out[:, -1])

    net = Stateful().eval()
    same = defined("train_eval").through_eval(
        net, lambda x, y: square(net(x), y).item(), seen, unseen
    )[1]
    assert same is False


def test_an_evaluation_may_return_a_tensor_but_not_nan():
    through_eval, part = defined("train_eval").through_eval, (torch.ones(9), torch.ones(9))
    found = through_eval(nn.Linear(1, 1), lambda x, y: x.mean(), part, part)
    assert repr(found) == "(True, True, 1.0, 1.0)"
    with pytest.raises(ValueError, match="first_nan"):
        through_eval(nn.Linear(1, 1), lambda x, y: float("nan"), part, part)


def test_a_data_set_in_place_of_its_tensors_is_refused_by_name():
    data = torch.utils.data.TensorDataset(torch.ones(9), torch.ones(9))
    with pytest.raises(TypeError, match="tuples of tensors"):
        defined("train_eval").through_eval(nn.Linear(1, 1), lambda x, y: 0.0, data, data)


def test_series_of_numpy_are_taken_as_tensors_are():
    torch.manual_seed(1)
    truth = torch.randn(100).cumsum(0)
    assert defined("lag").lag(truth.roll(2).numpy(), truth.numpy()) == 2


def test_the_lost_step_is_found_in_the_targets_the_net_or_the_plot():
    snippet = defined("lag")
    torch.manual_seed(1)
    truth = torch.randn(100).cumsum(0)
    for late in range(-2, 3):
        assert snippet.lag(truth.roll(late), truth) == late
    late = truth.roll(1)
    places = snippet.where_it_comes_late
    assert [*places(truth, truth, truth, truth)] == [0, 0, 0]
    assert [*places(truth, late, late, late)] == [1, 0, 0]
    assert [*places(truth, truth, late, late)] == [0, 1, 0]
    assert [*places(truth, truth, truth, late)] == [0, 0, 1]
    assert [*places(truth, truth, truth, truth.roll(-1))] == [0, 0, -1]


def test_a_lag_that_nothing_shows_is_refused():
    lag = defined("lag").lag
    torch.manual_seed(1)
    walk, noise = torch.randn(300).cumsum(0), torch.randn(300)
    for late, truth in (
        *((walk[:-5], walk[5:]), (walk[5:], walk[:-5])),  # five steps, looked for in three
        *((0 * walk, walk), (0.1 * noise.flip(0), noise), (walk[:5], walk[:5])),
    ):
        with pytest.raises(ValueError, match="most"):
            lag(late, truth)
    assert lag(walk[:-5], walk[5:], most=8) == 5


def test_a_lag_is_that_of_the_shape_not_of_the_size():
    walk = torch.randn(300, generator=torch.manual_seed(1)).cumsum(0)
    assert defined("lag").lag(0.3 * walk.roll(1) + 2, walk) == 1
    assert defined("lag").lag(*[torch.tensor([0.0, 1.0]).repeat(40)] * 2) == 0


def where_time_goes(batches, step, waits=0.0, first=0.0, profiling=0.0, steps=len):
    """The probe with a clock that a batch moves on by `waits`, and a step by 1, or by more while
    it is profiled."""
    snippet, now = defined("slow"), [0.0]

    def stepped(x):
        now[0] += 1 + profiling * torch.autograd._profiler_enabled()
        step(x)

    def loader():
        now[0] += first
        for x in batches:
            now[0] += waits
            yield x

    snippet.names["perf_counter"] = lambda: now[0]
    return [*snippet.where_time_goes(loader(), stepped, steps)]


def test_waiting_for_data_is_told_from_working():
    batches = torch.ones(6, 20, 1)
    assert where_time_goes(batches, torch.sum, waits=0.5)[0] is False
    assert where_time_goes(batches, torch.sum, waits=2.0)[0] is True


def test_neither_a_loader_s_start_nor_the_profiler_counts():
    batches = torch.ones(6, 20, 1)
    assert where_time_goes(batches, torch.sum, waits=0.5, first=100)[0] is False
    assert where_time_goes(batches, torch.sum, waits=2.0, profiling=100)[0] is True


def test_calls_are_counted_for_each_time_step_and_against_the_first_batch():
    batches = torch.ones(6, 20, 1)
    _, few, same = where_time_goes(batches, lambda x: [torch.sum(x) for _ in range(40)])
    _, many, _ = where_time_goes(batches, lambda x: [torch.sum(x) for _ in range(80)])
    assert many == 2 * few > 0 and same == 1
    seen = []

    def growing(x):
        seen.append(x)
        for _ in seen:
            torch.sum(x)

    assert where_time_goes(batches, growing)[2] == 6


def test_steps_are_those_that_the_reader_names():
    """A loader's pair, batch first: neither its length nor its batch is the number of steps."""
    pairs = [(torch.ones(64, 20, 1), torch.ones(64, 1))] * 6

    def step(batch):
        for _ in range(40):
            torch.sum(pairs[0][0])

    _, calls, _ = where_time_goes(pairs, step, steps=lambda pair: pair[0].shape[1])
    assert calls == where_time_goes(torch.ones(6, 20, 1), step)[1] > 0


def test_longer_batches_are_no_growing_graph():
    longer = [torch.ones(steps, 2) for steps in (20, 20, 20, 20, 40, 80)]

    def step(x):
        for x_t in x:
            torch.sum(x_t)

    assert where_time_goes(longer, step)[2] == 1


def test_too_few_steps_or_batches_are_no_answer():
    assert where_time_goes(torch.ones(6, 3, 1), torch.sum)[1] is None
    with pytest.raises(ValueError, match="6 batches"):
        where_time_goes(torch.ones(5, 20, 1), torch.sum)


@pytest.mark.parametrize(
    "net", [nn.GRU(8, 16), nn.LSTM(8, 16, proj_size=4), nn.LSTM(8, 16).double()]
)
def test_outside_of_the_kernel_a_layer_counts_like_a_loop(net):
    """An LSTM in float32 has one kernel for all steps; the text says what has none."""
    batches = torch.randn(6, 20, 4, 8)

    def calls(net):
        dtype = next(net.parameters()).dtype
        return where_time_goes(batches.to(dtype), lambda x: net(x)[0].sum().backward())[1]

    loop = calls(defined("slow").Loop())
    assert calls(nn.LSTM(8, 16)) < loop / 10
    assert loop / 2 < calls(net) < 2 * loop


@pytest.mark.parametrize("layer", [nn.LSTM, nn.GRU])
def test_a_carried_state_and_a_step_of_the_optimizer_end_in_an_error(layer):
    net, state = layer(8, 16), None
    opt = torch.optim.Adam(net.parameters())

    def step(x):
        nonlocal state
        opt.zero_grad()
        out, state = net(x, state)
        out.sum().backward(retain_graph=True)
        opt.step()

    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        where_time_goes(torch.randn(6, 20, 4, 8), step)


def test_a_batch_norm_that_lags_behind_is_bad_in_evaluation_alone(wave):
    """As the text says: bad on what it knows, and small after `net.train()`."""
    norm = nn.BatchNorm1d(6, momentum=0.001)
    net = Reader(norm)
    net.norm = norm
    opt = torch.optim.Adam(net.parameters(), 0.03)
    for _ in range(100):
        opt.zero_grad()
        square(net(wave[0]), wave[1]).backward()
        opt.step()

    def error():
        found = defined("train_eval").through_eval(net, evaluate, wave, wave, n=80)
        return found[1:3]

    def evaluate(x, y):
        with torch.no_grad():
            return square(net(x), y)

    net.eval()
    same, bad = error()
    net.train()
    assert same and bad > 10 * error()[1]
