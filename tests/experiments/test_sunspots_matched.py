"""Sunspots with matched nets: the end of a training, what is kept, and a run in small."""

import pytest
import torch

import sizes
import sunspots
import sunspots_matched

SETTINGS = sunspots_matched.SETTINGS


def test_a_training_ends_when_nothing_is_gained_and_keeps_the_best():
    settings = SETTINGS | {"patience": 2, "most_epochs": 60}
    result, errors = sunspots_matched.train(torch.nn.RNN, 4, 0.2, 0, settings)
    assert len(errors) < 60 and result.best_epoch == len(errors) - 2
    assert errors[result.best_epoch - 1] == min(errors)
    settings |= {"most_epochs": result.best_epoch}
    stopped_there, _ = sunspots_matched.train(torch.nn.RNN, 4, 0.2, 0, settings)
    assert (stopped_there.forecast == result.forecast).all()


def test_a_training_that_failed_forecasts_the_mean_of_the_training_years():
    settings = SETTINGS | {"most_epochs": 1}
    result, _ = sunspots_matched.train(torch.nn.RNN, 4, float("inf"), 0, settings)
    assert result.rmse == pytest.approx(sunspots.baselines()["training mean"].rmse)


def test_a_net_that_is_given_roots_forecasts_numbers():
    settings = SETTINGS | {"most_epochs": 12}
    result, errors = sunspots_matched.train(torch.nn.LSTM, 8, 0.03, 0, settings, power=0.5)
    assert result.rmse < sunspots.baselines()["persistence"].rmse
    assert result.forecast.min() >= 0 and result.forecast.max() > 100
    assert min(errors) < 25


def test_a_linear_model_of_the_roots_is_the_strongest_without_a_net():
    """The one that the page on sunspots prints."""
    others = (each.rmse for each in sunspots.baselines().values())
    assert round(sunspots_matched.of_roots().rmse, 2) == 16.36 < min(others)


def test_whole_models_have_about_one_number_of_parameters():
    nets = sunspots_matched.nets()
    count = {name: sizes.count(sunspots.Forecaster(*net)) for name, net in nets.items()}
    gru, small_lstm, lstm, large_gru, rnn = count.values()
    assert [small_lstm, rnn] == pytest.approx([gru, gru], rel=0.025)
    assert large_gru == pytest.approx(lstm, rel=0.025)


def test_in_small_with_a_stop_on_the_way(interrupted, capsys):
    rows = interrupted(sunspots_matched, 9)["rows"]
    assert "GRU H=20: 0.00 hours, 0.00 in all" in capsys.readouterr().out
    nets = [row for row in rows if "rmse" in row and row["seed"] is not None]
    assert [row["model"] for row in nets if row["seed"] == 0] == [
        f"{net}, {given}" for given in ("numbers", "roots") for net in sunspots_matched.nets()
    ]
    chosen = [row for row in rows if row["model"].startswith("choice")]
    assert chosen and not any("rmse" in row for row in chosen)  # the test part chooses nothing
