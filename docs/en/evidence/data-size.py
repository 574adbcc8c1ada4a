# ---
# description: Is an LSTM better on much data and a GRU on little? Text of 4,000 to 400,000 characters, four learning rates, three seeds, an LSTM of equal parameters and a plain RNN beside them.
# ---

# %% [markdown]
# # Is an LSTM better on more data? { #data-size }
#
# After this page you know how GRU, LSTM and plain RNN compare on a hundred times as much text, and why no laptop can settle what happens on a million times as much.
#
# ## The question { #question }
#
# "With little data take a GRU, with very much an LSTM, which expresses more." If that is so, the order of the two has to change somewhere as the data grow.
#
# ## The method { #method }
#
# The [text](convergence.py#text) of Python's help again, guessed character by character, but with its topics shuffled, so that a part of it is like the whole. Each net is trained on its first 4,000, 40,000 and 400,000 characters, for 1500 steps, and keeps the weights of the step at which it did best on the validation part: the small texts are soon learned by heart. Validation and test are the same for all sizes:

# %%
import data_size

training, validation, test, alphabet = data_size.load(data_size.SETTINGS)
print(len(training), "characters of training text,", alphabet, "different ones")
print(len(validation), "for validation,", len(test), "for the test")

# %% [markdown]
# Each net has three seeds at each of four learning rates, and the validation part chooses the rate. Beside the GRU stand an LSTM with as many units, an LSTM and a plain RNN with about as many parameters, and models that only count what followed the last 0, 1 or 2 characters.
#
# ## The result { #result }
#
# Bits per character, lower is better, each net at its own best learning rate:

# %%
import harness

record = harness.load(data_size.__file__)
for characters in record["settings"]["characters"]:
    print(f"\n{characters:,} characters")
    sized = harness.part_of(record, data_size.part(characters))
    harness.show_best(sized, data_size.NETS, "validation_bits", "test_bits")
harness.show_origin(record)

# %% alt="Bits per character over 4,000, 40,000 and 400,000 characters of training text, three points each for four nets. All fall together, from 4.1 to 4.5 at the left to 2.6 to 2.7 in the middle and about 2.0 at the right; the points of the nets lie close together throughout."
import plots

plots.points(data_size.points(record), "characters of training text", "bits per character")

# %% [markdown]
# How the nets get there on 400,000 characters, a line for each seed, on the validation part:

# %% alt="Bits per character over 50 to 1500 steps of training on 400,000 characters, three lines each. All fall from 3.7 to 4.0 to about 2.0 to 2.2. The plain RNN is lowest throughout, the smaller LSTM highest; the GRU and the larger LSTM run together."
plots.curves(data_size.curves(record, 400_000), "steps of training", "bits per character")

# %% [markdown]
# ## How to read this { #reading }
#
# - **The order does not turn in favour of the LSTM.** At equal sizes the two lie close together at each of the three sizes: 4.30 ± 0.06 and 4.24 ± 0.10, 2.60 ± 0.04 and 2.62 ± 0.03, 2.02 ± 0.02 and 2.00 ± 0.01 bits. On 400,000 characters the LSTM is a little ahead, by about as much as the seeds lie apart.
# - **At equal parameters it turns the other way, if at all.** The smaller LSTM is ahead on 4,000 characters (4.18 ± 0.08), and behind on 40,000 (2.69) and 400,000 (2.07 ± 0.03). So the lead of the larger one on the largest text is owed to its additional parameters.
# - **On the largest text the plain RNN is best**: 1.98 ± 0.02, with the GRU's number of parameters. It is the one net without gates, and has nearly twice as many units.
# - **On little text nobody learns much.** With 4,000 characters, counts of what followed one character reach 4.48, the nets 4.18 to 4.42. And the parts disagree: the validation part, which is not shown in the table, puts the GRU before both LSTMs, the test part behind them.
# - **A hundred times the text is worth far more than any cell**: from 4.30 to 2.02 for the GRU. Beside that the differences between the cells are small.
#
# ## What it does not show { #limits }
#
# "Very large" is not 400,000 characters. People who say it mean millions of sentences and layers of a thousand units, and between here and there anything may happen. What this page can say is that, over a factor of a hundred, the data bring no growing lead of the LSTM. It is one text, with one size of net, three seeds, and no dropout; in [what is published](index.md#large-data) the nets are larger, and use it. On the small texts the lowest learning rate is the best for most nets, so a lower one might still gain a little.
#
# ## Run it on your own text { #run }
#
# About 30 minutes on one core; with `--quick`, seconds. Your text goes into `text` in `snippets/experiments/learning_rate.py`, your sizes into `characters` in the settings of `snippets/experiments/data_size.py`:
#
# ```console
# .venv/bin/python snippets/experiments/data_size.py --quick
# .venv/bin/python snippets/experiments/data_size.py --fresh
# PYTHONPATH=snippets/experiments .venv/bin/python -P docs/en/evidence/data-size.py
# ```
#
# ## Exercises { #exercises }
#
# ??? question "1. Why does each net keep the weights of its best step, and not of its last?"
#
#     On 4,000 characters, 1500 steps go through the text hundreds of times. Every net knows it by heart by then and is worse on new text than at the start. Comparing last steps would compare how far each had got in learning by heart.
#
# ??? question "2. What would you have to see to believe that an LSTM is better on very much data?"
#
#     A lead that grows with the data, at several sizes, with a learning rate for each net, with equal parameters, and larger than the spread over the seeds.
