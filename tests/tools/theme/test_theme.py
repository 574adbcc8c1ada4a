"""What of other packages we patch or rest on, and which of our files does.

Each is something that could change without an error, so that only a reader would see it.
"""

import math
import re
from functools import cache
from pathlib import Path

import markdown
import material
import pytest
from mkdocs.config import load_config

from tests.sources import ROOT
from tools.project import serving
from tools.theme import styles

PACKAGES = Path(material.__file__).parent.parent
THEME = "material/templates"
BUNDLE = f"{THEME}/assets/javascripts/bundle.*.min.js"
SHEET, PALETTE = f"{THEME}/{styles.SHEET}", f"{THEME}/{styles.PALETTE}"
JUPYTER = "mkdocs_jupyter"
CODEBLOCKS = "pytest_codeblocks"

# Our file and what it says there; the file of a package and what it has to hold for that, once.
ONCE = [
    ("overrides/main.html", "split('<meta name=\"generator\"')", f"{THEME}/base.html",
     r'<meta name="generator" [^>]*>(?=\s*{% endblock %})'),
    ("overrides/assets/site.js", "nav.md-code__nav", BUNDLE, r'"nav",\{class:"md-code__nav"\}'),
    ("overrides/assets/site.js", ".md-typeset__scrollwrap", BUNDLE,
     r'"div",\{class:"md-typeset__scrollwrap"\}'),
    ("tools/project/serving.py", "_POINTS_TO_MAP", BUNDLE, serving._POINTS_TO_MAP.pattern),
]  # fmt: skip
# The same, once or more often.
SOMEWHERE = [
    ("overrides/main.html", 'rel=" alternate"', BUNDLE, r"link\[rel=alternate\]"),
    ("overrides/partials/alternate.html", "gg-switch", f"{THEME}/partials/header.html",
     '"partials/alternate.html"'),
    ("overrides/partials/copyright.html", "md-copyright", f"{THEME}/partials/footer.html",
     '"partials/copyright.html"'),
    ("mkdocs.yml", "plugins:", f"{THEME}/partials/header.html",
     '"material/search" in config.plugins'),  # which is not there
    ("tools/theme/search.py", "_THEIRS", f"{THEME}/base.html", "assets/javascripts/workers/"),
    ("tools/theme/styles.py", "RIGHT_TO_LEFT", SHEET, r"\[dir=rtl\]"),
    ("tools/theme/styles.py", "_CHOSEN", PALETTE, r"\[data-md-color-accent=pink\]"),
    ("mkdocs.yml", "alternate: true", f"{THEME}/partials/header.html", "config.extra.alternate"),
    ("mkdocs.yml", "font: false", f"{THEME}/base.html", "config.theme.font != false"),
    ("tools/hooks.py", '["toggle"]["name"]', f"{THEME}/partials/palette.html", "toggle.name"),
    ("tools/hooks.py", "canonical_url", f"{THEME}/base.html", "page.canonical_url"),
    ("tools/hooks.py", "edit_url", f"{THEME}/partials/actions.html", "page.edit_url"),
    ("tools/hooks.py", "page.render", f"{JUPYTER}/plugin.py", "page.render = new_render"),
    ("tools/running/notebooks.py", "templates_dir", f"{JUPYTER}/nbconvert2.py", "templates_dir"),
    ("tools/jupyter/mkdocs_html/conf.json", "text/html", f"{JUPYTER}/nbconvert2.py",
     "mkdocs_html"),
    ("tools/jupyter/mkdocs_md/conf.json", "text/markdown", f"{JUPYTER}/nbconvert2.py",
     "mkdocs_md"),
    ("tools/running/codeblocks.py", "plugin.extract_from_file =", f"{CODEBLOCKS}/plugin.py",
     r"in extract_from_file\(self.path\)"),
    ("tools/running/codeblocks.py", "plugin.TestBlock.runtest =", f"{CODEBLOCKS}/plugin.py",
     r"class TestBlock\(pytest.Item\):[\s\S]+def runtest\(self\)"),
    ("tools/running/codeblocks.py", "plugin.TestBlock.repr_failure =", f"{CODEBLOCKS}/plugin.py",
     r"class TestBlock\(pytest.Item\):[\s\S]+def repr_failure\(self, excinfo\)"),
    ("tools/running/codeblocks.py", "self.obj", f"{CODEBLOCKS}/plugin.py", "out.obj = block"),
    ("tools/running/codeblocks.py", "pytest-codeblocks:expected-output", f"{CODEBLOCKS}/main.py",
     "expected-output"),
]  # fmt: skip


@cache
def of_package(name: str) -> str:
    found = sorted(PACKAGES.glob(name))
    assert len(found) == 1, f"{len(found)} files are named {name}, and one was to be"
    return found[0].read_text("utf-8")


@cache
def of_theme() -> str:
    """All that the theme brings to a page."""
    folder = PACKAGES / THEME
    found = [*folder.rglob("*.html"), *folder.glob("assets/stylesheets/*.css")]
    return of_package(BUNDLE) + "".join(path.read_text("utf-8") for path in found)


@cache
def config():
    return load_config(str(ROOT / "mkdocs.yml"))


@pytest.mark.parametrize(
    "ours, says, theirs, needed, most",
    [(*row, 1) for row in ONCE] + [(*row, math.inf) for row in SOMEWHERE],
)
def test_a_package_still_has_what_our_file_rests_on(ours, says, theirs, needed, most):
    assert says in (ROOT / ours).read_text("utf-8"), f"{ours} no longer says so: take this row out"
    count = len(re.findall(needed, of_package(theirs)))
    where = f"{ours} rests on {needed!r} in {theirs}"
    assert 1 <= count <= most, f"{where}, where it stands {count} times"


OVERRIDES = [
    path
    for path in sorted((ROOT / "overrides").rglob("*"))
    if path.suffix in (".css", ".html", ".js")
]


@pytest.mark.parametrize("file", OVERRIDES, ids=lambda path: path.name)
def test_the_theme_still_has_each_name_that_our_styles_scripts_and_templates_use(file):
    text = file.read_text("utf-8")
    named = set(re.findall(r"\bmd-[a-z_-]+[a-z]", text))
    gone = {name for name in named if not re.search(rf"\b{name}(?![\w-])", of_theme())}
    assert gone == set(), f"the theme no longer has them; {file.name} rests on them"
    base = of_package(f"{THEME}/base.html")
    blocks = set(re.findall(r"{% block \w+ %}", text))
    gone = {block for block in blocks if block not in base}
    assert gone == set(), f"the theme no longer has them; {file.name} fills them"


def test_the_theme_still_has_each_feature_that_mkdocs_yml_names():
    gone = [name for name in config().theme["features"] if f'"{name}"' not in of_theme()]
    assert gone == [], "the theme no longer has them; mkdocs.yml asks for them"


# Our file, what stands in a page, and what our file finds in its HTML.
MADE = [
    ("tools/rendering/mathml.py", "A $x$.", r'<span class="arithmatex">\\\(x\\\)</span>'),
    ("tools/rendering/mathml.py", "$$\nx\n$$", r'<div class="arithmatex">\\\[\nx\n\\\]</div>'),
    ("tools/rendering/typesetting.py", "```text\nx\n```", r"<pre>.*<code>x\n</code></pre>"),
    ("tools/rendering/typesetting.py", "```python\nx\n```", r'<span class="n">x</span>'),
    ("tools/rendering/typesetting.py", "**甲：** 乙", "：</strong> 乙"),
    ("overrides/assets/site.css", "```python\nx\n```", '<div class="language-python highlight">'),
    ("overrides/assets/site.css", '```text title="x"\nx\n```', '<span class="filename">x</span><'),
    ("overrides/assets/site.css", '!!! note "x"\n    x', '<p class="admonition-title">x</p>'),
    ("overrides/assets/site.css", '??? note "x"\n    x', r"<details class=.*>\s*<summary>x<"),
    ("overrides/assets/site.css", "# x", '<a class="headerlink"'),
]


@pytest.mark.parametrize("ours, page, made", MADE)
def test_what_our_files_find_in_a_page_is_still_made_so(ours, page, made):
    theirs = [name for name in config().markdown_extensions if not name.startswith("tools.")]
    html = markdown.markdown(page, extensions=theirs, extension_configs=config().mdx_configs)
    assert re.search(made, html), f"{ours} rests on {made!r}"


def test_our_hook_comes_after_the_plugin_that_renders_notebooks():
    renderers = [each.__module__ for each in config().plugins.events["pre_page"]]
    assert renderers.index("mkdocs_jupyter.plugin") < len(renderers) - 1
    assert renderers[-1] == config().hooks["tools/hooks.py"].__name__


def test_every_block_takes_the_keyboard_and_every_formula_was_set(site):
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        others = r'<pre(?! tabindex="0" style="--lines: \d| class="gg-code" tabindex="0")[^>]*>'
        assert re.findall(others, html) == [], page
        assert 'class="arithmatex"' not in html, page
