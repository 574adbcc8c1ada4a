# ---
# long_title: Can a GRU count like an LSTM? Tested
# description: Can a GRU count? Words a…ab…b with as many b as a - a counter wired by hand, exact to 10,000, and trained nets that are asked for longer words than they have seen.
# search:
#   words:
#     counting: a^n b^n, counter language, experiment, count beyond training lengths, generalise to longer, extrapolate, trained to count, learn to count, extrapolation, longer than in training
#     answer: can a GRU learn to count, result in short
#     question: a^n b^n, a^n b^n c^n, formal language
#     wired: weights set by hand, construction, proof
#     method: training on 1 to 50, setup
#     result: accuracy on longer words, table
#     reading: conclusion, interpretation
# ---

# %% [markdown]
# # Can a GRU count? { #counting }
#
# After this page you know how far trained GRUs and LSTMs count beyond what they have seen, how much that depends on the seed, and why "an LSTM can count" and "this LSTM counts" are two statements.
#
# <!-- generated: verdict counting -->
#
# ## The answer { #answer }
#
# Trained like this, hardly: of the lengths beyond those of training, the best GRU gets fewer right than the worst LSTM. That is about training; with weights set by hand, GRUs count as well. A point is a seed:

# %% alt="Points for five seeds of four nets, lengths from 51 to 100 that were right. The plain RNN lies at 0 and 1, the GRU between 0 and 4, the LSTM with 10 units at 9, 46 and 50, the LSTM with 8 units between 8 and 50."
import counting
import harness
import plots

record = harness.load(counting.__file__)
counts = counting.counts(record)
rows = [
    {"model": name, "seed": seed, "right": number}
    for name, by_range in counts.items()
    for seed, number in enumerate(by_range["51-100"])
]
title = "Trained alike, LSTMs count further"
label = "lengths right, of 51 to 100"
plots.seeds(rows, "right", None, label, title)

# %% [markdown]
# ## The question { #question }
#
# A word has some a and then as many b: ab, aabb, aaabbb. After the first b it is certain what follows: another b, until there are as many as a, then the end. To know that, a net has to count.
#
# An LSTM has a place for a count: its cell state can grow by 1 at each step. A GRU's state [stays within −1 and 1](../gates/compare.md#counting), so one unit can only squeeze the count into tiny steps. Several can count in binary, and [wired by hand](binary-counter.py) they do. What does training find?
#
# ## By hand { #wired }
#
# First, that it is possible. One LSTM unit with weights set by hand: all gates open, 1 more at each a, 1 less at each b. How many of seven lengths, up to 10,000, does it get right from the first b to the end?

# %%
import torch

torch.set_num_threads(1)
lengths = [1, 2, 3, 10, 100, 1000, 10000]
print(counting.right(counting.WiredCounter(), lengths), "of", len(lengths))

# %% [markdown]
# ## The method { #method }
#
# Now trained nets: a GRU and an LSTM with 10 units, an LSTM with 8, which has fewer parameters than the GRU, and a plain tanh RNN. Each is trained on words with 1 to 50 a, 2500 steps of 16 words, with a learning rate that falls from 0.02 to 0, the same for all nets and not searched for, and five seeds. It predicts the symbol that follows. A length counts as right if every prediction from the first b on is right.
#
# ## The result { #result }
#
# How many lengths of each range each seed got right. The first range is that of training; the others hold 50 and 100 lengths that no net has seen:

# %%
counting.show(record)

# %% [markdown]
# By how many lengths from 51 to 100 an LSTM leads, on average, and between which bounds that number lies with 95 % confidence:

# %%
import intervals

right = counting.counts(record)
pairs = [
    [(net, right[net]["51-100"]) for net in (lstm, "GRU H=10")]
    for lstm in ("LSTM H=10", "LSTM H=8")
]
intervals.show(pairs, places=1)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# ## How to read this { #reading }
#
# - **Within the lengths of training, GRU and LSTM are equal.** Every GRU gets 49 or 50 of the 50, every LSTM all 50. The plain RNN gets 22 at best.
# - **Beyond them, they are not.** Of the lengths from 51 to 100, the GRUs get 0 to 4, the LSTMs with 10 units 9 to 50. The worst LSTM is ahead of the best GRU; from 101 on, no GRU is ever right.
# - **With fewer parameters than the GRU the lead is less sure.** The LSTM with 8 units has 416, the GRU 450. Each of the five gets more than any GRU, 8 to 50; but they are so far apart that the bounds of the lead, −0.7 and 45.5, enclose 0.
# - **Not every LSTM counts.** Two of the five with 10 units are right up to 100, one of them up to 200. The others stop somewhere, as the GRUs do, only later. That an LSTM can count is a statement about the cell; whether one does, training decides, seed by seed.
#
# ## What it does not show { #limits }
#
# Not that a GRU cannot count: wired by hand it can, [in tiny steps](../gates/compare.md#counting) or [in binary](binary-counter.py). It shows what this training finds, with this size, this one learning rate and words of at most 50 a; another rate might suit the one cell or the other better. Longer training on longer words moves the limits. And one task with one counter says nothing about text, where few things have to be counted exactly.
#
# ## Run it yourself { #run }
#
# In [the folder of all code](../take-along.md#code) or [a clone of the repository](../contribute/translate.md#begin), about five minutes on one core; with `--quick`, ten seconds. Your own language goes into `words`, your net into `NETS`, both in `experiments/counting.py`:
#
# ```console
# .venv/bin/python experiments/counting.py --quick
# ```
#
# In full:
#
# ```console
# .venv/bin/python experiments/counting.py --fresh
# ```
#
# This page's cells, with the numbers of the record:
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/counting.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. Why does only the part from the first b on count, and not the whole word?"
#
#     While a net reads a, another a may follow or the first b: both are right. From the first b on there is only one right answer.
#
# ??? question "2. A net is right for every length of training and for no longer one. Has it learned to count?"
#
#     It has learned a table or a clock that is good enough for those lengths. Counting would not stop where the training data stop. That is why the test uses lengths that the net has never seen.
