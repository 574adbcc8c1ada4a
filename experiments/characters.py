"""A recurrent model of characters, trained on one pass over a text or more, with its state carried.

A text is laid out in rows that are read side by side, piece after piece; a row's state goes on from
piece to piece, in training and in every evaluation. Training is a generator that stops after each
step, so that several small nets can share a GPU; there a step is captured once and replayed.
"""

import copy
import math
from dataclasses import dataclass
from functools import cache

import torch
from torch import nn

import harness

CELLS = {"GRU": nn.GRU, "LSTM": nn.LSTM, "RNN": nn.RNN}


class CharacterModel(nn.Module):
    """Logits for the next character: (time, batch), state -> (time, batch, characters), state."""

    def __init__(self, cell, hidden_size, characters, embedding):
        super().__init__()
        self.embed = nn.Embedding(characters, embedding)
        self.rnn = CELLS[cell](embedding, hidden_size)
        self.linear = nn.Linear(hidden_size, characters)

    def forward(self, x, state=None):
        out, state = self.rnn(self.embed(x), state)
        return self.linear(out), state


def weights(cell, hidden_size, characters, embedding):
    """Return how many parameters the whole model has, without making it."""
    blocks = {"GRU": 3, "LSTM": 4, "RNN": 1}[cell]
    layer = blocks * hidden_size * (embedding + hidden_size + 2)
    return characters * embedding + layer + (hidden_size + 1) * characters


@cache
def matched(cell, parameters, characters, embedding, step):
    """Return the hidden size at which a whole model comes nearest to a number of parameters.

    It is a multiple of `step`.
    """
    return min(
        range(step, math.isqrt(parameters) + step, step),
        key=lambda size: abs(weights(cell, size, characters, embedding) - parameters),
    )


@dataclass(frozen=True)
class Net:
    """A net that is compared with others: its cell and its size."""

    cell: str
    hidden_size: int
    width: int  # the size of the net that the others of its comparison are matched to
    direction: str  # "down" if that is the GRU, "up" if it is the LSTM

    @property
    def name(self):
        return f"{self.cell} H={self.hidden_size}"


def nets(width, cells, direction, characters, embedding, step=1):
    """Return the nets of a comparison: whole models of one number of parameters.

    step: of the sizes; 4 on a GPU, whose matrix units want rows of 16 bytes.
    """
    first = "GRU" if direction == "down" else "LSTM"
    parameters = weights(first, width, characters, embedding)
    sizes = {cell: matched(cell, parameters, characters, embedding, step) for cell in cells}
    return [Net(cell, (sizes | {first: width})[cell], width, direction) for cell in cells]


def laid_out(codes, rows):
    """Return a text in rows read side by side: (characters,) -> (time, rows); the rest is cut."""
    return codes[: len(codes) // rows * rows].view(rows, -1).T.contiguous()


def held(state):
    """Return a state as a list of tensors: of a GRU one, of an LSTM two."""
    return list(state) if isinstance(state, tuple) else [state]


def bits(model, codes, settings):
    """Return a model's bits per character on a text, its state carried through each row."""
    return bits_of_each(model, codes, settings).double().mean().item()


@torch.no_grad()
def bits_of_each(model, codes, settings):
    """Return a model's bits for each character of a text but the first of each row.

    The text is laid out: (characters,) -> (time - 1, rows). Where they are no numbers any more,
    those of a guess: training that failed counts as it ended.
    """
    rows = laid_out(codes, settings["evaluation_rows"])
    found, state = [], None
    model.eval()  # cuDNN then keeps nothing for gradients
    for start in range(0, len(rows) - 1, settings["evaluation_time"]):
        piece = rows[start : start + settings["evaluation_time"] + 1].long()
        logits, state = model(piece[:-1], state)
        found.append(nn.functional.cross_entropy(logits.mT, piece[1:], reduction="none"))
    model.train()
    bits = torch.cat(found) / math.log(2)
    guess = math.log2(model.linear.out_features)
    return bits if bits.isfinite().all() else torch.full_like(bits, guess)


class Step:
    """One step of training on a piece of all rows; on a GPU captured once, then replayed."""

    def __init__(self, model, rate, settings):
        self.model, self.max_norm = model, settings["max_norm"]
        device = next(model.parameters()).device
        self.rate = torch.tensor(rate, device=device)
        on_gpu = device.type == "cuda"
        self.optimizer = torch.optim.Adam(
            model.parameters(), lr=self.rate, fused=on_gpu, capturable=on_gpu
        )
        time, rows = settings["time"], settings["batch_size"]
        self.piece = torch.zeros(time + 1, rows, dtype=torch.long, device=device)
        with torch.no_grad():
            _, state = model(self.piece[:1])
        self.state = [torch.zeros_like(each) for each in held(state)]
        self.run = self.step
        if on_gpu and settings["captured"]:
            self.run = self.captured()

    def step(self):
        """Predict the next characters of the piece, change the weights, and keep the state."""
        self.optimizer.zero_grad(set_to_none=True)
        state = tuple(self.state) if len(self.state) > 1 else self.state[0]
        logits, state = self.model(self.piece[:-1], state)
        nn.functional.cross_entropy(logits.flatten(0, 1), self.piece[1:].flatten()).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.max_norm)
        self.optimizer.step()
        with torch.no_grad():
            for own, new in zip(self.state, held(state), strict=True):
                own.copy_(new)

    def captured(self):
        """Return a function that replays a step; what capturing it needed leaves no trace."""
        rate = self.rate.clone()
        self.rate.zero_()  # the steps that warm up change no weight
        for _ in range(3):
            self.step()
        self.optimizer.zero_grad(set_to_none=True)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=torch.cuda.current_stream()):
            self.step()
        for moments in self.optimizer.state.values():
            for moment in moments.values():
                moment.zero_()
        for each in self.state:
            each.zero_()
        self.rate.copy_(rate)
        return graph.replay


def fit(model, training, validation, rate, seed, settings):
    """Train a model, one step for each value that is taken; return its row's values in the end.

    training, validation: numbers on the model's device; settings: among others `passes` over the
    training part, and `checks` of the validation part, the best of which decides what is kept. The
    rate falls to 0 along a cosine. Yields the bits of a check, and None after every other step.
    """
    rows = laid_out(training, settings["batch_size"])
    pieces = (len(rows) - 1) // settings["time"] - 1
    steps = round(settings["passes"] * pieces)
    due = {round(steps * (n + 1) / settings["checks"]) for n in range(settings["checks"])}
    generator = torch.Generator().manual_seed(harness.data_seed(seed))
    train = Step(model, rate, settings)
    curve, best, waits = [], None, []
    for step in range(steps):
        if step % pieces == 0:  # a pass begins elsewhere in each row, so that its pieces differ
            shift = int(torch.randint(settings["time"], (1,), generator=generator))
            for each in train.state:
                each.zero_()
        start = shift + step % pieces * settings["time"]
        train.piece.copy_(rows[start : start + settings["time"] + 1])
        train.rate.fill_(rate * (1 + math.cos(math.pi * step / steps)) / 2)
        train.run()
        if model.linear.weight.is_cuda and step % 10 == 0:  # not too far ahead of the GPU
            waits.append(torch.cuda.current_stream().record_event())
            if len(waits) > 2:
                waits.pop(0).synchronize()
        if step + 1 not in due:
            yield None
            continue
        curve.append(round(bits(model, validation, settings), 5))
        if curve[-1] == min(curve):
            best = copy.deepcopy(model.state_dict())
        yield curve[-1]
    model.load_state_dict(best)
    return {"curve": curve, "read": steps * settings["time"] * settings["batch_size"]}
