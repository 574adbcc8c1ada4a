"""What needs no net on a text: how much of it stands in another, and counts of what follows."""

import torch


def shared(part, training, length=100):
    """Return the share of a text, in percent, in passages that stand in another word for word.

    part, training: character numbers below 256; length: of the shortest passage that counts.
    """
    part, training = bytes(part.tolist()), bytes(training.tolist())
    seen = {training[start : start + length] for start in range(len(training) - length + 1)}
    covered = bytearray(len(part))
    for start in range(len(part) - length + 1):
        if part[start : start + length] in seen:
            covered[start : start + length] = bytes([1]) * length
    return 100 * sum(covered) / len(part)


def numbered(codes, characters, length):
    """Give each run of `length` characters in a text a number of its own, in the text's order."""
    runs = codes.unfold(0, length, 1)  # (runs, length)
    return runs @ characters ** torch.arange(length - 1, -1, -1, device=codes.device)


def look_up(keys, values, wanted):
    """Return the value of each wanted key, 0 where there is none; the keys are in order."""
    place = torch.searchsorted(keys, wanted).clamp(max=len(keys) - 1)
    return torch.where(keys[place] == wanted, values[place], 0)


def bits(codes, training, characters, order, time):
    """Return the bits per character of counts of what followed up to `order` characters.

    The counts are mixed after Witten and Bell: from p = 1 / characters on, each longer context that
    was seen makes it (count + different followers x p) / (all counts + different followers). As a
    net does, they start anew after `time` characters, and see none of those before.
    """
    length = (len(codes) - 1) // time * time
    before = torch.arange(length, device=codes.device) % time + 1  # how many characters are seen
    padded = torch.cat([codes.new_zeros(order), codes[: length + 1]])
    chance = torch.full((length,), 1 / characters, dtype=torch.float64, device=codes.device)
    for context in range(order + 1):
        seen, counts = numbered(training, characters, context + 1).unique(return_counts=True)
        contexts, followers = (seen // characters).unique_consecutive(return_counts=True)
        totals = torch.zeros_like(contexts)
        totals.index_add_(0, torch.searchsorted(contexts, seen // characters), counts)
        runs = numbered(padded, characters, context + 1)[order - context + 1 :]
        count = look_up(seen, counts, runs)
        total, different = (
            look_up(contexts, values, runs // characters) for values in (totals, followers)
        )
        known = (context <= before) & (total > 0)
        mixed = (count + different * chance) / (total + different).clamp(min=1)
        chance = torch.where(known, mixed, chance)
    return -chance.log2().mean().item()


def show(orders, training, validation, test, characters, time):
    """Print the bits per character of the counts of each order, on both parts."""
    print("order  validation  test")
    for order in orders:
        both = (bits(part, training, characters, order, time) for part in (validation, test))
        print(f"{order:5}" + "".join(f"{number:9.2f}" for number in both))
