"""The nets trained for the lab: their tasks, what the record holds, and what the page says."""

import json
from itertools import pairwise

import pytest
import torch

import harness
import lab_nets
from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.rendering import lab_nets as shown
from tools.sources.sections import sections

RECORD = harness.load(lab_nets.__file__)
NETS = {net["name"]: net for net in shown.nets(ROOT)}
SMALL = lab_nets.SETTINGS | {"words": 50}


def model(name: str) -> lab_nets.Answer:
    """A net as the record has it."""
    net = lab_nets.Answer(*lab_nets.NETS[name]).double()
    for key, value in NETS[name]["weights"].items():
        own = key if key.startswith("linear") else f"rnn.{key}"
        net.get_parameter(own).data = torch.tensor(value, dtype=torch.float64)
    return net.requires_grad_(False)


def test_a_word_has_as_many_b_as_a_where_the_answer_says_so_and_never_more():
    x, answers = lab_nets.TASKS["counting"].draw(SMALL, lab_nets.generator(0))
    count = (x[..., lab_nets.A] - x[..., lab_nets.B]).cumsum(1)
    assert torch.equal(answers, (count == 0).double())
    assert count.min() == 0 and count.max() == SMALL["depth"]


def test_the_last_digit_with_a_flag_is_asked_for():
    x, answers = lab_nets.TASKS["holding"].draw(SMALL, lab_nets.generator(0))
    gaps = []
    for word, right in zip(x.tolist(), answers.tolist(), strict=True):
        flagged = [step for step, (_, flag) in enumerate(word) if flag]
        assert flagged[0] == 0
        gaps += [later - step for step, later in pairwise(flagged)]
        for step, answer in enumerate(right):
            assert answer == word[max(each for each in flagged if each <= step)][0]
    assert {*gaps} == {*range(1, SMALL["hold"] + 1)}


def test_training_the_words_that_choose_and_those_that_test_are_drawn_apart():
    parts = [lab_nets.generator(part, seed).initial_seed() for part in range(3) for seed in (0, 9)]
    assert len({*parts}) == 6
    seeds = range(lab_nets.SETTINGS["seeds"])
    assert not {*parts} & {*seeds}, "weights are drawn with these"


class Counter(torch.nn.Module):
    """Counts rightly as far as a limit."""

    def __init__(self, limit: int):
        super().__init__()
        self.limit = limit

    def forward(self, x):
        count = (x[..., lab_nets.A] - x[..., lab_nets.B]).cumsum(1)
        return torch.where((count == 0) & (x.shape[1] <= 2 * self.limit), 1.0, -1.0)


@pytest.mark.parametrize("limit, first", [(3, 4), (99, 100), (100, None)])
def test_the_first_length_that_is_told_wrongly_is_found(limit, first):
    assert lab_nets.TASKS["counting"].far(Counter(limit), lab_nets.SETTINGS) == first


class Memory(torch.nn.Module):
    """Holds the first digit for some steps."""

    def __init__(self, limit: int):
        super().__init__()
        self.limit = limit

    def forward(self, x):
        step = torch.arange(x.shape[1])
        return torch.where(step <= self.limit, x[:, :1, 0], x[:, :1, 0] + 0.2)


@pytest.mark.parametrize("limit, first", [(-1, 0), (7, 8), (100, None)])
def test_the_first_step_at_which_a_digit_is_lost_is_found(limit, first):
    assert lab_nets.TASKS["holding"].far(Memory(limit), SMALL) == first


@pytest.mark.parametrize("name", lab_nets.NETS)
def test_a_recorded_net_does_what_its_row_says(name):
    net, task = model(name), lab_nets.TASKS[name.partition(",")[0]]
    x, answers = task.draw(lab_nets.SETTINGS, lab_nets.generator(2))
    right = 100 * task.right(net(x), answers).double().mean().item()
    assert right == pytest.approx(NETS[name]["right"], abs=0.01)
    assert task.far(net, lab_nets.SETTINGS) == NETS[name]["first_wrong"]


@pytest.mark.parametrize("name", lab_nets.NETS)
def test_the_page_shows_the_net_with_the_least_loss_of_all_seeds(name):
    rows = [row for row in RECORD["rows"] if row["model"] == name]
    assert [row["seed"] for row in rows] == [*range(100, 120)], "none that a setting was chosen by"
    assert NETS[name]["loss"] == min(row["loss"] for row in rows)


def test_the_same_seed_gives_the_same_net():
    settings = lab_nets.SETTINGS | lab_nets.QUICK
    first, again = (lab_nets.train("counting, GRU H=2", 3, settings) for _ in range(2))
    assert first == again


@pytest.mark.proof
def test_a_quick_run(quick):
    rows = quick(lab_nets, steps=2)["rows"]
    assert [row["model"] for row in rows] == [*lab_nets.NETS]
    assert all(json.dumps(row["weights"]) for row in rows)


def steps_of_c(word: str) -> torch.Tensor:
    """By how much the c of the LSTM changes with each letter."""
    net = model("counting, LSTM H=1")
    x, state, found = lab_nets.one_hot(torch.tensor(["ab".index(each) for each in word])), None, [0]
    for each in x:
        _, state = net.rnn(each[None, None], state)
        found.append(state[1].item())
    return torch.tensor(found).diff()


def numbers_in_prose() -> list[str]:
    """What the page says of the nets, from the record: as written there."""
    up = steps_of_c("a" * 20)[1:]
    h, _ = model("counting, GRU H=1").rnn(lab_nets.one_hot(torch.zeros(8, dtype=torch.long)))
    moves = h[:, 0].diff(prepend=torch.zeros(1)).abs()
    far = {name: net["first_wrong"] for name, net in NETS.items()}
    assert far["holding, GRU H=1"] == far["holding, LSTM H=1"] == lab_nets.SETTINGS["hold"]
    return [
        f"{up.median():.2f}",
        *(f"{-steps_of_c('a' * n + 'b')[-1]:.2f}" for n in (8, 20)),
        f"{far['counting, LSTM H=1']} ", f"{far['counting, GRU H=1']} ",
        f"{moves[0]:.2f}", f"{moves[7]:.2f}",
        f"{far['holding, GRU H=1'] - 1} ",
        f"{lab_nets.SETTINGS['depth']} ", f"{lab_nets.SETTINGS['hold']} ",
        f"{lab_nets.SETTINGS['words']} ", f"{lab_nets.SETTINGS['length']} ",
    ]  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_numbers_of_the_page_are_those_of_the_record(code):
    section = sections(SOURCES.get_page("lab.md", code))["trained"]
    text = "\n".join(section.lines)
    for number in numbers_in_prose():
        assert number in text


def test_what_the_page_says_of_all_twenty_follows_from_the_record():
    def far(name):
        return sorted(row["first_wrong"] for row in RECORD["rows"] if row["model"] == name)

    lstms, grus = far("counting, LSTM H=1"), far("counting, GRU H=1")
    assert (lstms.count(1), sum(n in (9, 10) for n in lstms), lstms[-1] - 1) == (3, 9, 33)
    assert (len(lstms), len(grus), sum(n <= 2 for n in grus)) == (20, 20, 18)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_tells_the_right_answers_without_words_that_stood_in_training(code):
    task, settings = lab_nets.TASKS["counting"], lab_nets.SETTINGS
    x, answers = task.draw(settings, lab_nets.generator(2))
    told = []
    for name in (name for name in NETS if name.startswith("counting")):
        trained, _ = task.draw(settings, lab_nets.generator(0, NETS[name]["seed"]))
        known = set(map(tuple, trained.flatten(1).tolist()))
        is_new = torch.tensor([tuple(word) not in known for word in x.flatten(1).tolist()])
        assert 0.05 < 1 - is_new.double().mean() < 0.06
        right = task.right(model(name)(x), answers)[is_new].double().mean()
        told.append(f"{100 * right:.2f}")
    joined = {"en": "{}, {} and {} %", "zh": "{}、{} 和 {} %"}[code].format(*told)
    assert joined in "\n".join(sections(SOURCES.get_page("lab.md", code))["trained"].lines)


def test_words_that_are_harder_than_those_of_the_test_break_the_nets_where_the_page_says():
    word = "abababaaabbababaabbabb"
    x = lab_nets.one_hot(torch.tensor(["ab".index(each) for each in word]))
    count = (x[:, lab_nets.A] - x[:, lab_nets.B]).cumsum(0)
    assert count.min() >= 0 and count.max() < lab_nets.SETTINGS["depth"], "no harder than that"
    right = lab_nets.TASKS["counting"].right(
        model("counting, LSTM H=1")(x[None])[0], (count == 0).double()
    )
    assert (~right).nonzero().flatten().tolist() == [20], "letter 21"
    nine = torch.zeros(1, 13, 2, dtype=torch.double)
    nine[0, 0] = torch.tensor([0.9, 1])
    for cell, lost in (("LSTM", 9), ("GRU", 10)):
        held = (10 * model(f"holding, {cell} H=1")(nine)[0]).round()
        assert (held != 9).nonzero().flatten().tolist()[0] == lost
