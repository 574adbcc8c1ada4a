"""Recipes as a reader has them: with the marked lines as they are, or with his own data there."""

import json

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
