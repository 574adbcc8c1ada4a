import io

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn
from torch._higher_order_ops.scan import scan
from torch.export import Dim


class Looped(nn.Module):
    def __init__(self):
        super().__init__()
        self.ih = nn.Linear(10, 80)
        self.hh = nn.Linear(20, 80, bias=False)
        self.norm = nn.LayerNorm(80)

    def step(self, state: tuple, x_t: Tensor) -> tuple:
        h, c = state  # (batch, 20)
        sums = self.norm(self.ih(x_t) + self.hh(h))
        i, f, g, o = sums.chunk(4, -1)
        f = f.sigmoid()
        c = f * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        return (h, c), (h.clone(), f)

    def over(self, x: Tensor) -> tuple[Tensor, Tensor]:
        h, c = x.new_zeros(2, x.shape[1], 20)
        kept = []
        for x_t in x:
            (h, c), out = self.step((h, c), x_t)
            kept.append(out)
        out, f = zip(*kept, strict=True)
        return torch.stack(out), torch.stack(f)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        out, f = self.over(x.transpose(0, 1))
        return out.transpose(0, 1), f.transpose(0, 1)


class Scanned(Looped):
    def over(self, x: Tensor) -> tuple[Tensor, Tensor]:
        z = x.new_zeros(x.shape[1], 20)
        return scan(self.step, (z, z.clone()), x)[1]


torch.manual_seed(0)
trained, model = Looped().eval(), Scanned().eval()
model.load_state_dict(trained.state_dict())
try:
    program = torch.onnx.export(
        model,
        (torch.randn(3, 5, 10),),
        dynamo=True,
        dynamic_shapes=({0: Dim.AUTO, 1: Dim.AUTO},),
        input_names=["x"],
        output_names=["out", "f"],
        verbose=False,
    )
except torch.onnx.OnnxExporterError as e:
    print(type(e).__name__)
    raise SystemExit from e
program.save(file := io.BytesIO())
session = onnxruntime.InferenceSession(file.getvalue())
for shape in (
    (1, 1, 10),
    (2, 5, 10),
    (2, 9, 10),
    (3, 200, 10),
):
    x = torch.randn(shape)
    out, f = session.run(["out", "f"], {"x": x.numpy()})
    found = torch.from_numpy(np.stack([out, f]))
    far = (found - torch.stack(trained(x))).abs().max()
    print(out.shape, f.shape, "< 1e-5:", bool(far < 1e-5))
