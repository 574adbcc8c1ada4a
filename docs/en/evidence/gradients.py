# ---
# long_title: Do LSTM and GRU prevent vanishing gradients? Measured before and after training
# description: Do gates prevent a vanishing gradient? Measured in untrained GRUs, LSTMs and plain RNNs of 16 to 256 units, in the best of all directions, and after training.
# search:
#   words:
#     gradients: experiment on vanishing gradients, measure, gradient norm, gradient factor per step, vanishing gradient measured, before and after training, gradient experiment, gradients of trained nets
#     answer: result in short, do gates prevent it, gradient kept
#     method: how the factor is measured, setup, how the experiment was done, gradient experiment setup
#     untrained: before training, fresh network, default initialisation, factor, largest singular value of the Jacobian, best direction, hidden size and vanishing gradient, orthogonal recurrent matrices, larger inputs
#     remembers: untrained net forgets, two sequences same state, memory of a fresh LSTM, echo state, fading memory measured, initial state forgotten, how many steps by default
#     trained: after training, learned to keep the gradient, training opens the gates, open the gates, after learning, gradient close to 1, trained LSTM, trained GRU, gates after training
#     reading: conclusion, discussion, interpretation, training opens the gates
#     run: measure the gradient of my net, gradient decay, decay of my trained net
# ---

# %% [markdown]
# # Do gates prevent a vanishing gradient? { #gradients }
#
# After this page you know how much of its gradient a net loses at each step, at several sizes, before training and after it, and you can measure it in a net of your own.
#
# <!-- generated: verdict vanishing -->
#
# <!-- generated: verdict hundreds-of-steps -->
#
# ## The answer { #answer }
#
# Having gates is not enough, but with them training can do it. Untrained, a GRU or an LSTM of 16, 64 or 256 units has less than a hundred-millionth of its gradient left after 50 steps, even in the direction that keeps most. Trained on a task that needs memory, both [keep nearly all of it](#trained). A point is an untrained net in its best direction, of our inputs those with which it keeps most; the line above is a gradient that stays whole:

# %% alt="Points for untrained nets of 16, 64 and 256 units, what is left of the gradient per step in the best direction. GRU and LSTM lie between 0.61 and 0.69 at 16 units, between 0.65 and 0.67 at 256; the plain RNN lies between 0.42 and 0.63, the LSTM with a bias of 1 between 0.82 and 0.9. None reaches the line at 1."
import gradient_sizes
import harness
import plots

sized = harness.load(gradient_sizes.__file__)
title = "Untrained, every direction fades at each size"
nets = "GRU", "LSTM", "RNN", "LSTM +1"
points = gradient_sizes.best_direction(sized, nets)
label = "gradient left per step"
plots.points(points, "units", label, title, level=1)

# %% [markdown]
# ## The question { #question }
#
# "LSTM and GRU solve the vanishing gradient problem with their gates." Taken as it stands, that is a statement about every GRU and every LSTM, also about the one that you made a second ago. [Why gates?](../gates/why.md#default) shows that it fails there, at one size and with one kind of input. Is it so at others? Is there a direction that is kept all the same? And nets are trained: does a net that has to remember learn to keep its gradient?
#
# ## The method { #method }
#
# We look at one number: the factor by which the gradient is multiplied at each step back. At 1 it arrives whole; at 0.64, less than a millionth is left after 40 steps.
#
# - **Untrained:** nets of 16, 64 and 256 units, with 8 and 64 inputs, which are random with a standard deviation of 1 or 5; ten seeds of each. First, how strongly the last output reacts to the input some steps back, between 10 and 50 steps. Second, the largest singular value of the Jacobian over 50 steps: what is left in the best of all directions of the state, so that none can have been missed. An LSTM's state is $h$ and $c$ together.
# - **Beside PyTorch's own start** stand an LSTM whose forget gate has a bias of 1, and nets whose matrices from state to state are orthogonal, one for each gate.
# - **Along training:** nets for the [adding problem](adding.py), which asks for a memory of up to 50 steps, after 0 to 800 steps of training. A GRU of 32 units stands beside an LSTM and a plain RNN of as many parameters, and an LSTM of 32 units beside a GRU of as many; ten seeds of each, at a learning rate chosen for each by its error on the validation sequences. Here we take how strongly the answer reacts to the net's memory some steps before, between 5 and 45 steps, averaged over 200 sequences. The memory is $h$, and in an LSTM $c$.
#
# ## Untrained { #untrained }
#
# The most that is left after 50 steps in any direction, as a power of ten: of all inputs and seeds of a size the net that keeps most. `+1` is the bias of the forget gate:

# %%
gradient_sizes.show_most(sized)

# %% [markdown]
# Why so little? PyTorch draws weights and biases around 0, so the gates start near a half. With all weights at 0 it is exact. What is left of the memory's gradient after 50 steps, and whether that is a half for each step, to the last bit:

# %%
gradient_sizes.show_exact(sized)

# %% [markdown]
# What [the rule](method.md#verdicts) decides of "the first has less left than the second", at equal width, in the twelve settings of size and inputs. Below stand the settings with the greatest and the least difference of the powers of ten, and its 95 % interval. All tests are corrected together:

# %%
gradient_sizes.show_decided(gradient_sizes.decided(sized))

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>The factor per step in each setting, mean ± standard deviation of ten seeds</summary>

# %%
gated = "RNN", "GRU", "LSTM"
gradient_sizes.show_factors(sized, gated)
print()
changed = "LSTM +1", "RNN orthogonal"
gradient_sizes.show_factors(sized, changed)

# %% [markdown]
# </details>
#
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(sized)

# %% [markdown]
# </details>
#
# ## What an untrained net remembers { #remembers }
#
# A gradient is about small changes. So here is a large one: two sequences with 50 random steps of their own, then steps that are the same in both. How far may the two states still lie apart, in any number of them, after 0, 50 and 100 common steps? For each size the most of all inputs and seeds, computed in float64 while this page was built:

# %%
import torch

torch.set_num_threads(1)
for name in ("GRU", "LSTM"):
    gradient_sizes.show_apart(name, (0, 50, 100))

# %% [markdown]
# After 100 steps the states are alike but for the last digits of float64. Of the beginning nothing is left, in any unit.
#
# ## Trained { #trained }
#
# The lowest and the highest factor of five seeds, and how many of them solved the task:

# %% alt="ALT"
curves = gradient_sizes.curves_along(sized)
title = "TITLE"
plots.curves(curves, "steps of training", label, title)

# %% [markdown]
# TABLE

# %%
gradient_sizes.show_along(sized)

# %% [markdown]
# ## How to read this { #reading }
#
# - **Having gates is not enough, at no size that we tried.** With 64 units, 8 inputs and a standard deviation of 1, the GRU keeps 0.643 of its gradient per step and the LSTM 0.635; larger inputs make it less. More units hardly make it more: 0.637 and 0.635 with 256.
# - **A plain RNN keeps less still**, in all twelve settings, and on average also with four times as many units: 0.565 in that one, and 0.126 with 16 units, 64 inputs and a standard deviation of 5.
# - **An orthogonal matrix is no general cure.** With it a plain RNN of 256 units keeps more than a GRU where there are 8 inputs with a standard deviation of 1: 0.925. With 16 units, 64 inputs and a standard deviation of 5 it keeps 0.208. A GRU whose matrices are orthogonal keeps more in all settings, an LSTM in eight of the twelve.
# - **A bias of 1 on the forget gate helps in all twelve settings**, and does not make it whole: at best $10^{-2.4}$, four thousandths, is left after 50 steps.
# - **Training opens the gates.** Every GRU that has learned to add keeps at least 0.976, every LSTM at least 0.997. With their 32 units they began at 0.603 to 0.665 (the LSTMs at 0.603 to 0.655), the plain RNNs at 0.536 to 0.644.
# - **The plain RNN does not get there like this.** From PyTorch's start and at the learning rate 0.01, none of its seeds solves the task, and training does not lead its factor towards 1: it ends between 0.135 and 0.638.
# - **The LSTM goes further.** Its gates can stand at 1 while it writes; in a GRU that keeps, the draft is shut out. One of the LSTMs is even above 1, at 1.001. But they had also trained for longer, since each net stops when it has solved the task, and at equal units they have a third more parameters.
#
# So the sentence should read: gates make it *possible* to keep a gradient, and training can find that. Whoever needs it from the start sets [a bias](../gates/why.md#bias).
#
# ## What it does not show { #limits }
#
# Untrained: random inputs without any order, three widths, one layer. "The best direction" is that of one sequence for each net. Trained: one task and one length. The nets solved it although their gradients had all but vanished at the start, so a small factor at the start did not stop them here; with longer memories it may. And the measurements are not of the same thing: the first follows the inputs, the second the whole state, the third the memory, so compare within each, not across.
#
# ## Run it on your own net { #run }
#
# In [a clone of the repository](../contribute/translate.md#begin), about 60 minutes on one core; with `--quick`, a few seconds. `gradients` in `experiments/gradients.py` takes an `nn.RNN`, `nn.GRU` or `nn.LSTM` in one direction, in float64 and without `batch_first`, and tells how fast its gradient fades:
#
# ```console
# .venv/bin/python experiments/gradient_sizes.py --quick
# .venv/bin/python experiments/gradient_sizes.py
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
