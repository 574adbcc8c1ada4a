# ---
# section: Evidence
# ---

# %% [markdown]
# # Nb { #top }
#
# Text $x$ zh.

# %%
print("a < b & c")

# %% alt="A line zh"
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.xlabel("year")
plt.show()
