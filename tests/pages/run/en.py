# ---
# section: Evidence
# ---

# %% [markdown]
# # Run en { #run }
#
# Formula $x_t$ and **bold**.
#
# ## Part en { #part }

# %%
import counter

print(counter.count("a < b & c"))
