"""Train a net on adding until it is done: the one way in which all experiments under the rule do.

The validation part says when that is: at the second of two checks in a row with an error below
0.01. That is when a net was first seen to be done, on so many sequences; later on its error may
rise again. The test part says what the error then is.
"""

import math
from functools import cache

import torch
from torch import nn

import adding
import harness
import sizes

SETTINGS = {
    "batch_size": 64,
    "check_every": 10,  # steps of training
    "solved_below": 0.01,  # mean square error on the validation sequences
    "in_a_row": 2,  # checks: a single one may have been lucky
    "validation_sequences": 500,
    "test_sequences": 2000,
    "max_norm": 1.0,  # the norm of the gradient is clipped to this
    "choice_seeds": [100, 101, 102, 103, 104],  # of nets that choose a rate, not compared
    "most_rates": 7,
    "seeds": list(range(10)),
    "threads": 1,
}
QUICK = {
    "time": 4,
    "limit": 10,
    "validation_sequences": 20,
    "test_sequences": 20,
    "choice_seeds": [100],
    "most_rates": 3,
    "seeds": [0],
}
# By value, what says how long a net has trained and then how far it is; a rate is chosen by it.
CHOSEN_BY = "progress"


@cache
def part(name, count, time):
    """Return the sequences of the validation or the test part, which no net is trained on."""
    seed = {"test": 10**6, "validation": 10**6 + 1}[name]
    return adding.sequences(count, time, torch.Generator().manual_seed(seed))


@torch.no_grad()
def error(model, name, settings):
    """Return a model's mean square error on a part."""
    x, y = part(name, settings[f"{name}_sequences"], settings["time"])
    return nn.functional.mse_loss(model(x), y).item()


def known(found):
    """Return an error for a row: where it is no number any more, that of a constant answer."""
    return round(found if math.isfinite(found) else adding.CONSTANT, 5)


def train(model, rate, seed, settings, tested):
    """Train a net until it is done; return its row's values, the test part's if `tested`.

    settings: among others the sequences' `time` and the `limit` of steps. A net that was not done
    by then, or whose error is no number any more, counts with the limit: it takes at least so many.
    """
    torch.set_num_threads(settings["threads"])
    model.to(harness.DEVICE)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    generator = torch.Generator().manual_seed(harness.data_seed(seed))
    below = 0
    for step in range(1, settings["limit"] + 1):
        x, y = adding.sequences(settings["batch_size"], settings["time"], generator)
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings["max_norm"])
        optimizer.step()
        if step % settings["check_every"] == 0:
            found = error(model, "validation", settings)
            below = below + 1 if found < settings["solved_below"] else 0
            if below == settings["in_a_row"] or not math.isfinite(found):
                break
    done = below == settings["in_a_row"]
    steps = step if done else settings["limit"]
    values = {
        "done": done,
        "steps": steps,
        "validation_error": known(found),
        # Fewer steps are better; of nets that were never done, the smaller error is.
        CHOSEN_BY: round(steps + min(known(found), 1.0), 5),
        "rate": rate,
        "parameters": sizes.count(model),
        "recurrent": sizes.count(model.rnn),
    }
    if tested:
        values["test_error"] = known(error(model, "test", settings))
    return values


def constant(settings):
    """Return the row of an answer that is always 1, the mean of the sums."""
    _, y = part("test", settings["test_sequences"], settings["time"])
    return {"parameters": 1, "test_error": known((y - 1).square().mean().item())}
