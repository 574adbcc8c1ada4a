"""One file is made of the functions of many snippets: names that clash, packages that few have."""

import pytest

from tools.project.errors import UserError
from tools.sources import module

ENTRY = """\
{name}:
  snippet: {snippet}
  place: page#section
  line: {{en: Does it., zh: 做这件事。}}
  more: Takes a number.
"""
ONE = """\
import keras

# how many
LIMIT = 3


def check(value: int) -> None:
    if value > LIMIT:
        raise ValueError("too many")


def one(value: int) -> int:
    check(value)
    return keras.ops.add(value, 1)


print(one(2))
"""
TWO = """\
from math import sqrt


def check(value: float) -> None:
    assert value


class Two:
    def root(self, value: float) -> float:
        check(value)
        return sqrt(value)
"""


@pytest.fixture
def project(tmp_path):
    """A project of two snippets, and a list of the functions that are given."""

    def of(**names: str):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "snippets").mkdir(exist_ok=True)
        (tmp_path / "snippets/one.py").write_text(ONE, "utf-8")
        (tmp_path / "snippets/two.py").write_text(TWO, "utf-8")
        entries = (ENTRY.format(name=name, snippet=snippet) for name, snippet in names.items())
        (tmp_path / module.FILE).write_text("".join(entries), "utf-8")
        return tmp_path

    return of


def text(root) -> str:
    return module.text(root, "https://example.org/gate/")


def test_a_function_comes_with_what_it_needs_and_without_what_the_snippet_runs(project):
    written = text(project(one="one.py"))
    assert "# how many\n_LIMIT = 3\n" in written
    assert "def _check(value: int) -> None:\n    if value > _LIMIT:\n" in written
    assert "print" not in written and '__all__ = [\n    "one",\n]' in written


def test_a_package_that_not_everybody_has_is_imported_where_it_is_needed(project):
    written = text(project(one="one.py"))
    top, below = written.split("def _check")
    assert "import keras" not in top and "\n    import keras\n" in below


def test_the_docstring_says_it_in_both_languages_and_where_it_is_shown(project):
    names: dict = {}
    exec(text(project(Two="two.py")), names)
    assert names["Two"].__doc__.split("\n\n    ") == [
        "Does it.", "做这件事。", "Takes a number.",
        "https://example.org/gate/page/#section\n    ",
    ]  # fmt: skip
    assert names["Two"]().root(4.0) == 2


def test_two_helpers_of_one_name_do_not_meet(project):
    written = text(project(one="one.py", Two="two.py"))
    assert "def _check(value: int)" in written and "def _Two_check(value: float)" in written
    assert "        _Two_check(value)\n" in written


def test_a_project_without_a_list_gets_no_file(tmp_path):
    module.write(tmp_path, tmp_path, "https://example.org/")
    assert not (tmp_path / module.NAME).exists()


def test_a_name_that_the_snippet_does_not_define_is_refused(project):
    with pytest.raises(UserError, match=r"wants 'three', which is not here") as refused:
        text(project(three="one.py"))
    assert str(refused.value).startswith("snippets/one.py")


def test_an_entry_without_a_line_is_refused(project):
    root = project(one="one.py")
    list_ = root / module.FILE
    list_.write_text(list_.read_text("utf-8").replace("  more: Takes a number.\n", ""), "utf-8")
    with pytest.raises(UserError, match=r"'one' needs line, more, place, snippet"):
        text(root)


def test_a_variable_with_the_name_of_a_helper_is_refused(project):
    """Renaming would reach the variable, too."""
    root = project(one="one.py")
    (root / "snippets/one.py").write_text(ONE.replace("value: int) -> int", "check: int) -> int"))
    with pytest.raises(UserError, match=r"'check' is a variable of 'one' and a definition"):
        text(root)
