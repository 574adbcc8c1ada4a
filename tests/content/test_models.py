"""The recommended GRUModel with every type, shape and kind of lengths it promises to take."""

import pytest
import torch

from tests.sources import ROOT


@pytest.fixture
def model():
    names = {}
    exec((ROOT / "snippets/pytorch/gru-model/recommended.py").read_text("utf-8"), names)
    torch.manual_seed(1)
    return names["GRUModel"](input_size=4, hidden_size=8, num_layers=3, output_size=2)


@pytest.mark.parametrize(
    ("dtype", "near"), [(torch.float64, 1e-12), (torch.float32, 1e-6), (torch.bfloat16, 2e-2)]
)
@pytest.mark.parametrize("lengths", [[3, 9, 1], torch.tensor([3, 9, 1])])
def test_a_sequence_gets_in_a_padded_batch_what_it_gets_alone(model, dtype, near, lengths):
    model.to(dtype)
    x = torch.randn(3, 9, 4, dtype=dtype)
    batch = model(x, lengths)
    assert batch.dtype == dtype
    for row, answer, length in zip(x, batch, lengths, strict=True):
        torch.testing.assert_close(model(row[:length]), answer, atol=near, rtol=0)


def test_padding_changes_neither_answer_nor_gradient(model):
    x = torch.randn(2, 9, 4, requires_grad=True)
    model(x, [4, 9]).sum().backward()
    assert not x.grad[0, 4:].any() and x.grad[0, :4].any()


def test_nothing_in_it_is_bound_to_a_device(model):
    x = torch.zeros(3, 9, 4, device="meta")
    assert model.to("meta")(x, torch.tensor([3, 9, 1])).device.type == "meta"
    assert model(x[0]).shape == (2,)
