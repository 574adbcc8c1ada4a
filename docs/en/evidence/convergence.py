# ---
# description: Does a GRU converge more easily than an LSTM? Text and digits, five to seven learning rates, five seeds, with an LSTM of equal parameters, a plain RNN and models without a net.
# ---

# %% [markdown]
# # Does a GRU converge more easily? Text and digits { #convergence }
#
# After this page you can tell a cell that learns faster from one whose learning rate was luckier, and you know what models without a net reach on the same data.
#
# ## The question { #question }
#
# [Adding](adding.py) is a task made for memory, and there the GRU needs fewer steps at every learning rate. Is that so on data that nobody made for the purpose?
#
# ## The method { #method }
#
# Two tasks whose data come with the packages, so there is nothing to download:
#
# - **Text:** guess the next character of Python's own help texts (PSF licence), 600 steps of training, 64 characters at a time. The measure is bits per character on a part that was never trained on; lower is better.
# - **Digits:** read an image of 8 by 8 pixels row by row and say which digit it is. The 1797 images come with scikit-learn, from Alpaydin and Kaynak, 1998 (UCI Machine Learning Repository, CC BY 4.0); 997 are for training, 400 for validation, 400 for the test, 20 epochs. The measure is how many of a hundred are taken for another digit.
#
# Beside each GRU stand an LSTM with as many units, an LSTM and a plain tanh RNN with about as many parameters, and a model without a net: counts of what followed the last 0, 1 or 2 characters, and logistic regression on all 64 pixels at once. Each net has five seeds at each of five or seven learning rates, each twice the one before. The validation part chooses the rate, the test part chooses nothing. One net, trained while this page was built:

# %%
import torch
import digits

torch.set_num_threads(1)
row = digits.train("GRU H=32", 0.016, 0, digits.SETTINGS)
print("wrong after each epoch, %:", *row["curve"])
print("wrong on the test part, %:", row["test_wrong"])

# %% [markdown]
# ## Text { #text }
#
# Each net at its own best learning rate, recorded:

# %%
import harness
import learning_rate

text = harness.load(learning_rate.__file__)
nets = learning_rate.NETS
harness.show_best(text, nets, "validation_bits", "test_bits")
harness.show_origin(text)

# %% [markdown]
# First all nets at *one* rate, 0.005, a line for each seed, on the validation part:

# %% alt="Bits per character over 100 to 600 steps of training, all nets at the learning rate 0.005. The plain RNN is lowest at first, from 3.0 down to 2.35; the GRU follows closely, from 3.1 to 2.4, and mixes with it at the end; the LSTM with 64 units goes from 3.3 to 2.5, the smaller LSTM from 3.4 to 2.6."
import plots

one = learning_rate.curves(text, dict.fromkeys(nets, 0.005))
plots.curves(one, "steps of training", "bits per character")

# %% [markdown]
# And now each net at its *own* best rate:

# %% alt="The same with each net at its own best rate. All lines lie close together, from about 2.7 to 3.0 at 100 steps down to about 2.3 to 2.4 at 600; the smaller LSTM ends a little above the others."
best = harness.best_rates(text, nets, "validation_bits")
own = learning_rate.curves(text, best)
plots.curves(own, "steps of training", "bits per character")

# %% [markdown]
# ## Digits { #digits }
#
# Each net at its own best learning rate, recorded; the numbers are images wrong in percent:

# %%
images = harness.load(digits.__file__)
harness.show_best(images, digits.NETS, "validation_wrong", "test_wrong")
harness.show_origin(images)

# %% [markdown]
# How far they are on the validation part after 5 of the 20 epochs, each at that rate:

# %%
rates = harness.best_rates(images, digits.NETS, "validation_wrong")
for net, seeds in harness.curves(images, rates, every=1).items():
    print(f"{net:10} {sum(y[4] for _, y in seeds) / len(seeds):5.2f}")

# %% [markdown]
# And over the rates, on the test part: the means, and a point for each seed. The dashed line is logistic regression:

# %%
harness.show_rates(images, digits.NETS, "test_wrong")

# %% alt="Images wrong in percent over learning rates from 0.001 to 0.064, five points each for the GRU and two LSTMs. All fall from about 20 to 25 at the left to about 10 at 0.016, and rise again on the right. In between, at 0.004, the GRU lies lower than the larger LSTM. The dashed line of logistic regression at 10 runs among the lowest points."
linear = harness.values(images, "test_wrong")["linear"][0]
plots.points(digits.points(images), "learning rate", "images wrong, %", level=linear)

# %% [markdown]
# ## How to read this { #reading }
#
# - **With one rate for all, the GRU looks faster.** On text at 0.005 it is ahead of both LSTMs at every look. On digits at 0.004 it has 12.10 % wrong, the LSTM with as many units 19.40 %. At the highest rates it looks worse: 19.25 % against 14.75 % at 0.064.
# - **Each at its own best learning rate, GRU and LSTM of equal size end level.** Text: 2.10 ± 0.02 and 2.11 ± 0.04 bits. Digits: 10.10 ± 1.21 and 10.65 ± 1.72 % wrong. On both tasks the difference is smaller than the spread over the seeds. On text the LSTM's best rate is twice the GRU's, on digits it is the same. There the GRU is sooner on its way: after 5 epochs it has 8.10 % of the validation part wrong, the LSTM 14.35 %.
# - **An LSTM with the GRU's parameters ends no better.** Text: 2.17 ± 0.01, behind the GRU by more than the spread. Digits: 11.60 ± 3.12 %. If having few parameters made learning easy, it would have to be ahead of the larger LSTM throughout. On text it never is; on digits it is from 0.002 to 0.008, though not at the rate at which either is best.
# - **A plain RNN with as many parameters is about as good.** Text: 2.11 ± 0.01 bits; digits: 11.30 ± 0.84 %. Neither task asks for more memory than it has; and 8 rows are soon read.
# - **A model without a net sets the scale.** Counts of what followed two characters reach 2.41 bits, the nets about 2.1. On digits logistic regression has 10.00 % wrong, and no net is better on average.
#
# ## What it does not show { #limits }
#
# Two small tasks and short training; that nobody is ahead here is no proof that nobody is elsewhere, [adding](adding.py#reading) is an example. [Less text, and longer training](data-size.py), is another experiment. The 400 test images are few: one image more or less is 0.25 percentage points. And the counts see two characters before the first of each piece, the nets none; that favours the counts a little.
#
# ## Run it on your own data { #run }
#
# About 10 minutes on one core for both; with `--quick`, seconds. Your text goes into `text` in `snippets/experiments/learning_rate.py`, your sequences with classes into `load` in `snippets/experiments/digits.py` (with other features or classes change the 8 and the 10 of `DigitModel`, too, and the numbers of images in `SETTINGS`):
#
# ```console
# .venv/bin/python snippets/experiments/digits.py --quick
# .venv/bin/python snippets/experiments/digits.py --fresh
# .venv/bin/python snippets/experiments/learning_rate.py --fresh
# PYTHONPATH=snippets/experiments .venv/bin/python -P docs/en/evidence/convergence.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. A paper compares a GRU and an LSTM at the learning rate 0.005 and finds that the GRU converges faster. Which plot of this page do you show its authors?"
#
#     Both plots of the text. The first is theirs; the second shows how much of it was the rate.
#
# ??? question "2. Why is the rate chosen on the validation part and not on the test part?"
#
#     With five to seven rates the lowest test error is low partly by luck. Chosen on the test part, it would be reported as skill.
