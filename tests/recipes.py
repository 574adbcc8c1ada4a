"""Recipes as a reader has them: with the marked lines as they are, or with his own data there."""

import json
import re

import recipes
from tests.sources import ROOT

NAMES = sorted(file.stem for file in recipes.FOLDER.glob("*.py"))
START, END = "# >>>", "# <<<"


def script(name: str) -> str:
    return (recipes.FOLDER / f"{name}.py").read_text("utf-8")


def data(name: str) -> str:
    """The marked lines, without the marks."""
    return script(name).split(START)[1].partition("\n")[2].split(END)[0]


def page(name: str, language: str) -> str:
    return (ROOT / f"docs/{language}/recipes/{name}.md").read_text("utf-8")


def snippet(name: str, part: str) -> str:
    """A smaller script beside the recipe's own."""
    return (recipes.FOLDER / name / f"{part}.py").read_text("utf-8")


def changes(name: str, language: str) -> dict[str, str]:
    """The page's table of changes: what stands in the script -> what to write."""
    table = page(name, language).partition("{ #changes }")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| .*`.* \|$", table, re.M)
    cells = [re.findall(r"`([^`]+)`", row) for row in rows]
    return {old: new for old, new in (each for each in cells if len(each) == 2)}


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
    file.write_text(text, "utf-8")
    return recipes.load_file(file, **constants)
