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
# Having gates is not enough, but with them training can do it. Untrained, a GRU or an LSTM of 16, 64 or 256 units has less than a hundred-millionth of its gradient left after 50 steps, even in the direction that keeps most. Trained on a task that needs memory, both [keep nearly all of it at each step](#trained): over 50 steps that leaves 16 to 29 percent of it in a GRU, and at least 32 in an LSTM. A point is an untrained net in its best direction, of our inputs those with which it keeps most; the line above is a gradient that stays whole:

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
# Why so little? PyTorch draws weights and biases around 0, so the gates stand at a half on average; the more inputs there are, and the larger they are, the further the gates spread from it. With all weights at 0 each is a half. What is left of the memory's gradient after 50 steps, and whether that is a half for each step, to the last bit:

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
# A line is a net that learns to add, from PyTorch's start on:

# %% alt="Lines from 0 to 800 steps of training, what is left of the gradient per step. All begin between 0.55 and 0.7. The twenty GRUs are above 0.9 after 50 steps and end near 0.97. The twenty LSTMs stay below 0.8 for at least 100 steps, rise between 100 and 800 and end near 1. The ten plain RNNs stay between 0.53 and 0.87."
curves = gradient_sizes.curves_along(sized)
title = "GRUs keep their gradient by step 50, LSTMs later"
plots.curves(curves, "steps of training", label, title)

# %% [markdown]
# The lowest and the highest factor of ten seeds after so many steps, and their mean error on test sequences; below them what the last factors leave over 50 steps:

# %%
gradient_sizes.show_along(sized)

# %% [markdown]
# ## How to read this { #reading }
#
# - **Having gates is not enough, at no size that we tried.** With 64 units, 8 inputs and a standard deviation of 1, the GRU keeps 0.643 of its gradient per step and the LSTM 0.635; larger inputs make it less. More units hardly make it more there, 0.637 and 0.635 with 256; with many or large inputs they do, and it vanishes all the same.
# - **A plain RNN keeps less still**, in all twelve settings, and on average also with four times as many units: 0.565 in that one, and 0.126 with 16 units, 64 inputs and a standard deviation of 5.
# - **An orthogonal matrix is no general cure.** With it a plain RNN of 256 units keeps more than a GRU where there are 8 inputs with a standard deviation of 1: 0.925. With 16 units, 64 inputs and a standard deviation of 5 it keeps 0.208. A GRU whose matrices are orthogonal keeps more in all settings, an LSTM in eight of the twelve.
# - **A bias of 1 on the forget gate helps in all twelve settings**, and does not make it whole: at best $10^{-2.4}$, four thousandths, is left after 50 steps.
# - **With training the gradient comes back.** After 800 steps every GRU keeps at least 0.965 and every LSTM at least 0.978. At the start none of them kept more than 0.703.
# - **In a GRU the gradient returns first, then the error falls.** After 50 steps each GRU keeps 0.913 or more, and on average they still err by 0.165 and 0.168, like a constant answer with its 0.167. After 100 steps they err by 0.013 and 0.085. No LSTM keeps more than 0.784 by then: theirs return between 100 and 800 steps. That is where the two part, not why; what makes a GRU quick here, [the walk from LSTM to GRU](lstm-to-gru.py) asks.
# - **The plain RNN does not get there.** At a rate chosen for it like the others', after 800 steps it is between 0.596 and 0.867 and errs by 0.171.
# - **In the end the LSTM keeps more**, 0.978 to 1.001 against 0.965 to 0.975, at equal units and at equal parameters. Its gates can stand at 1 while it writes; in a GRU that keeps, the draft is shut out.
#
# So the sentence should read: gates make it *possible* to keep a gradient, and training can find that. Whoever needs it from the start sets [a bias](../gates/why.md#bias).
#
# ## What it does not show { #limits }
#
# Untrained: random inputs without any order, three widths, one layer. "The best direction" is that of one sequence for each net. Along training: one task, one length, six moments. The nets learned it although their gradients had all but vanished at the start, so a small factor at the start did not stop them here; with longer memories it may. And the measurements are not of the same thing: the first follows the inputs, the second the whole state, the third the memory, so compare within each, not across.
#
# ## Run it on your own net { #run }
#
# In [the folder of all code](../take-along.md#code) or [a clone of the repository](../contribute/translate.md#begin), about 85 minutes on one core; with `--quick`, a few seconds. `gradients` in `experiments/gradients.py` takes an `nn.RNN`, `nn.GRU` or `nn.LSTM` in one direction, in float64 and without `batch_first`, and tells how fast its gradient fades:
#
# ```console
# .venv/bin/python experiments/gradient_sizes.py --quick
# ```
#
# In full:
#
# ```console
# .venv/bin/python experiments/gradient_sizes.py
# ```
#
# This page's cells, with the numbers of the record:
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/gradients.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. A trained net keeps 0.975 per step. How much is left after 40 steps?"
#
#     $0.975^{40} = 0.363$. With 0.64 per step it is $0.64^{40}$, two parts in a hundred million.
#
# ??? question "2. Why is a factor above 1 no better than one below?"
#
#     Over many steps it explodes instead. At 1.001 that takes long: after 1000 steps the gradient is $1.001^{1000} = 2.72$ times as large.
