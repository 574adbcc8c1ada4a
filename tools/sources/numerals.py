"""The numbers that a text says: in digits, and those that it spells out in English or Chinese.

Digits are compared between languages; 2 million is 200 万, and 1,000 is 1000. What one language
spells out, such as "three" or 三, may be digits in the other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

_UNITS = {
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9},
    **{"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8},
}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_IN_DIGITS = re.compile(
    rf"(?<![\w.])(?P<number>{_DIGITS})"
    # "5, 10 and 20 million" are all millions; 500 万到 1000 万 says so each time
    rf"(?:(?:(?:, | to | and | or |, and )(?:{_DIGITS}))*\s*(?P<unit>{_UNIT})(?![a-z]))?"
)
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
_ONES += "fifteen sixteen seventeen eighteen nineteen twenty"
_MONTHS = "january february march april may june july august september october november december"
_WORDS = {
    **{word: number for number, word in enumerate(_ONES.split())},
    **{word: number for number, word in enumerate(_MONTHS.split(), 1)},
    **{"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80},
    **{"ninety": 90, "hundred": 100, "thousand": 1000},
    **{"first": 1, "once": 1, "second": 2, "twice": 2, "half": 2},
    **{"third": 3, "fourth": 4, "quarter": 4, "fifth": 5, "tenth": 10, "hundredth": 100},
}
_SIGNS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SPELLED = re.compile(rf"[a-z]+|[{''.join([*_SIGNS, *_POWERS])}万]+")


def in_digits(text: str) -> Iterator[Decimal]:
    """Find the numbers that a text writes in digits, in its order."""
    end = 0
    while found := _IN_DIGITS.search(text, end):
        end = found.end("number")  # the others of a list are found by themselves
        yield Decimal(found["number"].replace(",", "")) * _UNITS.get(found["unit"], 1)


def spelled(texts: Iterable[str]) -> Counter[Decimal]:
    """Count the numbers that texts spell out."""
    words = (found[0] for text in texts for found in _SPELLED.finditer(text.lower()))
    return Counter(Decimal(number) for word in words if (number := _number(word)) is not None)


def _number(word: str) -> int | None:
    if word.isascii():
        return _WORDS.get(word)
    whole, part, sign = 0, 0, 0
    for letter in word:
        if letter == "万":
            whole, part, sign = (whole + part + sign or 1) * 10**4, 0, 0
        elif letter in _POWERS:
            part, sign = part + (sign or 1) * _POWERS[letter], 0
        else:
            sign = _SIGNS[letter]
    return whole + part + sign
