"""Which numbers a text says, in either language."""

from collections import Counter
from decimal import Decimal

import pytest

from tools.sources import numerals


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("After 1000 steps, 1,000 steps or 1000。", ["1000", "1000", "1000"]),
        ("96.2 % and .75109, from 0.5 to 1.", ["96.2", ".75109", "0.5", "1"]),
        ("2 million, 200 万, 0.3 亿, 20 thousand", ["2e6", "2e6", "3e7", "2e4"]),
        ("5, 10 and 20 million parameters", ["5e6", "1e7", "2e7"]),
        ("从 500 万到 1000 万参数", ["5e6", "1e7"]),
        ("3.3 and 6.2 million characters", ["3.3e6", "6.2e6"]),
        ("5 and 10 minutes", ["5", "10"]),
        ("float32, h_0, W2, v2.13.0 and x1", []),
        ("（第 3.2.2 节）", ["3.2"]),
        ("50个，GRU 有10 million", ["50"]),
    ],
)
def test_the_numbers_in_digits(text, numbers):
    assert list(numerals.in_digits(text)) == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("Three gates, once and twice, of November", [3, 1, 2, 11]),
        ("twelve, fifty, a hundred", [12, 50, 100]),
        ("三个门、两次、十一月", [3, 2, 11]),
        (
            "十、二十四、一百、三百二十、两千、十万、二十万",
            [10, 24, 100, 320, 2000, 10**5, 2 * 10**5],
        ),
        ("gated often, 门", []),
    ],
)
def test_the_numbers_that_are_spelled_out(text, numbers):
    assert numerals.spelled([text]) == Counter(map(Decimal, numbers))
