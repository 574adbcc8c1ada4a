"""On 10^5 characters of code, where do a small Transformer and a minGRU end, beside a GRU?

As whole models they have the parameters of the GRU of 128 units in text_sizes, read the same text
as often, and are chosen and judged by the same parts. The minGRU is that of Feng et al. 2024, a GRU
whose gate and draft do not see the state: alone in the place of that GRU, and in three blocks.
"""

import copy
import math

import torch
from torch import nn

import characters
import harness
import sizes
import text_sizes

SHARED = (
    *("text", "embedding", "time", "batch_size", "max_norm", "checks", "evaluation_rows"),
    *("evaluation_time", "held_out", "most_rates", "captured", "threads", "seeds"),
)
SETTINGS = {name: text_sizes.SETTINGS[name] for name in SHARED} | {
    "characters": 10**5,
    "passes": 30,
    "width": 128,  # of the GRU that has as many parameters
    # By value. What is left open follows from the number of parameters: how wide the hidden layer
    # of a block's feed-forward part is, and how many units there are where there is no block.
    "nets": {
        "Transformer, context 64": {"context": 64, "width": 48, "blocks": 3, "heads": 4},
        "minGRU": {"width": 64, "blocks": 3},
        "Transformer, context 256": {"context": 256, "width": 48, "blocks": 3, "heads": 4},
        "minGRU alone": {},
    },
    "warm_up": 0.05,  # in this share of its steps a Transformer's rate grows
    "first_rate": 0.004,
    "choice_seeds": [100, 101],  # of nets that choose a rate and are not compared
}
QUICK = {name: value for name, value in text_sizes.QUICK.items() if name in SHARED} | {
    "characters": 3_000,
    "passes": 2,
    "width": 16,
    "nets": {
        "Transformer, context 16": {"context": 16, "width": 8, "blocks": 1, "heads": 2},
        "minGRU": {"width": 8, "blocks": 2},
        "minGRU alone": {},
    },
    "choice_seeds": [100],
    "most_rates": 3,
}
# Characters a second: in training, all that a run reads counted, and in an evaluation.
PACE = {"training": 30_000, "evaluation": 65_000}


class Transformer(nn.Module):
    """Logits for the next character: (time, batch), state -> (time, batch, characters), state.

    A character is seen with at most `context` - 1 before it. The state is the text before, half a
    context of it, so that in an evaluation each character but the first has that much at least.
    """

    def __init__(self, context, width, blocks, heads, characters, hidden):
        super().__init__()
        self.context = context
        self.embed = nn.Embedding(characters, width)
        self.place = nn.Embedding(context, width)
        block = nn.TransformerEncoderLayer(
            width, heads, hidden, dropout=0.0, activation="gelu", norm_first=True
        )
        self.blocks = nn.TransformerEncoder(
            block, blocks, nn.LayerNorm(width), enable_nested_tensor=False
        )
        self.linear = nn.Linear(width, characters)

    def forward(self, x, state=None):
        seen = x if state is None else torch.cat([state, x])
        mask = nn.Transformer.generate_square_subsequent_mask(len(seen), device=x.device)
        out = self.embed(seen) + self.place.weight[: len(seen), None]
        out = self.blocks(out, mask=mask, is_causal=True)
        return self.linear(out[-len(x) :]), seen[-(self.context // 2) :]


class MinGRU(nn.Module):
    """The layer of Feng et al. 2024: h = (1 - z) h + z g(W x) with z = sigmoid(V x).

    Takes and returns what nn.GRU does. Its g keeps the draft positive, as their version in the
    space of logarithms needs it; step by step is as fast on a CPU.
    """

    def __init__(self, inputs, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.linear = nn.Linear(inputs, 2 * hidden_size)

    def forward(self, x, state=None):
        z, draft = self.linear(x).chunk(2, -1)
        z, draft = z.sigmoid(), torch.where(draft >= 0, draft + 0.5, draft.sigmoid())
        h = x.new_zeros(x.shape[1], self.hidden_size) if state is None else state[0]
        states = []
        for z_now, draft_now in zip(z, draft, strict=True):
            h = torch.lerp(h, draft_now, z_now)
            states.append(h)
        return torch.stack(states), h[None]


class Alone(characters.CharacterModel):
    """The model of the GRU with a minGRU in its place."""

    def __init__(self, characters, embedding, hidden):
        super().__init__("GRU", 1, characters, embedding)
        self.rnn = MinGRU(embedding, hidden)
        self.linear = nn.Linear(hidden, characters)


class Block(nn.Module):
    """A minGRU and a feed-forward part, each with a way past it, as in a Transformer."""

    def __init__(self, width, hidden):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.rnn = MinGRU(width, width)
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width)
        )

    def forward(self, x, state):
        out, state = self.rnn(self.norm(x), state)
        x = x + out
        return x + self.feed_forward(x), state


class Blocks(nn.Module):
    """Logits for the next character, as characters.CharacterModel gives them."""

    def __init__(self, width, blocks, characters, hidden):
        super().__init__()
        self.embed = nn.Embedding(characters, width)
        self.blocks = nn.ModuleList(Block(width, hidden) for _ in range(blocks))
        self.norm = nn.LayerNorm(width)
        self.linear = nn.Linear(width, characters)

    def forward(self, x, state=None):
        x, states = self.embed(x), []
        for n, block in enumerate(self.blocks):
            x, last = block(x, None if state is None else state[n : n + 1])
            states.append(last)
        return self.linear(self.norm(x)), torch.cat(states)


def make(shape, known, embedding, hidden):
    """Return a model of some shape, in which `hidden` is what its parameters leave open."""
    if "context" in shape:
        return Transformer(**shape, characters=known, hidden=hidden)
    if "blocks" in shape:
        return Blocks(**shape, characters=known, hidden=hidden)
    return Alone(known, embedding, hidden)


def fit(model, training, validation, rate, seed, settings):
    """Train a Transformer on windows from anywhere in a text; return its row's values in the end.

    As characters.fit, but that the rate grows at first, since Transformers need that.
    """
    context = model.context
    generator = torch.Generator().manual_seed(harness.data_seed(seed))
    rows = settings["time"] * settings["batch_size"] // context
    steps = round(settings["passes"] * len(training) / (rows * context))
    due = {round(steps * (n + 1) / settings["checks"]) for n in range(settings["checks"])}
    warm_up = settings["warm_up"] * steps
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / warm_up) * (1 + math.cos(math.pi * step / steps)) / 2,
    )
    curve = []
    for step in range(steps):
        starts = torch.randint(len(training) - context, (rows,), generator=generator)
        window = training[starts + torch.arange(context + 1)[:, None]].long()
        optimizer.zero_grad()
        logits, _ = model(window[:-1])
        nn.functional.cross_entropy(logits.flatten(0, 1), window[1:].flatten()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        schedule.step()
        if step + 1 in due:
            curve.append(round(characters.bits(model, validation, settings), 5))
            if curve[-1] == min(curve):
                best = copy.deepcopy(model.state_dict())
    model.load_state_dict(best)
    return {"curve": curve, "read": steps * rows * context}


def train(name, rate, seed, tested, settings):
    """Return a net's row; its test bits too where the run chooses nothing."""
    torch.set_num_threads(settings["threads"])
    (training, validation, test), known, text_hash = text_sizes.parts(
        settings["text"], settings["held_out"]
    )
    training, shape = training[: settings["characters"]], settings["nets"][name]
    model = net(shape, known, settings, seed)
    if "context" in shape:
        settings = settings | {"evaluation_time": shape["context"] // 2}
        values = fit(model, training, validation, rate, seed, settings)
    else:
        values = text_sizes.last(characters.fit(model, training, validation, rate, seed, settings))
    values |= {
        "text": text_hash,
        "parameters": sizes.count(model),
        "recurrent": sum(sizes.count(m) for m in model.modules() if isinstance(m, MinGRU)),
        "rate": rate,
        "validation_bits": min(values["curve"]),
    }
    if tested:
        values |= text_sizes.tested_on(model, test, settings)
    return values


def net(shape, known, settings, seed):
    """Return a model of some shape with as many parameters as the GRU."""
    embedding = settings["embedding"]
    parameters = characters.weights("GRU", settings["width"], known, embedding)
    hidden = sizes.matched(lambda size: make(shape, known, embedding, size), parameters)
    torch.manual_seed(seed)
    return make(shape, known, embedding, hidden)


def make_runs(settings, rows):
    """Return the runs that can be done, given the rows: (model, seed, function), by value."""
    return harness.each_tuned(rows, settings["nets"], settings, train, "validation_bits")


def forecast(settings):
    """Return for each net about how many seconds it takes."""
    runs = harness.choice_runs(settings["choice_seeds"]) + len(settings["seeds"])
    read = settings["passes"] * settings["characters"]
    looked_at = settings["checks"] * settings["held_out"]
    each = read / PACE["training"] + looked_at / PACE["evaluation"]
    return [(name, runs * each) for name in settings["nets"]]


def main(argv=None):
    """Run the experiment with the harness's options."""
    settings = text_sizes.of_text(SETTINGS)
    harness.main(__file__, settings, QUICK, make_runs, argv, forecast=forecast)


if __name__ == "__main__":
    main()
