"""Recipes as a reader has them: with the marked lines as they are, or with his own data there."""

import json
import re
import shutil

import recipes
from tests.sources import ROOT

START, END = "# >>>", "# <<<"
NAMES = sorted(file.stem for file in recipes.FOLDER.glob("*.py"))
# Whole scripts of the strongest baseline, for the same data.
BESIDE = ["charmodel/ngrams", "seq2seq/linear"]


def script(name: str) -> str:
    return (recipes.FOLDER / f"{name}.py").read_text("utf-8")


def marked(text: str) -> str:
    """The marked lines of a script, without the marks."""
    return text.split(START)[1].partition("\n")[2].split(END)[0]


def data(name: str) -> str:
    return marked(script(name))


def page(name: str, language: str) -> str:
    return (ROOT / f"docs/{language}/recipes/{name}.md").read_text("utf-8")


def snippet(name: str, part: str) -> str:
    """A smaller script beside the recipe's own."""
    return (recipes.FOLDER / name / f"{part}.py").read_text("utf-8")


def net(text: str) -> str:
    """The class of a script that is its net, which a smaller script beside it repeats."""
    return re.search(r"^class .*?(?=\n\n\n)", text, re.M | re.S)[0]


def rows(name: str, language: str, section: str = "changes") -> list[tuple[str, str]]:
    """The table of a section, in order: what stands in the script, and what to write."""
    table = page(name, language).partition(f"{{ #{section} }}")[2].partition("\n## ")[0]
    cells = [re.findall(r"`([^`]+)`", row) for row in re.findall(r"^\|.*`.*\|$", table, re.M)]
    return [tuple(row[-2:]) for row in cells if len(row) > 1]


def changes(name: str, language: str) -> dict[str, str]:
    return dict(rows(name, language))


def applied(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def record(name: str) -> dict:
    return json.loads(recipes.record_file(name).read_text("utf-8"))


def with_data(name: str, lines: str) -> str:
    """The script with other lines between its marks, and nothing else changed."""
    before, rest = script(name).split(START)
    head = rest.partition("\n")[0]
    return f"{before}{START}{head}\n{lines}\n{END}{rest.split(END)[1]}"


def load(folder, text: str, **constants):
    """A changed script as a module, with constants for a short run."""
    file = folder / "recipe.py"
    # What Python compiled counts as new if size and second are the same.
    shutil.rmtree(folder / "__pycache__", ignore_errors=True)
    file.write_text(text, "utf-8")
    return recipes.load_file(file, **constants)
