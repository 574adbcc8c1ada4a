"""What torch gives for a GRU or an LSTM in any convention, as the site's cell.js does."""

import torch

TORCH = {"reset": "after", "update": "z", "order": {"gru": "rzn", "lstm": "ifgo"}}
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def tensor(values) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def equations(case: dict, x, h, c, ways: dict | None = None) -> dict[str, torch.Tensor]:
    """One step, from the equations; `ways` has for each place that reads h a copy of its own."""
    net, conventions = case["net"], case["conventions"]
    letters = conventions["order"][net["kind"]]
    w_i, w_h, b_i, b_h = (
        dict(zip(letters, tensor(net[name]).chunk(len(letters)), strict=True)) for name in NAMES
    )

    def seen(letter):
        return ways[letter] if ways else h

    from_x = {letter: w_i[letter] @ x + b_i[letter] for letter in letters}
    from_h = {letter: w_h[letter] @ seen(letter) + b_h[letter] for letter in letters}
    sums = {letter: from_x[letter] + from_h[letter] for letter in letters}
    told = {"fromX": from_x, "fromH": from_h, "sums": sums}
    if net["kind"] == "lstm":
        i, f, o = (torch.sigmoid(sums[letter]) for letter in "ifo")
        g = torch.tanh(sums["g"])
        new = f * c + i * g
        told |= {"i": i, "f": f, "g": g, "o": o, "c": new, "tanhC": new.tanh()}
        return told | {"h": o * new.tanh()}
    r, z = torch.sigmoid(sums["r"]), torch.sigmoid(sums["z"])
    if conventions["reset"] == "before":
        from_h["n"] = w_h["n"] @ (r * seen("n")) + b_h["n"]
        sums["n"] = from_x["n"] + from_h["n"]
    else:
        sums["n"] = from_x["n"] + r * from_h["n"]
    n = torch.tanh(sums["n"])
    if conventions["update"] == "z":
        new = (1 - z) * n + z * seen("kept")
    else:
        new = z * n + (1 - z) * seen("kept")
    return told | {"r": r, "z": z, "n": n, "h": new}


def grads(loss, of: list[tuple]) -> list[list[torch.Tensor]]:
    """The loss by each tensor of each group; zeros where it does not depend on one."""
    flat = [one for group in of for one in group]
    found = torch.autograd.grad(loss, flat, retain_graph=True, allow_unused=True)
    zeros = (torch.zeros_like(one) if g is None else g for one, g in zip(flat, found, strict=True))
    return [[next(zeros) for _ in group] for group in of]


def expected(case: dict) -> dict:
    """What torch gives for a case: its steps and, by autograd, its gradients."""
    is_lstm = case["net"]["kind"] == "lstm"
    size = len(case["ofLast"])
    xs = [tensor(x).requires_grad_() for x in case["xs"]]
    h = tensor(case["start"]["h"]).requires_grad_()
    c = tensor(case["start"].get("c", [0.0] * size)).requires_grad_()
    read, given_out, steps = [], [], []
    for x in xs:
        h, c = h.clone(), c.clone()  # what a step reads is not what the one before gave
        read.append((x, h, c))
        steps.append(equations(case, x, h, c))
        h, c = steps[-1]["h"], steps[-1].get("c", c)
        given_out.append((h, c))
    loss = h @ tensor(case["ofLast"])

    of_read, of_given = grads(loss, read), grads(loss, given_out)
    carried = of_given[-1][1 if is_lstm else 0]
    gradients = []
    for t in reversed(range(len(xs))):
        of_x, of_h, of_c = of_read[t]
        later = of_read[t + 1][2] if t + 1 < len(xs) else torch.zeros_like(of_c)
        x, h, c = (part.detach() for part in read[t])
        letters = "ifgo" if is_lstm else ("kept", "z", "r", "n")
        ways = {letter: h.clone().requires_grad_() for letter in letters}
        step = equations(case, x, h, c, ways)
        out = step["h"] @ of_given[t][0] + (step["c"] @ later if is_lstm else 0)
        ways = dict(zip(letters, torch.autograd.grad(out, list(ways.values())), strict=True))
        update, z = case["conventions"]["update"], steps[t].get("z")
        kept = steps[t]["f"] if is_lstm else z if update == "z" else 1 - z
        carried = carried * kept
        told = {"x": of_x, "h": of_h, "carried": carried}
        if is_lstm:
            told |= {"c": of_c, "after": dict(zip("hc", of_given[t], strict=True))}
            told["paths"] = {"h": ways, "c": {"f": of_c}}
        else:
            told |= {"after": {"h": of_given[t][0]}, "paths": ways}
        gradients.insert(0, told)
    return {"steps": steps, "gradients": gradients}
