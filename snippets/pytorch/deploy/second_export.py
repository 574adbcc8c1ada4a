import torch
from torch import nn
from torch.export import Dim


def export(cell, sizes):
    try:
        program = torch.onnx.export(
            cell(10, 20, batch_first=True).eval(),
            (torch.randn(3, 5, 10),),
            dynamo=True,
            dynamic_shapes=(sizes,),
            verbose=False,
        )
    except Exception as error:
        start = "inferred a static "
        _, found, rest = str(error).partition(start)
        reason = found + rest.partition(" for")[0]
        return f"{type(error).__name__}: {reason}"
    steps = program.model.graph.inputs[0].shape[1]
    any_number = not isinstance(steps, int)
    return f"steps = {'*' if any_number else steps}"


torch.manual_seed(0)
names = {0: "batch", 1: "time"}
dims = {0: Dim("batch"), 1: Dim("time")}
auto = {0: Dim.AUTO, 1: Dim.AUTO}
print("LSTM auto: ", export(nn.LSTM, auto))
print("GRU  names:", export(nn.GRU, names))
print("GRU  names:", export(nn.GRU, names))
print("GRU  dims: ", export(nn.GRU, dims))
print("GRU  auto: ", export(nn.GRU, auto))
print("LSTM names:", export(nn.LSTM, names))
print("GRU  names:", export(nn.GRU, names))
