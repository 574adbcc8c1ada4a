# ---
# section: Evidence
# ---

# %% [markdown]
# # Run zh { #run }
#
# Formula $x_t$ and **bold**.
#
# ## Part zh { #part }

# %%
import counter

print(counter.count("a < b & c"))
