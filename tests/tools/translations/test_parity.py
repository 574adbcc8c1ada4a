"""What one language says otherwise than another is reported once, at the line where it stands."""

import pytest

from tests.sources import OVERVIEW
from tools.sources import pages
from tools.sources.findings import Level
from tools.translations import parity

EN, ZH = "docs/en/gates/gru.md", "docs/zh/gates/gru.md"


@pytest.fixture
def agreed(project):
    """A section that says the same numbers and formulas in both languages."""
    project.edit(EN, "$r_t$.", "$r_t$.\n\nIt opens.\n\nAfter 1000 steps, $W_{if}$ is 96.2 %.")
    project.edit(ZH, "$r_t$.", "$r_t$.\n\n它会打开。\n\n走了 1000 步，$W_{if}$ 是 96.2 %。")
    project.sync()
    return project


def found(project) -> list[str]:
    findings = parity.check(project.overview())
    assert all(finding.level is Level.BLOCKS_SYNC for finding in findings)
    return [str(finding) for finding in findings]


@pytest.mark.parametrize(
    "page, other, old, new, message",
    [
        (EN, ZH, "1000", "5000", "the number 5000 stands here where {} has the number 1000"),
        (ZH, EN, "96.2", "69.2", "the number 69.2 stands here where {} has the number 96.2"),
        (
            EN,
            ZH,
            "W_{if}",
            "W_{hf}",
            "the formula W_{{hf}} stands here where {} has the formula W_",
        ),
    ],
)
def test_what_one_language_changed_is_named_once_at_its_line(
    agreed, page, other, old, new, message
):
    agreed.edit(page, old, new)
    here, there = (pages.line_of(agreed.folder / file, "W_") for file in (page, other))
    (finding,) = found(agreed)
    assert finding.startswith(f"{page}:{here}: {message.format(f'{other}:{there}')}")
    assert finding.endswith("; make them the same")
    assert [str(f) for f in parity.contradictions(agreed.overview())] == [finding]


def test_a_number_more_is_named_at_its_line(agreed):
    agreed.edit(ZH, "它会打开。", "它会打开，分 7 步。")
    line, heading = (
        pages.line_of(agreed.folder / ZH, "7 步"),
        pages.line_of(agreed.folder / EN, "##"),
    )
    (finding,) = found(agreed)
    assert finding == (
        f"{ZH}:{line}: the number 7 stands here and not in the section 'reset-gate' of "
        f"{EN}:{heading}; put it there too, or take it out here"
    )
    assert parity.contradictions(agreed.overview()) == []  # a sentence more may wait


@pytest.mark.parametrize(
    "english, chinese",
    [
        ("for 3 gates", "三个门"),
        ("for three gates", "3 个门"),
        ("2 million", "200 万"),
        ("see `num_layers=3`", "把 `num_layers` 设为 3"),
        ("in November 2026", "2026 年 11 月"),
        ("three", "三四个"),  # what both spell out is left to a reader
    ],
)
def test_a_number_may_be_written_as_the_language_does(agreed, english, chinese):
    agreed.edit(EN, "It opens", f"It opens {english}")
    agreed.edit(ZH, "它会打开", f"它会打开，{chinese}")
    assert found(agreed) == []


def test_a_number_that_both_spell_out_elsewhere_hides_none(agreed):
    agreed.edit(EN, "It opens", "A thousand steps")
    agreed.edit(ZH, "它会打开", "一千步")
    agreed.edit(EN, "1000", "5000")
    (finding,) = found(agreed)
    assert "the number 5000 stands here where" in finding and "has the number 1000" in finding


def test_a_section_with_another_number_cannot_be_declared_the_same(agreed):
    agreed.edit(EN, "1000", "5000")
    agreed.edit(ZH, "它会打开。", "它会开。")
    ran = agreed.translations("sync", "gates/gru.md#reset-gate")
    assert ran.returncode == 1 and "the number 5000 stands here where" in ran.stderr


def test_a_line_that_was_taken_out_of_the_ledger_is_noticed_where_git_knows_it(agreed):
    agreed.commit()
    lines = agreed.read("docs/translations.lock").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith("gates/gru.md#reset-gate "))
    agreed.write("docs/translations.lock", kept)
    agreed.commit(day="2026-11-02")  # also when the loss is committed
    assert found(agreed) == [
        "docs/translations.lock:1: gates/gru.md#reset-gate was declared to say the same once, and "
        "its line is gone from here; restore it with git, or compare the languages again: "
        "python -m tools.translations sync gates/gru.md#reset-gate"
    ]
    agreed.sync("gates/gru.md#reset-gate")
    assert found(agreed) == []


def test_a_section_that_was_never_compared_is_no_loss(agreed):
    agreed.commit()
    for page in (EN, ZH):
        agreed.write(page, agreed.read(page) + "\n## More { #more }\n")
    assert found(agreed) == []


def test_what_a_plot_shows_is_compared_too(project):
    for code, alt in (
        ("en", "A line that falls to 5"),
        ("zh", "一条线，一直往下，降到 6，然后一直停在那里不动"),
    ):
        project.write(
            f"docs/{code}/evidence/run.py",
            f'# %% [markdown]\n# # Run {{ #run }}\n\n# %% alt="{alt}"\nprint(1)\n',
        )
    (finding,) = [message for message in found(project) if "run.py" in message]
    assert finding.startswith("docs/en/evidence/run.py:4: the number 5 stands here where docs/zh/")


def test_no_line_of_the_ledger_is_lost():
    assert OVERVIEW.lost == []


def test_no_number_and_no_formula_of_the_site_differs_between_its_languages():
    assert [str(finding) for finding in parity.contradictions(OVERVIEW)] == []


EXERCISE = """

/// exercise | {} $r_t$? {{ #gru-count }}
> {}

- [ ] 96
    > {}
- [x] 108
    > {}
- [ ] 84
    > {}
- [ ] *
    > {}
///
"""


@pytest.fixture
def asked(agreed):
    """The same exercise in both languages."""
    for page, words in ((EN, ["Words"] * 6), (ZH, ["文字"] * 6)):
        agreed.write(page, agreed.read(page).rstrip() + EXERCISE.format(*words))
    assert found(agreed) == []
    return agreed


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("#gru-count", "#gru-size", "the exercise gru-size stands here where {} has the exercise"),
        ("> Words\n\n", "", "the hint of gru-count stands here and not in the section"),
        (
            "108",
            "107",
            "the answer 2 of gru-count, right 107 stands here where {} has the answer 2",
        ),
        (
            "- [ ] 84\n    > Words\n",
            "",
            "the answer 4 of gru-count, wrong * stands here and not in the section 'reset-gate'",
        ),
    ],
)
def test_an_exercise_is_the_same_in_every_language(asked, old, new, message):
    asked.edit(EN, old, new)
    there = f"{ZH}:{pages.line_of(asked.folder / ZH, '108' if old == '108' else '#gru-count')}"
    assert any(message.format(there) in each for each in found(asked)), found(asked)


def test_another_answer_of_an_exercise_cannot_be_the_right_one(asked):
    text = asked.read(EN).replace("[x] 108", "[ ] 108").replace("[ ] 96", "[x] 96")
    asked.write(EN, text)
    first = f"{EN}:{pages.line_of(asked.folder / EN, '[x]')}: the answer 1 of gru-count, right 96"
    assert any(each.startswith(first) for each in found(asked)), found(asked)


def test_words_for_the_search_in_one_language_are_named_at_their_line(agreed):
    words = "search:\n  words:\n    reset-gate: drop the past\n"
    agreed.edit(EN, "section:", f"{words}section:")
    (finding,) = found(agreed)
    assert finding.startswith(f"{EN}:4: the words for the search of reset-gate stands here and not")
