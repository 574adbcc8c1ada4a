# ---
# description: Run.
# ---

# %% [markdown]
# # Run { #run }
#
# Text.

# %%
print("docs/zh/evidence/run.py")

# %% [markdown]
# Text.
#
# ## End { #end }
#
# Text.
