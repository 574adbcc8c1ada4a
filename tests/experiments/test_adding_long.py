"""Adding over longer sequences: what each start sets, how large the nets are, the runs in small."""

import pytest
import torch

import adding
import adding_long
import origin
import sizes


def starts(name, start, time=200):
    """A net's matrices from state to state and its biases, by block; then those of PyTorch."""
    for each in (start, "default"):
        rnn = adding_long.untrained(name, each, time, seed=3).rnn
        yield [
            parameter.detach().split(rnn.hidden_size)
            for parameter in (rnn.weight_hh_l0, rnn.bias_ih_l0, rnn.bias_hh_l0)
        ]


@pytest.mark.parametrize("name, blocks", [("GRU", 3), ("LSTM", 4), ("RNN", 1)])
def test_an_orthogonal_start_is_that_of_each_block(name, blocks):
    (matrices, *biases), (_, *before) = starts(name, "orthogonal")
    assert len(matrices) == blocks
    for matrix in matrices:
        torch.testing.assert_close(matrix @ matrix.T, torch.eye(len(matrix)), atol=1e-5, rtol=0)
    assert torch.equal(torch.cat(biases[0]), torch.cat(before[0]))


@pytest.mark.parametrize("name", ["GRU", "LSTM"])
def test_with_a_long_memory_a_unit_keeps_for_up_to_as_long_as_the_sequence(name):
    (matrices, inner, outer), (others, before, _) = starts(name, "long memory")
    kept_for = 1 / (1 - torch.sigmoid(inner[1] + outer[1]))  # steps, by the gate that keeps
    assert 2 <= kept_for.min() < 30 and 170 < kept_for.max() <= 200.01
    if name == "LSTM":
        torch.testing.assert_close(inner[0] + outer[0], -(inner[1] + outer[1]))
    else:
        assert torch.equal(inner[0], before[0])
    assert torch.equal(inner[2], before[2])
    assert all(torch.equal(a, b) for a, b in zip(matrices, others, strict=True))


def test_a_forget_bias_is_that_of_the_forget_gate_alone():
    (_, inner, outer), (_, before, _) = starts("LSTM", "forget bias 1")
    assert ((inner[1] + outer[1]) == 1).all()
    assert all(torch.equal(inner[block], before[block]) for block in (0, 2, 3))


def test_the_nets_have_as_many_parameters():
    counts = {name: sizes.count(adding.SumModel(*net)) for name, net in adding_long.NETS.items()}
    assert counts == {"GRU": 6107, "LSTM": 6106, "RNN": 6157}
    assert max(counts.values()) < 1.01 * min(counts.values())


def test_the_whole_experiment_in_small_with_a_stop_within(interrupted, capsys):
    record = interrupted(adding_long, after=3)
    assert "T=4, default: RNN: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    assert record["rule"] == origin.rule()
    rows = [row for row in record["rows"] if not row["model"].startswith("choice")]
    assert [row["model"] for row in rows] == [
        "constant answer, T=4",
        "RNN H=76, default, T=4",
        "LSTM H=37, long memory, T=4",
    ]
    for row in rows[1:]:
        tried = [r for r in record["rows"] if r["model"].startswith(f"choice {row['model']}, ")]
        assert len(tried) == 3 and not any("test_error" in each for each in tried)
        assert row["rate"] == min(tried, key=lambda each: each["progress"])["rate"]


def test_no_run_is_planned_twice():
    planned = [run[:2] for run in adding_long.make_runs(adding_long.SETTINGS, {})]
    assert len({*planned}) == len(planned)
