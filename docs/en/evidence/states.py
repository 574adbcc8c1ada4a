# ---
# long_title: "Cell state and hidden state, reset and update gate: which is long, which is short? Measured"
# description: Is c the long-term memory of an LSTM and h the short-term one? Does the reset gate serve short dependencies and the update gate long ones? Trained nets lose one at a time.
# search:
#   words:
#     states: ablation of states, swap the hidden state, replace the cell state, which state holds the memory, intervention experiment, cell state versus hidden state tested
#     answer: which state matters, result on c and h
#     method: state of another sequence, interchange intervention, activation patching, freeze a gate
#     adding: cell state ablated, hidden state ablated, memory in c
#     text: memory span on text, how long context lasts, characters of context
#     gates: reset gate fixed, update gate fixed, frozen gate, freeze, freeze the gate, constant gate, gate ablation
#     units: time scale of a unit, fast and slow units, unit with a long memory
#     run: swap states in my net
# ---

# %% [markdown]
# # Is c the long memory and h the short one? { #states }
#
# After this page you know what an LSTM loses without its $c$ or without its $h$, what a GRU loses without its $r$ or its $z$, and you can ask a net of your own the same.
#
# <!-- generated: verdict long-short -->
#
# <!-- generated: verdict near-far -->
#
# ## The answer { #answer }
#
# On adding, what has to be remembered stands in $c$: an LSTM that has learned the task answers as before if its $h$ is replaced while it reads, nine of ten nets at least, and knows nothing any more if its $c$ is. But $c$ is not long by itself: on text both are of no use after some 20 characters. And in a GRU $z$ is not for the far alone: with $z$ held still, near numbers are lost as well, and with $r$ held still far fewer. A line is a net:

# %% alt="Error on adding in percent of a constant answer's, against the step after which a state is replaced, from 1 to 50; ten lines each. Without its c the error climbs from about 15 to over 200. Without its h it stays near 4 for nine nets and below 17 for the tenth up to the last steps, and jumps at the end."
import harness
import plots
import states_apart

record = harness.load(states_apart.__file__)
title = "Without its c an LSTM forgets, without its h not"
curves = states_apart.curves(record, "adding", 50)
label = "step after which it is replaced"
error = "error, % of a constant's"
plots.curves(curves, label, error, title)

# %% [markdown]
# ## The question { #question }
#
# "The cell state is the long-term memory, the hidden state the short-term memory." "Reset gates help capture short-term dependencies, update gates long-term ones." Both are in many courses, as what the parts are for. Does a trained net use them so?
#
# ## The method { #method }
#
# Whoever wants to know what a part is for takes it away from a net that works.
#
# - **A state.** After some step an LSTM's $h$, its $c$ or both are replaced by those of another sequence at the same step. So the net gets a state that it does get into, and that knows nothing of this sequence. Then it reads on.
# - **A gate.** In a GRU $r$ or $z$ is held at its mean, unit by unit. So it is as open as before, but always alike.
# - **Adding** two marked numbers of 50, a task that cannot be done without memory: an LSTM of 37 units and a GRU of 43, of one size. Errors are in percent of those of a constant answer.
# - **Text**, $10^5$ characters of Python code: nets of 64 units, in bits per character. Counting stands beside them, and is better there: so by [the rule](method.md#verdicts) text decides nothing, and is shown to be looked at.
#
# Ten seeds of each, at a learning rate chosen for each net.
#
# ## On adding: c or h { #adding }
#
# Errors in percent, the mean of ten nets and in brackets the best and the worst: where the state is replaced after one of the first 45 steps, and after the last:

# %%
states_apart.show_adding(record)

# %% [markdown]
# After the last step it is the other way round: the answer is read from $h$, and $c$ is not asked any more.
#
# What the rule decides, the difference of the errors with its interval:

# %%
import decide

found = states_apart.decided(record)
said = {
    "adding": "h < c, adding",
    "text": "h < c, text",
}
decide.show(found["states"], 2, said)

# %% [markdown]
# ## On text: for how long { #text }
#
# How many bits more does a character cost, so many characters after a state was replaced?

# %% alt="Bits more per character against the characters since a state was replaced, from 1 to 24; ten lines each. Without its h the first costs about 1.6 bits more, without its c 0.8; from the third on c costs slightly more. All come down to 0 at about 20."
title = "On text neither is missed after twenty characters"
curves = states_apart.curves(record, "text", 24)
label = "characters since"
plots.curves(curves, label, "bits more", title)

# %%
after = 1, 2, 5, 10, 20, 64
states_apart.show_text(record, after)

# %% [markdown]
# ## r and z { #gates }
#
# How much of a number is lost, in percent, if a gate of a GRU is held: of those that stand in the last five places, the nearest, and of those in the first five, the farthest. Below that, the error of the answers, in percent of a constant answer's:

# %% alt="Percent lost against the steps since the number was read, ten lines each. With z held 85 to 97 are lost of the nearest and 96 to 100 of the farthest. With r held the lines lie between 1 and 14."
title = "Without a moving z the near is lost, too"
label = "steps since the number"
lost = states_apart.lost_curves(record)
plots.curves(lost, label, "% lost", title)

# %%
states_apart.show_lost(record)
said = {
    "near": "z < r, nearest",
    "far": "r < z, farthest",
    "text": "z < r, text",
}
print()
decide.show(found["gates"], 2, said)

# %% [markdown]
# And bits per character on text, with neither gate held, with one, and by counting:

# %%
states_apart.show_bits(record)

# %% [markdown]
# ## Units that keep long { #units }
#
# [Cho et al. 2014](../references.md#cho-2014) expect units to part: those that learn short dependencies with reset gates "that are frequently active", those that learn longer ones with update gates "that are mostly active" (section 2.3). How far does $r$ stand open in units that keep for longer? The rank correlation over the units of a net, 0 if the two have nothing to do with one another:

# %%
states_apart.show_units(record)

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
# - **What is needed later stands in c.** With another's $h$ the ten LSTMs err by 5.0 percent on average, with their own by 4.0; with another's $c$ by 120.8, more than a constant answer. Replacing both is no worse than replacing $c$. The reason is in the equations: at each step $h$ is made anew from $c$, so a wrong $h$ misleads the gates once.
# - **One net is different.** Its error rises to 12.3 percent if $h$ is replaced. A net may keep something in $h$; it is just not what most of them found.
# - **On text h matters more at once, c a little longer.** The next character costs 1.632 bits more with another's $h$ and 0.780 with another's $c$; the fifth 0.109 and 0.166. After 20 characters it is 0.001 and 0.004. So here even "long" is less than 20 characters.
# - **z is for the near, too.** With $z$ held still, 88 percent of the nearest numbers are lost and 98 of the farthest: a net that cannot choose what to keep cannot choose what to write either. With $r$ held, 4 and 5 percent are lost, with neither 2 and 4. But $r$ is not idle: two nets of ten lose up to 12 percent of the nearest without it, and the error of one rises to 41 percent, the mean from 3 to 8.
# - **On text r is missed more than z**: 3.761 bits against 3.402, and 2.699 with neither held. What matters there is near. That fits the common sentence; what we saw on adding does not.
# - **Units part on text, not on adding.** There those that keep longer have a wider open $r$ in all ten nets, 0.44 on average. That is what Cho et al. expect, if "active" means that $r$ resets.
#
# ## What it does not show { #limits }
#
# Two tasks, one size, one layer. Adding asks for nothing but keeping and adding up; a task on which the near has to be combined with the far may need $r$. A replaced state is a state of another sequence, not of none; a gate at its mean is not the gate that a net would have trained without it. And on text these nets are behind counting, so they show how a net of this size uses its states, not what is best.
#
# ## Run it on your own net { #run }
#
# In [the folder of all code](../take-along.md#code) or [a clone of the repository](../contribute/translate.md#begin), about 50 minutes on one core; with `--quick`, seconds. `replaced` in `experiments/states_apart.py` gives each sequence of a batch the state of the one beside it, `hold` holds a gate:
#
# ```console
# .venv/bin/python experiments/states_apart.py --quick
# ```
#
# In full:
#
# ```console
# .venv/bin/python experiments/states_apart.py
# ```
#
# This page's cells, with the numbers of the record:
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/en/evidence/states.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. Halfway an LSTM goes on with its own h and another's c. How well does it add?"
#
#     About as badly as a constant answer: over the first 45 steps the ten nets err by 94.4 to 137.0 percent of what that does. So whoever stops halfway [keeps both states](../gates/lstm.md#two-states).
#
# ??? question "2. Why does an error of 200 percent come out, not of 100?"
#
#     A constant answer is off by the variance of a sum, 100 percent. Whoever adds up another's numbers is off by the difference of two such sums that have nothing to do with one another, and that has twice the variance.
