# ---
# section: Evidence
# ---

# %% [markdown]
# # Nb { #top }
#
# Text $x$ en.

# %%
print("a < b & c")

# %% alt="A line en"
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.xlabel("year")
plt.show()
