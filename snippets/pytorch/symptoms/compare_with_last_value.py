def compare_with_last_value(answer, y, last):
    if not answer.shape == y.shape == last.shape:
        raise ValueError("all three of one shape, (N,)")
    if y.equal(last):
        raise ValueError("y is the last value itself")
    one = (last - y).square().mean().sqrt()
    for other in y, last:
        error = (answer - other).square().mean().sqrt()
        yield round((error / one).item(), 1)
