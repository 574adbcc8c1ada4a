def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, number)


def rounds(T):
    k, count = 1, 0
    while k < T:
        k, count = 2 * k, count + 1
    return count


T = 5000
show(
    "family_rounds",
    right=rounds(T),
    step_by_step=T,
    one_pair=T // 2,
    too_few=rounds(T) - 1,
)
