# ---
# description: Run.
# ---

# %% [markdown]
# # Run { #run }
#
# Text.

# %%
print("docs/en/evidence/run.py")

# %% [markdown]
# Text.
#
# ## End { #end }
#
# Text.
