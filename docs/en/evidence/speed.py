# ---
# long_title: Is a GRU cheaper to compute than an LSTM? Time on a CPU, measured
# description: Is a GRU cheaper to compute than an LSTM? Its arithmetic is three quarters; its time on a CPU was up to nine times as long. Recorded, with the reason.
# search:
#   words:
#     speed: benchmark, timing, GRU versus LSTM speed, time measured, GRU slower than LSTM, speed experiment, time of GRU and LSTM, timing experiment, measured time, how many times slower
#     answer: is a GRU faster, which is faster, training takes longer, result in short
#     method: how the time was measured, setup
#     result: time ratios, table, one sequence at a time, time ratio, 512 units, ratio GRU LSTM
#     reading: conclusion, oneDNN, interpretation
#     run: benchmark on my machine, my own sizes
# ---

# %% [markdown]
# # Is a GRU cheaper to compute? { #speed }
#
# After this page you know when a GRU takes less time than an LSTM and when more, and you can measure it at your own sizes.
#
# <!-- generated: verdict cheaper -->
#
# ## The answer { #answer }
#
# In operations it is; in time it depends on the software. As PyTorch comes, the GRU takes longer than the LSTM at each of these sizes on our CPU, by the median, since only the LSTM has a kernel of oneDNN there. A point is a repetition; at the dashed line both take equally long:

# %% alt="Time of a GRU divided by that of an LSTM over the number of units, 32 to 512, for 32 sequences, seven points each. With oneDNN it falls from about 4 at 32 units to about 1 at 512. Without oneDNN it lies between 0.6 and 1.1 everywhere, and falls from about 0.9 to 0.7."
import harness
import plots
import speed

record = harness.load(speed.__file__)
title = "With oneDNN the GRU takes longer than the LSTM"
points = speed.points(record, batch=32)
plots.points(points, "units", "time, GRU ÷ LSTM", title, level=1)

# %% [markdown]
# ## The question { #question }
#
# "A GRU is computationally cheaper." It has three blocks of weights where an LSTM has four, so it [multiplies and adds](../gates/compare.md#operations) three quarters as often. PyTorch's own counter agrees, here for 64 units, 32 sequences of 50 steps (with the fused kernel off, which the counter cannot see into):

# %%
import torch
from torch.utils.flop_counter import FlopCounterMode

torch.backends.mkldnn.enabled = False
for cell in torch.nn.GRU, torch.nn.LSTM:
    with FlopCounterMode(display=False) as counter:
        cell(32, 64)(torch.randn(50, 32, 32))
    print(f"{cell.__name__:4} {counter.get_total_flops():,}")

# %% [markdown]
# Nobody waits for operations, though. People wait for time.
#
# ## The method { #method }
#
# One layer with 32 inputs reads 50 steps and computes the gradients, on one thread of a CPU. We time a plain RNN, a GRU and an LSTM with 32 to 512 units, with one sequence at a time and with 32. The nets take turns, so that what slows the machine down slows all of them alike; seven repetitions. GRU and LSTM are measured twice: as PyTorch comes, with oneDNN, a library of kernels, and without it.
#
# ## The result { #result }
#
# An LSTM takes 1; the numbers say how much the others take, by the medians of the seven repetitions:

# %%
speed.show(record)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# And with one sequence at a time:

# %% alt="The same for one sequence at a time. With oneDNN it falls from about 9 at 32 units to about 2 at 512; one point at 128 units stands at 9. Without oneDNN it falls from about 1 to about 0.8; one point at 128 units stands at 1.9."
title = "One sequence at a time, the gap is wider"
points = speed.points(record, batch=1)
plots.points(points, "units", "time, GRU ÷ LSTM", title, level=1)

# %% [markdown]
# ## How to read this { #reading }
#
# - **As PyTorch comes, the GRU is not faster at any of these sizes.** By the medians it takes 1.03 to 9.22 times as long as the LSTM; 1.03, with 512 units and 32 sequences, is a tie, since some repetitions lie below 1 and some above.
# - **The smaller the work, the larger the gap**: 9.22 with one sequence and 32 units, 1.03 with 32 sequences and 512 units.
# - **The kernel is the reason, not the cell.** PyTorch hands an LSTM to a kernel of oneDNN that does all steps in one call, and calls a GRU [step by step](../pytorch/speed.md#fused). Without oneDNN both go step by step: then the GRU takes 0.72 to 1.03 of the LSTM's time, near the three quarters of the arithmetic where the work is large.
# - **Even a plain RNN is slower** than the LSTM with one sequence and up to 256 units: 1.10 to 3.33 times, with a quarter of its arithmetic.
#
# ## What it does not show { #limits }
#
# One processor, one version of PyTorch, one layer. A single repetition can be far off: look at the lone points. On a GPU we have measured nothing; there a kernel exists for [both cells](../pytorch/speed.md#gpu), and the one published timing that we found has the [GRU ahead](../claims/cheaper.md). So this is a statement about software: it can change with the next release, and the arithmetic cannot.
#
# ## Run it on your machine { #run }
#
# In [a clone of the repository](../contribute/translate.md#begin), about two minutes, most of one of them for a comparison with `torch.compile`, which needs a C++ compiler; `--quick` leaves that out and takes seconds. Your sizes go into `SIZES` and `BATCHES` in `experiments/speed.py`:
#
# ```console
# .venv/bin/python experiments/speed.py --quick
# .venv/bin/python experiments/speed.py --fresh
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/speed.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. You replace an LSTM by a GRU with 64 units to make training on a CPU faster. What happens?"
#
#     It takes longer: 2.15 times as long with 32 sequences, as measured here. You save parameters, and memory for the state.
#
# ??? question "2. Somebody measures on a CPU that a GRU takes 0.8 of an LSTM's time. What may be different there?"
#
#     A build of PyTorch without oneDNN; an LSTM that [leaves the fast path](../pytorch/speed.md#fused), such as one with packed sequences of unequal lengths; perhaps far larger nets, which we have not timed.
