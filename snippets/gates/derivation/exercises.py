def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{round(number, 4):g}")


h_old, n, z, d_h = 0.5, -0.8, 0.75, 2
d_z = d_h * (h_old - n)
show(
    "derivation_gate",
    right=d_z * z * (1 - z),
    other_way=-d_z * z * (1 - z),
    no_slope=d_z,
    no_draft=d_h * h_old * z * (1 - z),
)

T, k = 12, 4
pairs = [(t, s) for t in range(T) for s in range(t + 1)]
show(
    "derivation_terms",
    right=sum(t // k == s // k for t, s in pairs),
    all=len(pairs),
    k_each=T * k,
    sliding=sum(t - s < k for t, s in pairs),
)
