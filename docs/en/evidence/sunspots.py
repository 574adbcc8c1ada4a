# ---
# long_title: "Time series forecasting with a GRU in PyTorch: sunspots, against a linear model"
# description: GRUModel trained on 309 years of sunspot numbers, against persistence and a linear model, over five seeds.
# search:
#   words:
#     sunspots: time series forecasting, linear regression, autoregression, baseline, LSTM for forecasting, worse than linear regression, forecasting benchmark, yearly series, beats a simple model, GRU against linear, prediction, sunspot prediction, predict a time series, linear model, ARIMA, autoregressive, forecast comparison, real series, GRU forecasting, simple model is enough, AR model, forecast against linear, result on sunspots, GRU result
#     answer: is a GRU better than linear regression, result in short
#     question: baselines for forecasting, naive baseline, compare with a simple model, repeat the last value, simple forecast to compare, what to compare with, AR model, baseline, forecasting baseline
#     method: data split by year, setup, window of 20
#     live: training run in the page, plot of the forecast
#     seeds: five runs, spread over seeds, LSTM and GRU RMSE
#     roots: transform the series, square root, Box-Cox, variance stabilising, power transform, ARIMA baseline, stronger baseline
#     reading: conclusion, interpretation
#     run: forecast my own series, my own data, own series, my data, replace the data set, CSV
# ---

# %% [markdown]
# # Does GRUModel beat a linear model? Sunspots { #sunspots }
#
# After this page you know what GRUModel gains on a small real series, and which two baselines no forecast of yours should go without.
#
# <!-- generated: verdict short-data -->
#
# ## The answer { #answer }
#
# It is not shown to: of five seeds of the GRU some are better than the linear model, some worse, and the linear model has ten parameters. A point is a seed, the dashed line the linear model:

# %% alt="Points for five seeds of four nets. GRU H=20 lies between 18.5 and 19.9, LSTM H=20 between 18.7 and 19.7, LSTM H=17 between 19.0 and 21.1, the plain RNN between 20.1 and 21.3. A dashed line marks the linear AR(9) at 19.3, among the points of the gated nets."
import harness
import plots
import sunspots

record = harness.load(sunspots.__file__)
title = "No net is shown to beat the linear model"
plots.seeds(record["rows"], "rmse", beside="AR(9)", xlabel="test RMSE", title=title)

# %% [markdown]
# ## The question { #question }
#
# Sunspots have been counted for three centuries: one number a year, with a cycle of about eleven years. Given the last 20 years, what will next year's number be? The model is [GRUModel](../pytorch/gru-model.md) with one input, 20 hidden units and two layers. The question is not whether it learns something, but whether it learns more than two models that cost next to nothing:
#
# - **persistence**: next year will be like this year;
# - **a linear AR(9)**: next year is a weighted sum of the last nine plus a constant, ten numbers in all. Nine is the order, of 1 to 20, that the AIC prefers on the years before the test.
#
# ## The method { #method }
#
# The series ships with statsmodels, in the public domain. We train on the years up to 1920, choose the best epoch on 1921 to 1955 (validation), and choose nothing on 1956 to 2008 (test). Inputs are scaled with the mean and standard deviation of the training years alone. All errors are root mean square errors (RMSE), in sunspot numbers.
#
# First the series, and the baselines, which are no nets:

# %%
years, numbers = sunspots.load()
print(len(years), "years,", years[0], "to", years[-1])
print("order of the linear model:", sunspots.order_by_aic())

print(f"\n{'model':26} weights   RMSE")
for name, result in sunspots.baselines().items():
    print(f"{name:26} {result.parameters:7} {result.rmse:6.2f}")

# %% [markdown]
# Persistence is off by 33, the linear model by 19. A net has to beat both to be worth its price.
#
# ## One seed, trained for this page { #live }
#
# The next cell trains that net while the page is built: 90 of the 150 epochs, on one thread.

# %%
import torch

torch.set_num_threads(1)
live = sunspots.train(torch.nn.GRU, hidden_size=20, seed=0, epochs=90, progress=False)
test = sunspots.split(years)[2]
print(f"best epoch {live.best_epoch}, RMSE {live.rmse:.2f} on {years[test][0]}-{years[-1]}")

# %% alt="Line plot of the yearly sunspot number from 1956 to 2008. Five cycles rise and fall between about 0 and 190. The forecasts of the GRU and of the linear model both follow the true line. The GRU falls short of the highest peak, around 1957; the linear model overshoots the peak around 1990."
linear = sunspots.baselines()["AR(9)"]
series = {
    "truth": numbers[test],
    "GRU": live.forecast,
    "linear AR(9)": linear.forecast,
}
plots.lines(years[test], series, "year", "sunspot number")

# %% [markdown]
# Both follow the cycle, and both are late when it rises. Only the GRU misses the highest peak, around 1957; only the linear model overshoots the one around 1990. By eye there is no winner. And one seed proves little: another start gives another net.
#
# ## Five seeds, recorded { #seeds }
#
# So each net was trained from five seeds, and the results were recorded. Beside the GRU stand an LSTM with as many hidden units, an LSTM of about the same number of parameters, and a plain tanh RNN.

# %%
harness.show(record, "rmse")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# How far two of them lie apart, and between which bounds the difference lies with 95 % confidence; the last two lines compare the GRU's mean with a number that has no seeds:

# %%
import intervals

errors = harness.values(record, "rmse")
pairs = [
    ("LSTM H=20", "GRU H=20"),
    ("LSTM H=17", "GRU H=20"),
    ("RNN H=20", "GRU H=20"),
    ("GRU H=20", "AR(9)"),
    ("GRU H=20", "AR(9), training years only"),
]
intervals.show([[(name, errors[name]) for name in pair] for pair in pairs], places=2)
_, mean, _ = harness.spread(record, "rmse")["GRU H=20"]
print(f"GRU and persistence: {mean / errors['persistence'][0] - 1:.0%}")

# %% [markdown]
# ## A linear model of the square roots { #roots }
#
# A linear model has means of its own. The numbers are never negative, and the large ones scatter more; a forecaster with no net would first take a power of them, such as the square root, and undo it at the end. The order stays 9. The first column of errors is that of AR(9) fitted on the training years, on the validation years, by which a power is chosen; the second, fitted on both, is on the test years; the last line is the lowest error of any net and seed:

# %%
_, targets = sunspots.windows(numbers)
fitted, validation, tested = sunspots.split(years[20:])


def error(power, known, asked):
    inputs, powers = sunspots.windows(numbers**power)
    found = sunspots.autoregression(inputs, powers, 9, known)
    forecast = found.clip(0) ** (1 / power)
    return sunspots.rmse(forecast[asked], targets[asked])


print("power  validation   test")
for quarters in (4, 3, 2, 1):
    power = quarters / 4
    print(f"{power:5.2f}", end=" ")
    print(f"{error(power, fitted, validation):11.2f}", end=" ")
    print(f"{error(power, fitted | validation, tested):6.2f}")
nets = [row for row in record["rows"] if row["seed"] is not None]
print(f"lowest of all nets: {min(row['rmse'] for row in nets):.2f}")

# %% [markdown]
# ## How to read this { #reading }
#
# ± is the sample standard deviation over the five seeds; whether two models differ is read off the interval of their difference (Welch), each for itself.
#
# - **The GRU beats persistence clearly**: 19.03 on average against 33.42, an error 43% smaller. So do all the nets.
# - **Five seeds cannot tell GRU and LSTM apart.** 19.03 ± 0.64 and 19.39 ± 0.43: the LSTM's error is larger by 0.37, between −0.45 and 1.18. The LSTM with about the GRU's parameters is at 19.78 ± 0.79, larger by 0.75, between −0.30 and 1.81.
# - **That the GRU is better than the linear model is not shown.** AR(9) is at 19.30 with 10 parameters, the GRU at 19.03 with 3921. That AR(9) also saw the validation years, since it has no epoch to choose; fitted on the training years alone it is at 19.62. Either lies within the interval of the GRU's mean.
# - **A linear model of the square roots is ahead of every net here.** The validation years choose the power 0.50, and with it AR(9) is at 16.36; the lowest error of any net and seed is 18.48. The nets were given the numbers as they are, and what roots would do for them is not recorded.
# - **The plain RNN is behind**, at 20.57 ± 0.48, by 1.55, between 0.71 and 2.38. It also has a third of the GRU's parameters, so this does not show that the gates are the reason.
#
# ## What it does not show { #limits }
#
# This is one series of 309 numbers, with one window and one learning rate for all nets. It says nothing about long sequences, large data or text. It does say what to do next time: **put persistence and a linear model beside your net, and train from more than one seed**, before you call a difference a result.
#
# ## Run it on your own series { #run }
#
# In [a clone of the repository](../contribute/translate.md#begin), about a minute on one core; with `--quick`, a few seconds. Change what `load` returns in `experiments/sunspots.py`, and the years of training and validation in its `SETTINGS`. The second command replaces the recorded results, the third shows them:
#
# ```console
# .venv/bin/python experiments/sunspots.py --quick
# .venv/bin/python experiments/sunspots.py --fresh
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/sunspots.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. Your net has an RMSE of 25 on your series. Is that good?"
#
#     There is no saying. Compute persistence and a linear model on the same years first; here, 25 would beat the one and lose to the other.
#
# ??? question "2. Why may the epoch not be chosen on the test years?"
#
#     The lowest of 150 test errors is low partly by luck, and you would report that luck as skill. The validation years take the luck; the test years choose nothing.
