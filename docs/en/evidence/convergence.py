# ---
# long_title: Does a GRU converge more easily than an LSTM? Tested on text
# description: Does a GRU converge more easily than an LSTM? Text, character by character, at five learning rates with five seeds each; beside it an LSTM and a plain RNN with as many parameters in their layer, and counts without a net.
# search:
#   words:
#     convergence: language model, training curves, text experiment, character model, character-level language model, learning curves, best learning rate
#     answer: which converges faster, result in short
#     text: bits per character, language model, Python help, text experiment, character prediction, language modelling experiment
#     counts: n-gram, baseline for text, ngram, Markov model, baseline better than the net
#     reading: conclusion, interpretation
# ---

# %% [markdown]
# # Does a GRU converge more easily? On text { #convergence }
#
# After this page you can tell a cell that learns faster from one whose learning rate was luckier, and you know what counting, without a net, reaches on the same data.
#
# <!-- generated: verdict convergence -->
#
# ## The answer { #answer }
#
# On text it is not shown to. At the end no difference between GRU and LSTM is shown, each at its own best learning rate. How well a net does depends more on its rate than on its cell. The validation part, a point for each seed; the dashed line is counting, without a net, what followed up to four characters:

# %% alt="Bits per character over learning rates from 0.0025 to 0.04, five points each for the GRU and two LSTMs. The GRU falls from about 2.5 to 2.3 at 0.01 and rises to 2.6 at 0.04. The LSTMs fall from about 2.7 and 2.8 to 2.3 and 2.4 at 0.02 and stay there. The dashed line of counting, at 2.1, lies below all of them."
import harness
import learning_rate
import ngrams
import plots

training, validation, test, alphabet = learning_rate.load()
text = harness.load(learning_rate.__file__)
time = text["settings"]["time"]
counts = ngrams.bits(validation, training, alphabet, 4, time)
title = "The learning rate matters more than the cell"
seeds, y = learning_rate.points(text), "bits per character"
plots.points(seeds, "learning rate", y, title, counts)

# %% [markdown]
# ## The question { #question }
#
# [Adding](adding.py) is a task made for memory, and there the GRU needs fewer steps at every learning rate. Is that so on data that nobody made for the purpose?
#
# ## The method { #method }
#
# Guess the next character of Python's own help texts (PSF licence), 600 steps of training, 64 characters at a time. They come with Python, so there is nothing to download. The measure is bits per character on a part that was held out; lower is better. Some of that part stands in the training text all the same: [how much](#counts).
#
# Beside the GRU stand an LSTM with as many units, an LSTM and a plain tanh RNN with about as many parameters in the recurrent layer, and counts of what followed the last characters. Each net has five seeds at each of five learning rates, each twice the one before. The validation part chooses the rate, the test part chooses nothing. ± is the standard deviation over the seeds; whether two nets differ is read off the interval of their difference (Welch), each for itself, not widened for the many that stand here. What "as many parameters" means here: those of the recurrent layer were matched, not those of the whole model, whose output layer grows with the units:

# %%
import sizes

sizes.show(
    {
        net: learning_rate.CharacterModel(cell, units, alphabet)
        for net, (cell, units) in learning_rate.NETS.items()
    }
)

# %% [markdown]
# ## Text { #text }
#
# Each net at its own best learning rate, recorded:

# %%
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
title = "At own rates, no GRU lead shows at equal width"
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
for name, part in ("validation", validation), ("test", test):
    print(f"{name:10} {ngrams.shared(part, training):4.1f} %")

# %% [markdown]
# The nets' bits on the validation part, and those of counts of what followed up to 1, 2, … 6 characters, the longer contexts mixed with the shorter after Witten and Bell. Like the nets, they start anew every 64 characters:

# %%
harness.show_best(text, nets, "validation_bits", "validation_bits")
print()
ngrams.show(range(1, 7), training, validation, test, alphabet, time)

# %% [markdown]
# ## Digits { #digits }
#
# They have [a page of their own](digits.py) now, and runs of their own: until November 2026 the digits stood here, and their parts came, it seems, mostly from [different writers](digits.py#writers).
#
# ## How to read this { #reading }
#
# - **With one rate for all, the GRU looks faster.** At 0.005 it is ahead of both LSTMs at every look. At the highest rate, 0.04, it looks worse.
# - **Each at its own best learning rate, no difference is shown between GRU and LSTM with as many units.** 2.10 ± 0.02 and 2.11 ± 0.04 bits; the LSTM has 0.009 more, between −0.041 and 0.060, and the LSTM's whole model is larger. The LSTM's best rate is twice the GRU's, and with it the LSTM is ahead at first, by 0.088 bits after 100 steps, between 0.042 and 0.135; but the last look chose that rate, not the first.
# - **An LSTM cut down to the GRU's parameters ends no better.** 2.17 ± 0.01, behind the GRU by 0.064, between 0.038 and 0.091, and behind the larger LSTM, too, throughout. So fewer parameters are not enough to make learning easy. They may still be a part of it elsewhere: on [adding](adding.py#reading) the median of the smaller LSTM is ahead at every rate. It is narrower, too, and nothing here tells the two apart.
# - **A plain RNN with as many parameters in its layer is not shown to be behind**: 2.11 ± 0.01 bits, 0.006 more than the GRU, between −0.019 and 0.031. Its whole model is larger than the GRU's, 34617 parameters to 28807.
# - **Counting is ahead of every net.** On the validation part, of which no passage of 100 characters stands in the training text, counts of up to 4 characters reach 2.09 bits, the best net 2.32. On the test part the same counts reach 1.79, the best net 2.10; there 16.7 % stand in the training text, which helps those most who remember word for word. So after 600 steps the nets have not learned what four characters tell, and which of them is ahead says little about long memory. (Counts of two characters, not mixed with shorter ones, stop at 2.41.)
#
# ## What it does not show { #limits }
#
# One small task and short training; that no difference is shown here is no proof that there is none elsewhere, [adding](adding.py#reading) is an example. [Less text, and longer training](data-size.py), is another experiment. And the recorded counts of up to two characters see two before the first of each piece, the nets none; that favours these counts a little.
#
# ## Run it on your own data { #run }
#
# In [the folder of all code](../take-along.md#code) or [a clone of the repository](../contribute/translate.md#begin), about 10 minutes on one core; with `--quick`, seconds. Your text goes into `text` in `experiments/learning_rate.py`:
#
# ```console
# .venv/bin/python experiments/learning_rate.py --quick
# ```
#
# In full:
#
# ```console
# .venv/bin/python experiments/learning_rate.py --fresh
# ```
#
# This page's cells, with the numbers of the record:
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/convergence.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. A paper compares a GRU and an LSTM at the learning rate 0.005 and finds that the GRU converges faster. Which plot of this page do you show its authors?"
#
#     Both plots [of the curves](#text). The first is theirs; the second shows how much of it was the rate.
#
# ??? question "2. Why is the rate chosen on the validation part and not on the test part?"
#
#     With five rates the lowest test error is low partly by luck. Chosen on the test part, it would be reported as skill.
