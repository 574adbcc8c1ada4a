def rounds(T):
    k, count = 1, 0
    while k < T:
        k, count = 2 * k, count + 1
    return count


T = 5000
print("family_rounds right", rounds(T))
print("family_rounds loop", T)
print("family_rounds one_pair", T // 2)
print("family_rounds too_few", T.bit_length() - 1)
