def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, f"{round(number, 2):g}")


keep, letters = 0.99, 100
lost = 1 - keep
show(
    "start_left",
    right=keep**letters,
    one_letter=keep,
    first_loss=lost,
    same_loss=abs(1 - letters * lost),
)
