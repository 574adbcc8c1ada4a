from statistics import mean

from scipy.stats import ttest_ind

# test errors of two nets, one number for each seed
gru = [2.10, 2.08, 2.12, 2.11, 2.09, 2.13, 2.10, 2.07]
lstm = [2.11, 2.15, 2.08, 2.12, 2.10, 2.09, 2.14, 2.11]
margin = 0.05  # named before the runs

welch = ttest_ind(gru, lstm, equal_var=False)
low, high = welch.confidence_interval(0.95)
print(f"{mean(gru) - mean(lstm):+.3f}")
print(f"95 %: {low:+.3f} ... {high:+.3f}")
print(f"p = {welch.pvalue:.2f}")

# equal, if it is more than -margin and less than margin
sides = [
    ttest_ind(
        [value + shift for value in gru],
        lstm,
        equal_var=False,
        alternative=side,
    ).pvalue
    for shift, side in [
        (margin, "greater"),
        (-margin, "less"),
    ]
]
tost = max(sides)
print(f"{tost = :.4f}")
