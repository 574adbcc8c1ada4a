import torch


def how_far_weights_move(net, step):
    before = [w.detach().clone() for w in net.parameters()]
    step()
    pairs = zip(net.parameters(), before, strict=True)
    moves = [
        (w.detach() - old).norm() / old.norm()
        for w, old in pairs
        if old.any()
    ]
    low, high = torch.stack(moves).aminmax()
    return f"{low:.0e} {high:.0e}"
