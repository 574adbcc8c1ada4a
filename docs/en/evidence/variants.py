# ---
# long_title: Which gate of an LSTM or a GRU matters most? Each held open in turn
# description: Which gate of an LSTM or a GRU does the work? Each held open in turn, and the forget gate given a bias, on adding and on text, at four learning rates with five seeds.
# search:
#   words:
#     variants: ablation, remove a gate, which gate is most important, is each gate needed, ablation study, LSTM variants, gate importance, which gate, most important, important gate, gates removed, turn off a gate, without a gate, dropped, which can be dropped, leave out a gate, gate ablation, removing gates
#     answer: most important gate, experiments without single gates, leave one gate out, result in short, most important one, which gate matters
#     method: hold a gate open, gate fixed at 1, setup
#     adding: without input gate, ablation on adding, LSTM without input gate, cannot add, no input gate
#     text: without forget gate, ablation on text, language, no forget gate, without output gate
#     reading: conclusion, forget bias, Greff, LSTM search space, LSTM without a gate, no reset gate, GRU without reset gate, importance of each gate, without forget gate
# ---

# %% [markdown]
# # Which gate does the work? One gate held open { #variants }
#
# After this page you know what becomes of an LSTM without its input gate, its forget gate or its output gate, of a GRU without its reset gate, and of both with a better start.
#
# <!-- generated: verdict output-gate -->
#
# <!-- generated: verdict forget-bias -->
#
# ## The answer { #answer }
#
# On adding it is the input gate: without it no LSTM learns to add. On text the loss is largest without the forget gate, but that decides nothing: all the nets there are behind [counting](convergence.py#counts), and five seeds do not set it apart from the loss without the output gate. The steps until adding was solved, at the learning rate 0.01, a point for each seed; a net without a point never got there:

# %% alt="Steps until adding was solved at the learning rate 0.01, a point for each seed. The LSTM, the LSTM with forget bias 1 and the one without an output gate lie between 350 and 800. Without a forget gate three points lie between 750 and 1200. Without an input gate there is none. The three GRUs lie between 200 and 300."
import harness
import plots
import variants

record = harness.load(variants.__file__)
adding = harness.part_of(record, "adding")
rows = variants.at_rate(adding, 0.01)
title = "Without its input gate no LSTM learns to add"
plots.seeds(rows, "solved_at", None, "steps until solved", title)

# %% [markdown]
# ## The question { #question }
#
# "The forget gate is the most important." "The output gate is unimportant." "Set the forget bias to 1." All three come from papers that took gates away and looked what happened. On which tasks do they hold?
#
# ## The method { #method }
#
# A gate that is always 1 has no say: it lets everything through. So we hold one gate at 1 through all of the training, leave the rest as it is, and train as before: [adding](adding.py) with 32 units and [text](convergence.py#text) with 64, each at four learning rates with five seeds.
#
# - `LSTM f=1` never forgets, as in the LSTM of 1997; `LSTM i=1` writes at each step; `LSTM o=1` shows its whole memory.
# - `GRU r=1` has no reset gate. (Its update gate cannot be held at 1: the state would never change.)
# - `LSTM f+1` and `GRU z+1` have all their gates, and start with a bias of 1 on the one that keeps.
#
# A bias of 100 does it: in float32 the sigmoid is then exactly 1 and its slope 0, so training cannot move the gate. (So the net trains with fewer parameters.) Two nets, trained while this page was built:

# %%
import torch

torch.set_num_threads(1)
for net in "LSTM", "LSTM o=1":
    row = variants.train_adding(net, 0.02, 0, variants.SETTINGS)
    print(net, "solved at step", row["solved_at"])

# %% [markdown]
# ## Adding { #adding }
#
# For each learning rate the fewest and the most steps that five seeds needed to solve the task, or how many of them solved it within 2000:

# %%
variants.show_adding(adding)

# %% [markdown]
# How many more steps than the whole LSTM two of them need at each rate, and between which bounds that number lies with 95 % confidence:

# %%
import intervals

steps = harness.values(adding, "solved_at")
for rate in record["settings"]["learning_rates"]:
    print(rate)
    lstm = ("LSTM", steps[harness.label("LSTM", rate)])
    for net in "LSTM f+1", "LSTM o=1":
        intervals.show([[(net, steps[harness.label(net, rate)]), lstm]], places=0)

# %% [markdown]
# ## Text { #text }
#
# Bits per character after 600 steps, each net at its own best learning rate:

# %%
text = harness.part_of(record, "text")
harness.show_best(text, variants.NETS, "validation_bits", "test_bits")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>How it was recorded: date, processor, versions, settings</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# The bits that each change costs, with the bounds as above; in the last line, by how much the two largest losses of an LSTM differ:

# %%
changed = {net: "GRU" if net.startswith("GRU") else "LSTM" for net in variants.NETS}
pairs = [(net, whole) for net, whole in changed.items() if net != whole]
pairs.append(("LSTM f=1", "LSTM o=1"))
intervals.show_at_best(text, pairs, "validation_bits", "test_bits", places=3)

# %% [markdown]
# ## How to read this { #reading }
#
# On text all these nets, the whole ones too, are behind [counting](convergence.py#counts). By [the rule](method.md#verdicts) they decide nothing about text; the numbers say what so short a training gave.
#
# - **An LSTM needs its input gate to add.** Without it none of its runs solves the task, at any learning rate; on text no loss is shown, 0.025 bits, between −0.025 and 0.075. Without the forget gate adding is still learned, by all seeds at 0.005, and by 3, 2 and 4 of 5 at the higher rates; on text the loss is the largest here: 2.28 ± 0.02 bits in place of 2.11 ± 0.04, 0.165 more, between 0.115 and 0.216. That is 0.062 more than without the output gate, between −0.017 and 0.140, so the seeds do not set the two apart.
# - **What the output gate is worth is undecided.** On text its loss is 0.104 bits, between 0.023 and 0.185: 2.21 ± 0.06 in place of 2.11 ± 0.04. On adding no rate shows a difference: 350 to 650 steps without it and 450 to 750 with it at 0.01, 350 to 1650 and 250 to 650 at 0.04.
# - **That a forget bias of 1 helps is not shown.** On text 2.12 ± 0.03 bits with it, 2.11 ± 0.04 without; on adding it is sooner at 0.005 (700 to 750 steps in place of 750 to 1000), but the seeds do not rule out chance there, and at the other rates the ranges overlap. Nor is it of a bias of 1 on the GRU's update gate: on text 2.13 ± 0.03 in place of 2.10 ± 0.02, a loss of 0.032, between −0.003 and 0.068.
# - **Without the reset gate the GRU loses 0.061 bits on text**, between 0.036 and 0.086, at equal width: 2.16 ± 0.01 bits without it, 2.10 ± 0.02 with it. A third fewer of its layer's parameters are trained then, and a wider net without the gate was not tried. On adding it is hardly missed up to 0.02; at 0.04 each seed is slower without it, 150 to 950 steps in place of 100.
# - **So much for one sentence each.** [Jozefowicz et al. 2015](../references.md#jozefowicz-2015) found the forget gate "extremely significant on all problems except language modelling"; here a language model is worse without it. The LSTM of [1997](../references.md#hochreiter-1997) had none.
#
# ## What it does not show { #limits }
#
# Two tasks, one size each, and short training; and a part of the test text [stands in the training text](convergence.py#counts). A gate that is held at 1 is one way to take it away; a paper that leaves it out and gives the net more units asks another question. And a bias of 1 is one number; [one made for the length of the task](../gates/why.md#exercises) may do more.
#
# ## Run it yourself { #run }
#
# In [the folder of all code](../take-along.md#code) or [a clone of the repository](../contribute/translate.md#begin), about 20 minutes on one core; with `--quick`, seconds. `change` in `experiments/variants.py` holds a gate of an `nn.GRU` or `nn.LSTM` with one layer, one direction and biases, so you can try it on your own net:
#
# ```console
# .venv/bin/python experiments/variants.py --quick
# ```
#
# In full:
#
# ```console
# .venv/bin/python experiments/variants.py --fresh
# ```
#
# This page's cells, with the numbers of the record:
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/variants.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. Why is adding hard for an LSTM that writes at each step?"
#
#     The cell takes in each number that it reads, marked or not, and the sum of 50 drafts is what it keeps. To keep two of them, the other 48 have to be near 0 or to cancel. An input gate just shuts.
#
# ??? question "2. An LSTM whose forget gate is held at 1 has a gradient that does not fade along its cell. Why is it no better for that?"
#
#     It cannot clear its memory, only subtract what it has written, draft by draft. At the three higher learning rates that was too much for 6 of 15 runs.
