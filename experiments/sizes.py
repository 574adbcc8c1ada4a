"""How many parameters a net has: those of its recurrent layer, and those of the whole model."""


def count(module):
    """Return how many parameters a module has."""
    return sum(p.numel() for p in module.parameters())


def show(models):
    """Print the parameters of models by name; each has its recurrent layer under `rnn`."""
    print("net        recurrent  whole")
    for name, model in models.items():
        print(f"{name:10} {count(model.rnn):9} {count(model):6}")
