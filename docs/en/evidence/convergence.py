# ---
# long_title: Does a GRU converge more easily than an LSTM? Text and digits, tested
# description: Does a GRU converge more easily than an LSTM? Text and digits, five to seven learning rates, five seeds; beside them an LSTM and a plain RNN with as many parameters in their layer, and models without a net.
# search:
#   words:
#     convergence: language model, MNIST digits, training curves, text and digits experiment, MNIST, character model, sequential digits, character-level language model, digits experiment, learning curves, best learning rate
#     answer: which converges faster, result in short
#     text: bits per character, language model, Python help, text experiment, character prediction, language modelling experiment
#     counts: n-gram, baseline for text, ngram, Markov model, baseline better than the net
#     digits: MNIST row by row, handwritten digits, image as a sequence, seq MNIST, sequential MNIST, MNIST experiment, pixel by pixel, digits classification, logistic regression, image rows
#     reading: conclusion, interpretation
# ---

# %% [markdown]
# # Does a GRU converge more easily? Text and digits { #convergence }
#
# After this page you can tell a cell that learns faster from one whose learning rate was luckier, and you know what models without a net reach on the same data.
#
# <!-- generated: verdict convergence -->
#
# ## The answer { #answer }
#
# On the way, on digits; at the end no difference between GRU and LSTM is shown, each at its own best learning rate, and on text the LSTM is ahead at first. How well a net does depends more on its rate than on its cell. Digits, a point for each seed; the dashed line is logistic regression:

# %% alt="Images wrong in percent over learning rates from 0.001 to 0.064, five points each for the GRU and two LSTMs. All fall from about 20 to 25 at the left to about 10 at 0.016, and rise again on the right. In between, at 0.004, the GRU lies lower than the larger LSTM. The dashed line of logistic regression at 10 runs among the lowest points."
import digits
import harness
import plots

images = harness.load(digits.__file__)
linear = harness.values(images, "test_wrong")["linear"][0]
title = "The learning rate matters more than the cell"
plots.points(digits.points(images), "learning rate", "images wrong, %", title, linear)

# %% [markdown]
# ## The question { #question }
#
# [Adding](adding.py) is a task made for memory, and there the GRU needs fewer steps at every learning rate. Is that so on data that nobody made for the purpose?
#
# ## The method { #method }
#
# Two tasks whose data come with the packages, so there is nothing to download:
#
# - **Text:** guess the next character of Python's own help texts (PSF licence), 600 steps of training, 64 characters at a time. The measure is bits per character on a part that was held out; lower is better. Some of that part stands in the training text all the same: [how much](#counts).
# - **Digits:** read an image of 8 by 8 pixels row by row and say which digit it is. The 1797 images come with scikit-learn, from Alpaydin and Kaynak, 1998 (UCI Machine Learning Repository, CC BY 4.0); 997 are for training, the next 400 for validation, the last 400 for the test, 20 epochs. The measure is how many of a hundred are taken for another digit.
#
# Beside each GRU stand an LSTM with as many units, an LSTM and a plain tanh RNN with about as many parameters in the recurrent layer, and a model without a net: counts of what followed the last characters, and logistic regression on all 64 pixels at once. Each net has five seeds at each of five or seven learning rates, each twice the one before. The validation part chooses the rate, the test part chooses nothing. ± is the standard deviation over the seeds; whether two nets differ is read off the interval of their difference (Welch), each for itself, not widened for the many that stand here. One net, trained while this page was built:

# %%
import torch

torch.set_num_threads(1)
row = digits.train("GRU H=32", 0.016, 0, digits.SETTINGS)
print("wrong after each epoch, %:", *row["curve"])
print("wrong on the test part, %:", row["test_wrong"])

# %% [markdown]
# What "as many parameters" means here: those of the recurrent layer were matched, not those of the whole model, whose output layer grows with the units. The text nets first, then those for digits:

# %%
import learning_rate
import sizes

training, validation, test, alphabet = learning_rate.load()
sizes.show(
    {
        net: learning_rate.CharacterModel(cell, units, alphabet)
        for net, (cell, units) in learning_rate.NETS.items()
    }
)
sizes.show({net: digits.DigitModel(*cell) for net, cell in digits.NETS.items()})

# %% [markdown]
# ## Text { #text }
#
# Each net at its own best learning rate, recorded:

# %%
text = harness.load(learning_rate.__file__)
nets = learning_rate.NETS
harness.show_best(text, nets, "validation_bits", "test_bits")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(text)

# %% [markdown]
# </details>
#
# How far two of them lie apart, and between which bounds the difference lies with 95 % confidence:

# %%
import intervals

pairs = [
    ("LSTM H=64", "GRU H=64"),
    ("LSTM H=54", "GRU H=64"),
    ("LSTM H=54", "LSTM H=64"),
    ("RNN H=121", "GRU H=64"),
]
intervals.show_at_best(text, pairs, "validation_bits", "test_bits", places=3)

# %% [markdown]
# First all nets at *one* rate, 0.005, a line for each seed, on the validation part:

# %% alt="Bits per character over 100 to 600 steps of training, all nets at the learning rate 0.005. The plain RNN is lowest at first, from 3.0 down to 2.35; the GRU follows closely, from 3.1 to 2.4, and mixes with it at the end; the LSTM with 64 units goes from 3.3 to 2.5, the smaller LSTM from 3.4 to 2.6."
one = learning_rate.curves(text, dict.fromkeys(nets, 0.005))
title = "At one rate the GRU is ahead of the LSTM"
plots.curves(one, "steps of training", "bits per character", title)

# %% [markdown]
# And now each net at its *own* best rate:

# %% alt="The same with each net at its own best rate. All lines lie close together, from about 2.7 to 3.0 at 100 steps down to about 2.3 to 2.4 at 600; the smaller LSTM ends a little above the others."
best = harness.best_rates(text, nets, "validation_bits")
own = learning_rate.curves(text, best)
title = "Each at its own best rate, they end close together"
plots.curves(own, "steps of training", "bits per character", title)

# %% [markdown]
# By how much the LSTM with 64 units lies above the GRU there, and the smaller LSTM above the larger, after each 100 steps:

# %%
steps, _ = own["GRU H=64"][0]
for look, step in enumerate(steps):
    print(step)
    seeds = {net: [curve[look] for _, curve in own[net]] for net in nets}
    intervals.show([[(net, seeds[net]) for net in pair] for pair in (pairs[0], pairs[2])], places=3)

# %% [markdown]
# ## The same text without a net { #counts }
#
# Python's help repeats whole passages under several topics, and the three parts were cut by place, so some of what is held out was read in training. This is the share of each part in passages of 100 characters or more that the training text has word for word:

# %%
import ngrams

for name, part in ("validation", validation), ("test", test):
    print(f"{name:10} {ngrams.shared(part, training):4.1f} %")

# %% [markdown]
# The nets' bits on the validation part, and those of counts of what followed up to 1, 2, … 6 characters, the longer contexts mixed with the shorter after Witten and Bell. Like the nets, they start anew every 64 characters:

# %%
harness.show_best(text, nets, "validation_bits", "validation_bits")
print()
time = text["settings"]["time"]
ngrams.show(range(1, 7), training, validation, test, alphabet, time)

# %% [markdown]
# ## Digits { #digits }
#
# Each net at its own best learning rate, recorded; the numbers are images wrong in percent:

# %%
harness.show_best(images, digits.NETS, "validation_wrong", "test_wrong")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(images)

# %% [markdown]
# </details>
#
# The differences, as above:

# %%
pairs = [
    ("LSTM H=32", "GRU H=32"),
    ("LSTM H=27", "GRU H=32"),
    ("LSTM H=27", "LSTM H=32"),
    ("RNN H=59", "GRU H=32"),
]
intervals.show_at_best(images, pairs, "validation_wrong", "test_wrong", places=2)

# %% [markdown]
# The parts are cut in the order of the file, and they are not alike: logistic regression on the validation part, on the test part, and by how much 400 other images alone could move the second, with 95 % confidence:

# %%
validation_wrong = harness.values(images, "validation_wrong")["linear"][0]
chance = 1.96 * (linear * (100 - linear) / images["settings"]["validation"]) ** 0.5
print(f"{validation_wrong:.2f} %, {linear:.2f} ± {chance:.1f} %")

# %% [markdown]
# How far they are on the validation part after 5 of the 20 epochs, each at that rate; then after how many of the 20 the whole interval of a difference lies above 0, and after how many below:

# %%
rates = harness.best_rates(images, digits.NETS, "validation_wrong")
wrong = {  # the seeds' values, epoch by epoch
    net: list(zip(*(curve for _, curve in seeds), strict=True))
    for net, seeds in harness.curves(images, rates, every=1).items()
}
for net, epochs in wrong.items():
    print(f"{net:10} {sum(epochs[4]) / len(epochs[4]):5.2f}")
intervals.show([[(net, wrong[net][4]) for net in pair] for pair in pairs[:2]], places=2)
for first, second in pairs[:3]:
    ends = list(map(intervals.difference, wrong[first], wrong[second]))
    above, below = sum(low > 0 for _, low, _ in ends), sum(high < 0 for *_, high in ends)
    print(f"{first} − {second}  above {above}, below {below}, of {len(ends)}")

# %% [markdown]
# And the means on the test part, over the rates, as in the plot at the top:

# %%
harness.show_rates(images, digits.NETS, "test_wrong")

# %% [markdown]
# ## How to read this { #reading }
#
# - **With one rate for all, the GRU looks faster.** On text at 0.005 it is ahead of both LSTMs at every look. On digits at 0.004 it has 12.10 % wrong, the LSTM with as many units 19.40 %. At the highest rates it looks worse: 19.25 % against 14.75 % at 0.064.
# - **Each at its own best learning rate, no difference is shown between GRU and LSTM of equal size.** Text: 2.10 ± 0.02 and 2.11 ± 0.04 bits; the LSTM has 0.009 more, between −0.041 and 0.060, so the two are close. Digits: 10.10 ± 1.21 and 10.65 ± 1.72 % wrong; 0.55 points more, between −1.66 and 2.76, so either may be better by a good deal. On text the LSTM's best rate is twice the GRU's, and with it the LSTM is ahead at first, by 0.088 bits after 100 steps, between 0.042 and 0.135. On digits both have the same best rate, and the GRU is sooner on its way: after 5 epochs it has 8.10 % of the validation part wrong, the LSTM 14.35 %, 6.25 points more, between 2.18 and 10.32. There the gap is widest; the interval leaves out 0 after 7 of the 20 epochs, each time with the GRU ahead.
# - **An LSTM cut down to the GRU's parameters ends no better.** Text: 2.17 ± 0.01, behind the GRU by 0.064, between 0.038 and 0.091, and behind the larger LSTM, too. Digits: 11.60 ± 3.12 %, where the seeds show no difference. So fewer parameters are not enough to make learning easy. They may still be a part of it: on digits the smaller LSTM is ahead of the larger at the rates from 0.002 to 0.008, and, each at its best rate, after 3 of the 20 epochs by more than chance; on [adding](adding.py#reading) its median is ahead at every rate. On text it is behind throughout. It is narrower, too, and nothing here tells the two apart.
# - **A plain RNN with as many parameters in its layer is level on text**: 2.11 ± 0.01 bits, 0.006 more than the GRU, between −0.019 and 0.031. On digits it has 11.30 ± 0.84 %. Its whole model is larger than the GRU's, 34617 parameters on text to 28807. Neither task asks for more memory than it has; and 8 rows are soon read.
# - **Counting is ahead of every net on text.** On the validation part, of which the training text holds nothing, counts of up to 4 characters reach 2.09 bits, the best net 2.32. On the test part the same counts reach 1.79, the best net 2.10; there 16.7 % stand in the training text, which helps those most who remember word for word. So after 600 steps the nets have not learned what four characters tell, and which of them is ahead says little about long memory. (Counts of two characters, not mixed with shorter ones, stop at 2.41.)
# - **On digits logistic regression has 10.00 % wrong**, and no net is shown to be better. On the validation part it has 3.50 %: the end of the file is harder, for the nets as well.
#
# ## What it does not show { #limits }
#
# Two small tasks and short training; that no difference is shown here is no proof that there is none elsewhere, [adding](adding.py#reading) is an example. [Less text, and longer training](data-size.py), is another experiment. The 400 test images are few: other ones alone could move 10.00 % by 2.9 points. The learning rate is chosen on the easier images. And the recorded counts of up to two characters see two before the first of each piece, the nets none; that favours these counts a little.
#
# ## Run it on your own data { #run }
#
# In [a clone of the repository](../contribute/translate.md#begin), about 10 minutes on one core for both; with `--quick`, seconds. Your text goes into `text` in `experiments/learning_rate.py`, your sequences with classes into `load` in `experiments/digits.py` (with other features or classes change the 8 and the 10 of `DigitModel`, too, and the numbers of images in `SETTINGS`):
#
# ```console
# .venv/bin/python experiments/digits.py --quick
# .venv/bin/python experiments/digits.py --fresh
# .venv/bin/python experiments/learning_rate.py --fresh
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/convergence.py
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
