# ---
# description: Runs.
# ---

# %% [markdown]
# # Title { #title }
#
# One sentence,
# over two lines.

# %% alt="A line"
if x:
    y

# %% [markdown]
# ## Part { #part }
