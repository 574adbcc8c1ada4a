from math import isfinite


def through_eval(net, evaluate, seen, unseen, n=8):
    seen = [part[:n] for part in seen]
    unseen = [part[:n] for part in unseen]
    once = float(evaluate(*seen))
    twice = float(evaluate(*seen))
    new = float(evaluate(*unseen))
    if not isfinite(once + twice + new):
        raise ValueError("NaN or infinite: try first_nan")
    return net.training, once == twice, once, new
