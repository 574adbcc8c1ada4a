"""gatebygate.py: one file to import, made of the snippets, does what the snippets do."""

import ast
import inspect
import sys
from types import ModuleType

import pytest

from tests.content.test_symptoms import PROBES
from tests.sources import LANGUAGES, ROOT, SITE_URL, SOURCES
from tools.running import codeblocks
from tools.sources import module, sections

FUNCTIONS = module.load(ROOT)
TEXT = module.text(ROOT, SITE_URL)
# A probe is a block of its own; the run that shows it repeats it.
RUNS = {
    f"pytorch/symptoms/{probe}.py": f"pytorch/symptoms/{run}.py" for run, probe in PROBES.items()
}
PUBLIC = {function.name for function in FUNCTIONS}


@pytest.fixture(scope="module")
def gatebygate(tmp_path_factory) -> ModuleType:
    """The file, imported as a reader does who has it in the folder of a script."""
    folder = tmp_path_factory.mktemp("module")
    (folder / module.NAME).write_text(TEXT, "utf-8")
    sys.path.insert(0, str(folder))
    try:
        import gatebygate
    finally:
        sys.path.remove(str(folder))
    return gatebygate


def run_of(snippet: str) -> str:
    """What a snippet runs below its functions."""
    tree = ast.parse((ROOT / "snippets" / snippet).read_text("utf-8"))
    tree.body = [node for node in tree.body if getattr(node, "name", "") not in PUBLIC]
    return ast.unparse(tree)


@pytest.mark.parametrize("snippet", dict.fromkeys(function.snippet for function in FUNCTIONS))
def test_a_snippet_prints_the_same_with_the_functions_of_the_file(snippet):
    snippet = RUNS.get(snippet, snippet)
    ran = codeblocks.run(f"{TEXT}\n\n{run_of(snippet)}")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == (ROOT / "snippets" / snippet).with_suffix(".out").read_text("utf-8")


def test_it_imports_torch_and_the_standard_library_alone():
    tree = ast.parse(TEXT)
    at_once = {
        name.split(".")[0]
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert at_once - sys.stdlib_module_names == {"torch"}


def test_it_offers_what_the_list_names_and_nothing_else(gatebygate):
    assert gatebygate.__all__ == [function.name for function in FUNCTIONS]
    assert {name for name, value in vars(gatebygate).items() if not name.startswith("_")
            and getattr(value, "__module__", "") == "gatebygate"} == PUBLIC  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_each_has_types_and_a_docstring_in_both_languages(function, gatebygate):
    given = getattr(gatebygate, function.name)
    english, chinese, more, url = inspect.getdoc(given).split("\n\n")
    assert english == function.line["en"] and english.endswith((".", "?")) and "\n" not in english
    assert chinese == function.line["zh"] and chinese[-1] in "。？"
    assert url.startswith(SITE_URL)
    called = [given] if inspect.isfunction(given) else [given.__init__, *(
        value for name, value in vars(given).items()
        if inspect.isfunction(value) and name != "__init__")]  # fmt: skip
    for each in called:
        signature = inspect.signature(each)
        untyped = [
            p.name for p in signature.parameters.values()
            if p.annotation is p.empty and p.default is p.empty and p.name != "self"
        ]  # fmt: skip
        assert not untyped, f"say of what type {untyped} of {each.__qualname__} are"
        assert each.__name__ == "__init__" or signature.return_annotation is not signature.empty


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_each_is_shown_where_its_docstring_leads(function, code):
    path, section = function.place.split("#")
    page = SOURCES.pages[code][f"{path}.md"]
    found = sections.sections(page)[section]
    assert f'"{function.snippet}"' in "\n".join(page.lines[found.start : found.end])
