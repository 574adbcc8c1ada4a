"""What the page on sequences of different lengths says and its snippets do not print."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence
from torch.profiler import profile
from torch.utils.data import DataLoader

from tests.sources import names

every_net = pytest.mark.parametrize("net", [nn.GRU, nn.LSTM])
both = pytest.mark.parametrize("bidirectional", [False, True])


@pytest.fixture
def sequences():
    torch.manual_seed(0)
    return [torch.randn(n, 3) for n in (2, 1, 4)]


def states(result) -> list[torch.Tensor]:
    _, state = result
    return list(state) if isinstance(state, tuple) else [state]


@every_net
@both
def test_packed_states_are_those_of_each_sequence_alone(sequences, net, bidirectional):
    net = net(3, 5, num_layers=2, bidirectional=bidirectional)
    packed = states(net(pack_sequence(sequences, enforce_sorted=False)))
    for i, sequence in enumerate(sequences):
        for state, alone in zip(packed, states(net(sequence)), strict=True):
            torch.testing.assert_close(state[:, i], alone, atol=1e-6, rtol=0)


@every_net
@both
@pytest.mark.parametrize("lengths", [[5, 3, 2], [5, 5, 5], [6, 3, 2], [7, 1, 1]])
def test_lengths_beyond_the_tensor_fail_only_in_the_net(net, bidirectional, lengths):
    packed = pack_padded_sequence(torch.randn(4, 3, 3), lengths)
    assert len(packed.data) < sum(packed.batch_sizes)
    with pytest.raises(RuntimeError, match="exceeds dimension size|is invalid for input"):
        net(3, 5, bidirectional=bidirectional)(packed)


def test_a_packed_output_is_no_tensor(sequences):
    out, _ = nn.GRU(3, 5)(pack_sequence(sequences, enforce_sorted=False))
    with pytest.raises(TypeError):
        out[:, -1]
    with pytest.raises(TypeError):
        nn.Linear(5, 1)(out)


def test_in_the_second_layer_of_two_directions_the_forward_half_has_read_padding_too():
    torch.manual_seed(0)
    gru = nn.GRU(1, 8, num_layers=2, bidirectional=True)
    x = torch.randn(12, 1)
    padded, alone = gru(x)[0][:5, :8], gru(x[:5])[0][:, :8]
    assert ((padded - alone).abs().amax(-1) > 1e-3).all()


def test_classes_are_padded_with_the_default_ignore_index():
    logits = torch.randn(2, 3)
    loss = F.cross_entropy(logits, torch.tensor([1, -100]))
    torch.testing.assert_close(loss, F.cross_entropy(logits[:1], torch.tensor([1])))


@pytest.mark.skipif(not torch.backends.mkldnn.is_available(), reason="this torch has no oneDNN")
@pytest.mark.parametrize(("lengths", "fused"), [([4, 4, 4], True), ([4, 2, 1], False)])
def test_a_packed_lstm_runs_in_onednn_only_with_equal_lengths(lengths, fused):
    lstm = nn.LSTM(3, 5)
    packed = pack_padded_sequence(torch.randn(4, 3, 3), lengths)
    with profile() as ran:
        lstm(packed)
    assert fused == any("mkldnn_rnn" in event.key for event in ran.key_averages())


@pytest.mark.parametrize("pool", [1, 2, 5, 100])
def test_the_bucket_sampler_gives_each_sequence_once_in_a_new_order(pool):
    sampler_class = names("pytorch/sequences/bucketing")["BucketSampler"]
    lengths = torch.randint(5, 100, (103,)).tolist()
    sampler = sampler_class(lengths, 8, pool)
    first, second = list(sampler), list(sampler)
    assert sorted(sum(first, [])) == sorted(sum(second, [])) == list(range(103))
    assert len(first) == len(second) == len(DataLoader(lengths, batch_sampler=sampler)) == 13
    assert first != second
