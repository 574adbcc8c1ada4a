"""An exercise is read as its author wrote it, and what is wrong with one is said with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from tools.sources import exercises, pages

COUNT = """\
# Page { #page }

/// exercise | How many numbers does `nn.GRU(3, 4)` learn? { #gru-count }
One layer.

> Count one block first.

- [ ] 96
    > You left out the second bias.
    > PyTorch keeps two.
- [x] 108
    > Three blocks.
- [ ] -36.5 ± 0.5
    > That is no count.

- [ ] *
    > Count one block first.

See:

```text
- [x] 1
```
///
"""


def parsed(text: str) -> pages.Page:
    return pages.parse(text, Path("page.md"))


def test_an_exercise_has_a_question_a_hint_answers_with_reasons_and_a_solution():
    page = parsed(COUNT)
    (count,) = exercises.read(page)
    assert (count.question, count.id) == (
        "How many numbers does `nn.GRU(3, 4)` learn?",
        "gru-count",
    )
    assert "".join(count.more) == "One layer." and count.hint == ["Count one block first."]
    assert [(option.answer, option.right) for option in count.options] == [
        ("96", False), ("108", True), ("-36.5 ± 0.5", False), ("*", False),
    ]  # fmt: skip
    assert count.options[0].reason == ["You left out the second bias.", "PyTorch keeps two."]
    assert count.options[2].number == (Decimal("-36.5"), Decimal("0.5"))
    assert count.solution == ["See:", "", "```text", "- [x] 1", "```"]
    assert count.asks_number and (count.line, count.end) == (3, len(page.lines))
    assert list(exercises.faults(page)) == []


def test_what_a_block_shows_is_no_exercise():
    shown = parsed(f"# Page {{ #page }}\n\n````markdown\n{COUNT}````\n")
    assert exercises.read(shown) == [] and list(exercises.faults(shown)) == []


# What an author writes instead of what, the line that is named, and how the message begins.
FAULTS = [
    (" { #gru-count }", "", 3, "this exercise has no id; add one, the same in every language"),
    ("#gru-count", "#page", 3, "the id 'page' stands twice on this page; rename one"),
    ("[x] 108", "[ ] 108", 3, "this exercise has no right answer; write - [x] before it"),
    ("[ ] 96", "[x] 96", 11, "this is the second right answer, and one is asked for"),
    ("    > Three blocks.\n", "", 11, "the answer 108 has no reason; write it below, after >"),
    ("    > Three blocks.", "    >", 11, "the answer 108 has no reason"),
    ("    > Three blocks.", "    Three blocks.", 12, "below an answer stands its reason, four"),
    ("[x] 108", "[X] 108", 11, "an answer begins with - [x] if it is right and with - [ ] if not"),
    ("[ ] 96", "[] 96", 8, "an answer begins with - [x] if it is right"),
    ("[ ] 96", "[ ] many", 8, "a number is asked for, because there is a *, and 'many' is none"),
    ("[ ] 96", "[ ] 107 ± 1", 11, "an answer above recognises 108 too; tell them apart"),
    ("- [ ] 96", "- [ ] *", 16, "* stands for every other number; put it last, and once"),
    ("- [ ] *", "- [x] *", 16, "* stands for every other number and cannot be right; name it"),
    ("See:", "See:\n\n- [ ] 5", 21, "put this answer to the others, above what follows them"),
    ("```\n///\n", "```\n", 3, "this exercise does not end; write /// on a line of its own"),
    ("```\n///\n", "```\n\n## B { #b }\n\n///\n", 3, "this exercise does not end"),
    ("```\n///\n", "```\n////\n", 24, "no exercise begins or ends like this; it begins with"),
    ("/// exercise |", "/// question |", 3, "no exercise begins or ends like this; it begins"),
    ("/// exercise |", "  /// exercise |", 3, "no exercise begins or ends like this"),
]


@pytest.mark.parametrize("old, new, line, message", FAULTS)
def test_what_is_wrong_with_an_exercise_is_said_with_its_line(old, new, line, message):
    assert old in COUNT
    found = list(exercises.faults(parsed(COUNT.replace(old, new, 1))))
    assert [each for each in found if each[0] == line and each[1].startswith(message)], found


def test_an_exercise_names_two_mistakes_beside_all_other_numbers():
    text = COUNT.replace(
        "- [ ] 96\n    > You left out the second bias.\n    > PyTorch keeps two.\n", ""
    )
    (found,) = exercises.faults(parsed(text))
    assert found[1].startswith("this exercise has 1 mistakes in numbers; name 2 that people make")


def test_an_id_stands_once_on_a_page():
    twice = parsed(COUNT + COUNT.partition("\n\n")[2])
    (found,) = exercises.faults(twice)
    assert found == (
        len(COUNT.splitlines()) + 1,
        "the id 'gru-count' stands twice on this page; rename one",
    )
