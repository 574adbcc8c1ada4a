# ---
# long_title: Is a GRU faster than an LSTM? Time on a CPU and on an H100, measured
# description: Is a GRU cheaper to compute than an LSTM? Its arithmetic is three quarters; its time was up to nine times as long on a CPU, and less on an H100 in large layers.
# search:
#   words:
#     speed: benchmark, timing, GRU versus LSTM speed, time measured, GRU slower than LSTM, speed experiment, time of GRU and LSTM, timing experiment, measured time, how many times slower
#     answer: is a GRU faster, which is faster, training takes longer, result in short
#     method: how the time was measured, setup
#     result: time ratios, table, one sequence at a time, time ratio, 512 units, ratio GRU LSTM
#     h100: GPU, CUDA, cuDNN, is a GRU faster on a GPU, GRU or LSTM on a GPU, GPU benchmark, tf32, bfloat16, training time on a GPU, nvidia
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
# In operations it is; in time it depends on machine, software and size. On our CPU, as PyTorch comes, the GRU takes longer than the LSTM at each of these sizes, by the median, since only the LSTM has a kernel of oneDNN there. [On an H100](#h100) large layers train in less time: a GRU of 2048 or 4096 units takes 0.72 to 0.88 of the LSTM's; smaller ones are hardly told apart. Here is the CPU. A point is a repetition; at the dashed line both take equally long:

# %% alt="Time of a GRU divided by that of an LSTM over the number of units, 32 to 512, for 32 sequences, seven points each. With oneDNN it falls from about 4 at 32 units to about 1 at 512. Without oneDNN it lies between 0.6 and 1.1 everywhere, and falls from about 0.9 to 0.7."
import harness
import plots
import speed

record = harness.load(speed.__file__)
title = "With oneDNN the GRU takes longer up to 256 units"
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
# On the CPU one layer with 32 inputs reads 50 steps and computes the gradients, on one thread of a CPU. We time a plain RNN, a GRU and an LSTM with 32 to 512 units, with one sequence at a time and with 32. The nets take turns, so that what slows the machine down slows all of them alike; seven repetitions. GRU and LSTM are measured twice: as PyTorch comes, with oneDNN, a library of kernels, and without it.
#
# ## On a CPU { #result }
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
# ## On an H100 { #h100 }
#
# cuDNN, NVIDIA's library of kernels, has one for the GRU as well as for the LSTM. Here a layer has as many inputs as units and reads 64 sequences of 64 steps, forward and backward; the nets take turns, seven repetitions, by the GPU's own clock. tf32 rounds the factors of each product, bfloat16 keeps every number in sixteen bits:

# %% alt="Time of a GRU divided by that of an LSTM on an H100, over 128 to 4096 units, seven points for each of float32, tf32 and bfloat16. Up to 1024 units most lie between 0.8 and 1.1, two far below, at 0.2 and 0.4. At 2048 they lie between 0.8 and 0.9, at 4096 between 0.7 and 0.8."
import gpu_rows

title = "On an H100 a large GRU trains in less time"
points = gpu_rows.points()
plots.points(points, "units", "time, GRU ÷ LSTM", title, level=1)

# %% [markdown]
# The median of the seven, their least and their greatest; before them the CPU with 32 sequences, whose nets differ in inputs and steps, too:

# %%
cpu = speed.medians(record, batch=32)
gpu_rows.show(beside=cpu)

# %% [markdown]
# One, two and four layers in three precisions are nine rows for each size. In how many does [the rule](method.md#verdicts) decide that the GRU takes less time? *Equal* is within its margin, a tenth; *open* is undecided; all rows are corrected together. Before that stand the medians, least and greatest; in the last column those beside an LSTM of as many parameters:

# %%
gpu_rows.show_decided()

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, GPU, versions of CUDA and cuDNN, settings</summary>

# %%
gpu_rows.show_origin()

# %% [markdown]
# </details>
#
# ## How to read this { #reading }
#
# - **On the CPU, as PyTorch comes, the GRU is not faster at any of these sizes.** By the medians it takes 1.03 to 9.22 times as long as the LSTM; 1.03, with 512 units and 32 sequences, is a tie, since some repetitions lie below 1 and some above.
# - **The smaller the work, the larger the gap**: 9.22 with one sequence and 32 units, 1.03 with 32 sequences and 512 units.
# - **The kernel is the reason, not the cell.** PyTorch hands an LSTM to a kernel of oneDNN that does all steps in one call, and calls a GRU [step by step](../pytorch/speed.md#fused). Without oneDNN both go step by step: then the GRU takes 0.72 to 1.03 of the LSTM's time, near the three quarters of the arithmetic where the work is large.
# - **Even a plain RNN is slower** by the medians than the LSTM with one sequence and up to 256 units: 1.10 to 3.33 times, with a quarter of its arithmetic. At 256 one of the seven repetitions is the other way round.
# - **On the H100 the rule finds a large GRU sooner done in training**: in all nine rows with 4096 units, in five of nine with 2048, in two of thirty-six with fewer. In the others nothing is decided. The medians of the large ones are 0.72 to 0.88, about the three quarters of the arithmetic.
# - **In inference the rows disagree.** The GRU takes less in 25 of 54 rows with many sequences at once and in 20 with one, with 128 units down to 0.48 of the time; in nine rows, with 256 to 1024 units, the two take equally long. So as a whole it is undecided.
# - **It is the size more than the cell.** Beside an LSTM of as many parameters, the medians of 2048 and 4096 units are 0.89 to 1.08.
#
# ## What it does not show { #limits }
#
# One processor, one GPU, a version of PyTorch for each. A single repetition can be far off: look at the lone points. The seven of the H100 followed one another within seconds, on one machine; how days or machines differ was not measured, nor other GPUs, other lengths, packed, bidirectional or compiled nets there. The one published timing at equal sizes that we found, on an older GPU, has the [GRU ahead](../claims/cheaper.md#for), too. All this is about software: it can change with the next release, and the arithmetic cannot.
#
# ## Run it on your machine { #run }
#
# In [the folder of all code](../take-along.md#code) or [a clone of the repository](../contribute/translate.md#begin), about two minutes, most of one of them for a comparison with `torch.compile`, which needs a C++ compiler; `--quick` leaves that out and takes seconds. Your sizes go into `SIZES` and `BATCHES` in `experiments/speed.py`:
#
# ```console
# .venv/bin/python experiments/speed.py --quick
# ```
#
# In full:
#
# ```console
# .venv/bin/python experiments/speed.py --fresh
# ```
#
# This page's cells, with the numbers of the record:
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/speed.py
# ```
#
# With an NVIDIA GPU: the first command fetches texts, the second begins with the timings and puts its record into a folder that exists.
#
# ```console
# .venv/bin/python experiments/texts.py
# .venv/bin/python experiments/gpu.py --out FOLDER --minutes 3
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
