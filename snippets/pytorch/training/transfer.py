import torch
from torch import nn


def net(words: int, hidden: int) -> nn.ModuleDict:
    return nn.ModuleDict(
        {
            "embed": nn.Embedding(words, 8),
            "gru": nn.GRU(8, hidden, batch_first=True),
            "fc": nn.Linear(hidden, 2),
        }
    )


torch.manual_seed(0)
saved = net(words=50, hidden=16).state_dict()
model = net(words=60, hidden=16)
own = model.state_dict()
fits = {
    name: weight
    for name, weight in saved.items()
    if name in own and weight.shape == own[name].shape
}
left = model.load_state_dict(fits, strict=False)
print(len(fits), left.missing_keys)

vectors = torch.randn(60, 8)
model["embed"] = nn.Embedding.from_pretrained(vectors)
model["gru"].requires_grad_(False)
for _ in "frozen", "free":
    named = model.named_parameters()
    print([name for name, w in named if w.requires_grad])
    model.requires_grad_(True)
