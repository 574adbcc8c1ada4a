import io

import onnxruntime
import torch
from torch import nn

onnxruntime.set_default_logger_severity(4)


def export(args, dynamo):
    program = torch.onnx.export(
        lstm,
        args,
        None if dynamo else (file := io.BytesIO()),
        dynamo=dynamo,
        input_names=["x", "h", "c"],
        verbose=False,
    )
    if dynamo:
        program.save(file := io.BytesIO())
    return onnxruntime.InferenceSession(file.getvalue())


torch.manual_seed(0)
lstm = nn.LSTM(3, 8, batch_first=True).eval()
x, z = torch.randn(2, 5, 3), torch.zeros(1, 2, 8)
h, c = torch.randn(2, 1, 2, 8)
right = lstm(x, (h, c))[0].detach()
feed = {"x": x.numpy(), "h": h.numpy(), "c": c.numpy()}
for name, example in {
    "z, z": (z, z),
    "z, z.clone()": (z, z.clone()),
}.items():
    for dynamo in True, False:
        session = export((x, example), dynamo)
        out = torch.from_numpy(session.run(None, feed)[0])
        far = (out - right).abs().max()
        shown = "< 1e-6" if far < 1e-6 else f"{far:.3f}"
        print(f"({name})  dynamo={dynamo}  {shown}")
