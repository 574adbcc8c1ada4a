# %% [markdown]
# # Title { #title }
#
# Text $x$.

# %%
import a

print(a)

# %% alt="A line"
a.plot()
