# ---
# long_title: Do LSTM and GRU prevent vanishing gradients? Measured before and after training
# description: Do gates prevent a vanishing gradient? Measured in GRU, LSTM and plain RNN before training and after it, five seeds each.
# search:
#   words:
#     gradients: experiment on vanishing gradients, measure, gradient norm, gradient factor per step, vanishing gradient measured, before and after training, gradient experiment, gradients of trained nets
#     answer: result in short, do gates prevent it, gradient kept
#     method: how the factor is measured, setup, how the experiment was done, gradient experiment setup
#     untrained: before training, fresh network, default initialisation, factor
#     trained: after training, learned to keep the gradient, training opens the gates, open the gates, after learning, gradient close to 1, trained LSTM, trained GRU, gates after training
#     reading: conclusion, discussion, interpretation, training opens the gates
#     run: measure the gradient of my net, gradient decay, decay of my trained net
# ---

# %% [markdown]
# # Do gates prevent a vanishing gradient? { #gradients }
#
# After this page you know how much of its gradient a net loses at each step, before training and after it, and you can measure it in a net of your own.
#
# <!-- generated: verdict vanishing -->
#
# ## The answer { #answer }
#
# Having gates is not enough, but with them training can do it. Untrained, all three nets lose a third of their gradient or more at each step. Trained on a task that needs memory, GRU and LSTM keep nearly all of it, and the plain RNN does not learn to. A point is a seed:

# %% alt="Points for five seeds of three nets, the gradient left per step. Untrained, all three lie between 0.53 and 0.67. Trained, the GRU lies between 0.97 and 1, the LSTM at 1, the plain RNN spread out between 0.1 and 0.7."
import harness
import plots
import trained_gradients

trained = harness.load(trained_gradients.__file__)
rows = trained_gradients.points(trained)
title = "Trained, GRU and LSTM keep their gradient"
plots.seeds(rows, "factor", beside=None, xlabel="gradient left per step", title=title)

# %% [markdown]
# ## The question { #question }
#
# "LSTM and GRU solve the vanishing gradient problem with their gates." Taken as it stands, that is a statement about every GRU and every LSTM, also about the one that you made a second ago. [Why gates?](../gates/why.md#default) shows that it fails there. But nets are trained. Does a net that has to remember learn to keep its gradient?
#
# ## The method { #method }
#
# We look at one number: the factor by which the gradient is multiplied at each step back. At 1 it arrives whole; at 0.64, less than a millionth is left after 40 steps.
#
# - **Untrained:** how strongly the last output reacts to the input some steps back, for random inputs, 64 units and 8 inputs, between 10 and 50 steps back, five seeds. Beside PyTorch's own start stand a plain RNN with an orthogonal matrix, and a GRU and an LSTM whose keeping gate has a bias of 1 or 3.
# - **Trained:** the nets of the [adding problem](adding.py), with 32 units and the learning rate 0.01, until they have solved it or for 2000 steps. It asks for a memory of up to 50 steps. Here we take how strongly the answer reacts to the net's memory some steps before, between 5 and 45 steps, averaged over 200 sequences. The memory is $h$, and in an LSTM $c$.
#
# Now one GRU, untrained and trained while this page was built:

# %%
import torch

torch.set_num_threads(1)
row = trained_gradients.measure("GRU H=32", 0, trained_gradients.SETTINGS)
print("untrained:", row["before"], "a step")
print("trained:  ", row["after"], "a step, after", row["solved_at"], "steps of training")

# %% [markdown]
# ## Untrained { #untrained }
#
# Recorded, mean ± standard deviation of five seeds. A number behind a name is the bias of the gate that keeps:

# %%
import gradients

record = harness.load(gradients.__file__)
for name, (_, mean, sd) in harness.spread(record, "per_step").items():
    print(f"{name:15} {mean:.3f} ± {sd:.3f}")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# How far they lie apart, and between which bounds the difference lies with 95 % confidence:

# %%
import intervals

factors = harness.values(record, "per_step")
pairs = ("GRU", "RNN"), ("LSTM", "RNN"), ("GRU", "LSTM")
intervals.show([[(name, factors[name]) for name in pair] for pair in pairs], places=3)

# %% [markdown]
# ![Line plot of the gradient that is left, on a logarithmic scale, against the number of steps back, from 0 to 50; five lines for each kind of net. All fall in nearly straight lines: the RNN to between 10 to the minus 11 and 10 to the minus 14, the GRU and the LSTM together to about 10 to the minus 10.](plot:gradients-default)
#
# ## Trained { #trained }
#
# The lowest and the highest factor of five seeds, and how many of them solved the task:

# %%
trained_gradients.show(trained)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(trained)

# %% [markdown]
# </details>
#
# ## How to read this { #reading }
#
# - **Having gates is not enough.** Untrained, with 64 units and 8 inputs, the GRU keeps 0.639 of its gradient per step, the LSTM 0.630: more than the plain RNN's 0.562, and far from 1. A plain RNN with an orthogonal matrix keeps 0.868.
# - **Training opens them.** Every GRU that has learned to add keeps at least 0.976, every LSTM at least 0.997. With their 32 units they began at 0.603 to 0.665 (the LSTMs at 0.603 to 0.655), the plain RNNs at 0.536 to 0.644.
# - **The plain RNN does not get there like this.** From PyTorch's start and at the learning rate 0.01, none of its seeds solves the task, and training does not lead its factor towards 1: it ends between 0.135 and 0.638.
# - **The LSTM goes further.** Its gates can stand at 1 while it writes; in a GRU that keeps, the draft is shut out. One of the LSTMs is even above 1, at 1.001. But they had also trained for longer, since each net stops when it has solved the task, and at equal units they have a third more parameters.
#
# So the sentence should read: gates make it *possible* to keep a gradient, and training can find that. Whoever needs it from the start sets [a bias](../gates/why.md#bias).
#
# ## What it does not show { #limits }
#
# One task and one length. The nets solved it although their gradients had all but vanished at the start, so a small factor at the start did not stop them here; with longer memories it may. And the two measurements are not of the same thing: the first follows the inputs, the second the memory, so compare within each, not across.
#
# ## Run it on your own net { #run }
#
# In [a clone of the repository](../contribute/translate.md#begin), about a minute on one core; with `--quick`, a few seconds. `gradients` in `experiments/gradients.py` takes an `nn.RNN`, `nn.GRU` or `nn.LSTM` in one direction, in float64 and without `batch_first`, and tells how fast its gradient fades:
#
# ```console
# .venv/bin/python experiments/trained_gradients.py --quick
# .venv/bin/python experiments/trained_gradients.py --fresh
# .venv/bin/python experiments/gradients.py --fresh
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/gradients.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. A trained net keeps 0.976 per step. How much is left after 40 steps?"
#
#     $0.976^{40} = 0.378$. With 0.64 per step it is $0.64^{40}$, two parts in a hundred million.
#
# ??? question "2. Why is a factor above 1 no better than one below?"
#
#     Over many steps it explodes instead. At 1.001 that takes long: after 1000 steps the gradient is $1.001^{1000} = 2.72$ times as large.
