"""The rooms of tools/: ARCHITECTURE.md says what each imports from, and none from one below it."""

import ast
import re

import pytest

from tests.sources import ROOT

TOOLS = ROOT / "tools"
MAPS = ["ARCHITECTURE.md", "ARCHITECTURE.zh.md"]
MOST_FLOORS = 6
_ROW = re.compile(r"\| `(\w+)` \| [^|]+ \|([^|\n]*)\|")


def imports() -> dict[str, set[str]]:
    """What each room imports from other rooms."""
    found: dict[str, set[str]] = {}
    for file in TOOLS.rglob("*.py"):
        room = file.relative_to(TOOLS).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        tree = ast.walk(ast.parse(file.read_text("utf-8")))
        modules = {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
        others = {name.split(".")[1] for name in modules if name.startswith("tools.")}
        found[room] = found.get(room, set()) | others - {room}
    return found


@pytest.mark.parametrize("name", MAPS)
def test_the_map_says_what_each_room_imports_from(name):
    rows = _ROW.findall((ROOT / name).read_text("utf-8"))
    every = imports()
    documented = {room: set(re.findall(r"`(\w+)`", others)) for room, others in rows}
    documented["hooks"] = every.keys() - {"hooks"}  # the map says: all
    assert documented == every
    for at, (room, _) in enumerate(rows):
        assert every[room] <= {above for above, _ in rows[:at]}, f"{room} imports from below"


def test_the_rooms_stand_on_few_floors():
    every = imports()

    def floor(room: str) -> int:
        return 1 + max(map(floor, every[room]), default=0)

    assert max(map(floor, every)) <= MOST_FLOORS


@pytest.mark.parametrize("name", MAPS)
def test_each_file_that_the_walks_name_is_there(name):
    text = (ROOT / name).read_text("utf-8")
    for path in re.findall(r"`((?:\w+/)+\w+\.py)`", text):
        folder = ROOT if path.startswith(("tests", "tools", "snippets", "experiments")) else TOOLS
        assert (folder / path).is_file(), path
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / target).is_file(), target
