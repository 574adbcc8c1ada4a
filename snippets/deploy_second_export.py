import torch
from torch import nn
from torch.export import Dim

torch.manual_seed(0)


def export(batch, time):
    gru = nn.GRU(10, 20, batch_first=True).eval()
    return torch.onnx.export(
        gru,
        (torch.randn(3, 5, 10),),
        dynamo=True,
        dynamic_shapes=({0: batch, 1: time},),
        verbose=False,
    )


for count in range(2):
    try:
        export("batch", "time")
        print(f"export {count}: done")
    except Exception as error:
        _, found, rest = str(error).partition("tracing inferred a static ")
        print(f"export {count}: {type(error).__name__}")
        print(f"  ... {found}{rest.partition('.')[0]}.")
export(Dim.AUTO, Dim.AUTO)
print("with Dim.AUTO: done")
