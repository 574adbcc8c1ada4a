def show(exercise, **numbers):
    for name, number in numbers.items():
        print(exercise, name, number)


world, batch_size = 4, 32
show(
    "scale_out_batch",
    right=world * batch_size,
    one_process=batch_size,
    divided=batch_size // world,
)
