"""What needs no net on a text: how much of it stands in another, and counts of what follows."""

import numpy as np
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


def discounts(counts):
    """Return what modified Kneser-Ney takes off a count of 0, of 1, of 2, and of 3 or more.

    counts: of the n-grams of one length. With n_r for how many of them are r, D_r is
    r - (r + 1) Y n_(r+1) / n_r, where Y = n_1 / (n_1 + 2 n_2). Where n-grams are so few that this
    gives none, or one below 0, they are 0.5, 1 and 1.5.
    """
    n = np.bincount(counts.clip(max=5), minlength=6)[1:5].astype(float)
    if n.all():
        r = np.arange(1, 4)
        found = r - (r + 1) * n[0] / (n[0] + 2 * n[1]) * n[1:] / n[:3]
        if (found >= 0).all():
            return np.array([0, *found])
    return np.array([0, 0.5, 1, 1.5])


def longer(grams, text, place, length, characters):
    """Return which n-gram of a length ends at each place, and for each n-gram that of its context.

    grams: which one shorter ends at each place; 0 stands where there are too few characters.
    """
    keys = np.roll(grams, 1) * np.int64(characters) + text
    keys[place < length - 1] = -1
    keys, grams = np.unique(np.append(keys, -1), return_inverse=True)
    return grams[:-1].astype(np.int32), (keys // characters).clip(min=0)


def kneser_ney(training, parts, characters, order):
    """Return for each part the chance of each character after 0, 1, ..., `order` before it.

    training, parts: arrays of character numbers; returns arrays (order + 1, length of the part).

    It is the modified Kneser-Ney of Chen & Goodman 1999, interpolated. With h' for a context h
    without its first character, p(w | h) = (c(hw) - D_c(hw)) / c(h) + g(h) p'(w | h'), where
    g(h) = (D_1 N_1(h) + D_2 N_2(h) + D_3 N_3(h)) / c(h) is what was taken off: N_1 and N_2
    characters followed h once and twice, N_3 more often. In p, c counts n-grams; in p', which goes
    on in the same way, it counts the different characters before an n-gram. Below the shortest
    context stands 1 / characters. The first characters of a part have shorter contexts.
    """
    text, size = np.concatenate([training, *parts]), len(training)
    place = np.concatenate([np.arange(len(each), dtype=np.int32) for each in (training, *parts)])

    def mixed(counts, contexts, lower):
        taken = discounts(counts[counts > 0])[counts.clip(max=3)]
        total, off = (np.bincount(contexts, each) for each in (counts, taken))
        own = grams[size:]
        h = contexts[own]
        known = (counts[own] - taken[own] + off[h] * lower) / total[h].clip(min=1)
        return np.where(total[h] > 0, known, lower)

    found, lower = [], np.full(len(text) - size, 1 / characters)
    grams, contexts = longer(np.ones(len(text), np.int32), text, place, 1, characters)
    for length in range(1, order + 2):
        counts = np.bincount(grams[:size], minlength=len(contexts))
        counts[0] = 0
        found.append(mixed(counts, contexts, lower))
        if length > order:
            ends = np.cumsum([len(part) for part in parts])[:-1]
            return np.split(np.array(found), ends, axis=1)
        after, after_contexts = longer(grams, text, place, length + 1, characters)
        without_first = np.zeros_like(after_contexts)
        without_first[after] = grams
        seen = np.bincount(after[:size], minlength=len(after_contexts)) > 0
        seen[0] = False
        lower = mixed(np.bincount(without_first[seen], minlength=len(contexts)), contexts, lower)
        grams, contexts = after, after_contexts


def chosen(training, validation, test, characters, orders):
    """Return a row of modified Kneser-Ney, and its bits for each character of the test part.

    orders: of which the validation part chooses; training, validation, test: arrays of numbers.
    """
    held_out = kneser_ney(training, (validation, test), characters, max(orders))
    on_validation, on_test = (-np.log2(chances[:, 1:]) for chances in held_out)
    found = {order: round(float(on_validation[order].mean()), 5) for order in orders}
    order = min(found, key=found.get)
    bits = on_test[order]
    return {
        "order": order,
        "validation_by_order": [*found.values()],
        "validation_bits": found[order],
        "test_bits": round(float(bits.mean()), 5),
    }, bits


def show(orders, training, validation, test, characters, time):
    """Print the bits per character of the counts of each order, on both parts."""
    print("order  validation  test")
    for order in orders:
        both = (bits(part, training, characters, order, time) for part in (validation, test))
        print(f"{order:5}" + "".join(f"{number:9.2f}" for number in both))
