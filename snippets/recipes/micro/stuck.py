# the update gate: 0.99 of 32768
keep = 32440
exact, wide, narrow = -1.0, -32768, -128
for _ in range(1000):
    exact = exact * keep / 32768
    wide = wide * keep >> 15
    narrow = narrow * keep >> 15
print(f"{exact = :.3f}")
print(f"{wide / 32768 = :.3f}")
print(f"{narrow / 128 = :.3f}")
