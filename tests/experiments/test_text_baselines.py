"""A Transformer and a minGRU on text: what they see, their equations, and their parameters."""

import pytest
import torch
from torch import nn

import characters
import sizes
import text_baselines
import text_sizes

SETTINGS = text_baselines.SETTINGS
KNOWN = 129  # characters of the text


def model(name, seed=0):
    return text_baselines.net(SETTINGS["nets"][name], KNOWN, SETTINGS, seed)


def test_they_read_the_text_as_often_as_the_gru_beside_them():
    same = {name: SETTINGS[name] for name in ("characters", "passes", "width")}
    assert same | {"first_rate": 0.004} in text_sizes.SETTINGS["plan"]
    assert all(SETTINGS[name] == text_sizes.SETTINGS[name] for name in text_baselines.SHARED)


@pytest.mark.parametrize("name", SETTINGS["nets"])
def test_whole_models_have_the_parameters_of_the_gru(name):
    gru = characters.weights("GRU", 128, KNOWN, SETTINGS["embedding"])
    assert sizes.count(model(name)) == pytest.approx(gru, rel=0.01)


@pytest.mark.parametrize("name", SETTINGS["nets"])
def test_nothing_is_seen_of_what_comes_later(name):
    x = torch.randint(KNOWN, (20, 2))
    later = x.clone()
    later[12:] = 0
    with torch.no_grad():
        whole, cut = (model(name)(each)[0] for each in (x, later))
    torch.testing.assert_close(whole[:12], cut[:12])
    assert not torch.allclose(whole[12:], cut[12:])


@pytest.mark.parametrize("name", SETTINGS["nets"])
def test_two_pieces_with_the_state_between_are_as_good_as_the_whole(name):
    x, net = torch.randint(KNOWN, (40, 2)), model(name)
    with torch.no_grad():
        whole, _ = net(x)
        _, state = net(x[:25])
        second, _ = net(x[25:], state)
    torch.testing.assert_close(second, whole[25:], atol=1e-5, rtol=1e-4)


def test_a_transformer_sees_no_more_than_its_context():
    x, net = torch.randint(KNOWN, (64, 2)), model("Transformer, context 64")
    other = x.clone()
    other[:32] = 0  # half a context before the last half of it
    with torch.no_grad():
        _, state = net(x)
        _, after_other = net(other)
        assert torch.equal(state, after_other) and len(state) == 32
        assert not torch.allclose(net(x)[0][-1], net(other)[0][-1])


def test_a_mingru_is_what_its_authors_compute_in_the_space_of_logarithms():
    layer, x = text_baselines.MinGRU(3, 5).double(), torch.randn(30, 2, 3, dtype=torch.float64)
    out, state = layer(x)
    assert torch.equal(state, out[-1:])
    k, pre = layer.linear(x).chunk(2, -1)
    log_draft = torch.where(pre >= 0, (pre.relu() + 0.5).log(), -nn.functional.softplus(-pre))
    kept = (-nn.functional.softplus(k)).cumsum(0)  # log of all (1 - z) so far
    added = -nn.functional.softplus(-k) + log_draft - kept
    torch.testing.assert_close(out, (kept + added.logcumsumexp(0)).exp())


def test_a_rate_grows_and_falls_and_the_best_weights_are_kept(monkeypatch):
    settings = SETTINGS | text_baselines.QUICK | {"passes": 4, "checks": 4, "warm_up": 0.5}
    net = text_baselines.net({"context": 8, "width": 8, "blocks": 1, "heads": 2}, 9, settings, 0)
    rates, ends = [], iter([3.0, 1.0, 2.0, 2.5])
    step = torch.optim.Adam.step
    monkeypatch.setattr(
        torch.optim.Adam,
        "step",
        lambda own, *a, **k: (rates.append(own.param_groups[0]["lr"]), step(own, *a, **k))[1],
    )
    seen = []

    def bits(net, *_):
        seen.append(net.linear.weight.clone())
        return next(ends)

    monkeypatch.setattr(characters, "bits", bits)
    text = torch.arange(3000).fmod(9)
    values = text_baselines.fit(net, text, None, 0.01, 0, settings)
    assert values == {"curve": [3.0, 1.0, 2.0, 2.5], "read": len(rates) * 64}
    assert values["read"] == pytest.approx(4 * 3000, rel=0.01)
    top = rates.index(max(rates))
    assert rates[0] < 0.001 < max(rates) <= 0.01 and len(rates) / 4 < top < 3 * len(rates) / 4
    assert torch.equal(net.linear.weight, seen[1])


def test_in_small_with_a_stop_on_the_way(small_text, interrupted, capsys):
    rows = interrupted(text_baselines, 5)["rows"]
    assert "minGRU alone: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    tested = [row for row in rows if "test_bits" in row]
    assert [row["model"] for row in tested] == [*text_baselines.QUICK["nets"]]
    for row in tested:
        tried = [each for each in rows if each["model"].startswith(f"choice {row['model']}, ")]
        assert row["rate"] == min(tried, key=lambda each: each["validation_bits"])["rate"]
        assert row["validation_bits"] == min(row["curve"])
        assert (row["recurrent"] > 0) == ("minGRU" in row["model"])
