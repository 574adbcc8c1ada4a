"""What a contributor may get wrong is told with file, line and what to do, never by a traceback."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.project import BUILD, ENVIRONMENT
from tools.checks.suite import check
from tools.project import files, yaml_file
from tools.project.errors import UserError
from tools.running import notebooks
from tools.translations import scaffold

GRU, ZH = "docs/en/gates/gru.md", "docs/zh.yml"
RECORD = "experiments/a.json"
DAMAGED = '{\n "seconds": 1,\n "rows": [\n  {"seed":\n'

# What is written into which file, and how the finding begins.
CASES = {
    "a record that was cut off": (
        RECORD, DAMAGED, f"{RECORD}:5: this record is damaged: Expecting value; restore it",
    ),
    "a record without its time": (
        RECORD, "{}", f"{RECORD}:1: this record does not say how many seconds it took; restore it",
    ),
    "a record without rows": (
        RECORD, '{"seconds": 1.5}', f"{RECORD}:1: this record has no rows; restore it",
    ),
    "a colon in a section's name": (
        GRU, "---\nsection: Gates: zh\n---\n\n# GRU { #gru }\n",
        f"{GRU}:2: this is no YAML: mapping values are not allowed in this context; where",
    ),
    "a colon in a description, after other lines": (
        GRU, "---\nsection: Gates\ndescription: a: b: c\n---\n\n# GRU { #gru }\n",
        f"{GRU}:3: this is no YAML: mapping values",
    ),
    "a head that does not end": (
        GRU, "---\nsection: Gates\n\n# GRU { #gru }\n",
        f"{GRU}:1: this --- begins the head of the page, and no second --- ends it; add one",
    ),
    "a head of a word alone": (
        GRU, "---\nGates\n---\n\n# GRU { #gru }\n",
        f"{GRU}:2: the head of a page holds a name and its words on each line",
    ),
    "a section's name that is no text": (
        GRU, "---\nsection: [a]\n---\n\n# GRU { #gru }\n",
        f"{GRU}:2: 'section' has ['a'] here; write a text there",
    ),
    "a search setting that is a word": (
        GRU, "---\nsection: Gates\nsearch: no\n---\n\n# GRU { #gru }\n",
        f"{GRU}:3: 'search' has False here; write its settings below it, as   exclude: true",
    ),
    "a search setting that there is not": (
        GRU, "---\nsearch:\n  boost: 2\n---\n\n# GRU { #gru }\n",
        f"{GRU}:3: the search has no setting 'boost'; it has exclude, weight, opening, words",
    ),
    "a weight for the search that is a word": (
        GRU, "---\nsearch:\n  weight: low\n---\n\n# GRU { #gru }\n",
        f"{GRU}:3: 'weight' has 'low' here; write a number such as 0.5",
    ),
    "words for the search of no section": (
        GRU, "---\nsearch:\n  words:\n    reset: r\n---\n\n# GRU { #gru }\n",
        f"{GRU}:4: no section of this page is 'reset'; it has gru",
    ),
    "a section without words for the search": (
        GRU, "---\nsearch:\n  words:\n    gru:\n---\n\n# GRU { #gru }\n",
        f"{GRU}:4: 'gru' has no words here; write some, or take the line out",
    ),
    "what to hide, not as a list": (
        GRU, "---\nhide: toc\n---\n\n# GRU { #gru }\n",
        f"{GRU}:2: 'hide' has 'toc' here; write a list there",
    ),
    "what to hide, that no page has": (
        GRU, "---\nhide: [toc, navigatoin]\n---\n\n# GRU { #gru }\n",
        f"{GRU}:2: 'hide' has 'navigatoin' here; write one of navigation, toc",
    ),
    "a formula that does not end": (
        GRU, "# GRU { #gru }\n\nThe gate $r_t and more.\n",
        f"{GRU}:3: this $ has no other one; end the formula",
    ),
    "a key that stands twice in the claims": (
        "docs/claims.yml", "a:\n  verdict: holds\n  verdict: open\n",
        "docs/claims.yml:3: 'verdict' stands twice; take one out",
    ),
    "a snippet that is not in UTF-8": (
        "snippets/gates/gru/one.py", b"a = 1\nprint('\xff')\n",
        "snippets/gates/gru/one.py:2: this file is not in UTF-8; save it as UTF-8",
    ),
    "claims that are not in UTF-8": (
        "docs/claims.yml", b"# \xff\n", "docs/claims.yml:1: this file is not in UTF-8",
    ),
    "claims with a list where a name belongs": (
        "docs/claims.yml", "a: 1\n? [b]\n: 1\n", "docs/claims.yml:2: this is no YAML: found unhash",
    ),
    "a snippet with a conflict": (
        "snippets/one.py", "a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> theirs\n",
        "snippets/one.py:2: git left a conflict here; keep what belongs and take its three marks",
    ),
    "an output with the end of a conflict": (
        "snippets/one.out", "1\n>>>>>>> theirs\n", "snippets/one.out:2: git left a conflict here",
    ),
    "claims with a conflict": (
        "docs/claims.yml", "<<<<<<< HEAD\na: 1\n", "docs/claims.yml:1: git left a conflict here",
    ),
    "a drawing that is not in UTF-8": (
        "docs/figures/x.svg", b"<svg>\xff\n", "docs/figures/x.svg:1: this file is not in UTF-8",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_damaged_source_is_named_with_its_line(project, name):
    file, content, finding = CASES[name]
    path = project.folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = [str(finding) for finding in check(project.folder)]
    assert any(each.startswith(finding) for each in found), found


# What no check can look past: the files by which everything else is found and read.
FATAL = {
    "a page that is not in UTF-8": (
        GRU, b"# GRU { #gru }\n\n\xff\n", f"{GRU}:3: this file is not in UTF-8; save it as UTF-8",
    ),
    "a page with a conflict": (
        GRU, b"# GRU { #gru }\n\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs\n",
        f"{GRU}:3: git left a conflict here; keep what belongs and take its three marks out",
    ),
    "a site's file that is empty": (
        "mkdocs.yml", b"", "mkdocs.yml:1: this file lacks docs_dir, extra, theme; restore it",
    ),
    "a language file that is no YAML": (
        ZH, b"INHERIT: ../mkdocs.yml\nsite_name: a: b\n", f"{ZH}:2: this is no YAML: mapping",
    ),
    "a language file that is not in UTF-8": (
        ZH, b"INHERIT: ../mkdocs.yml\n# \xff\n", f"{ZH}:2: this file is not in UTF-8",
    ),
    "a language file whose words are gone": (
        ZH, b"INHERIT: ../mkdocs.yml\ndocs_dir: zh\ntheme: {language: zh}\nextra: {text: }\n",
        f"{ZH}:4: this file needs the words of its language, under extra: and text:",
    ),
    "a language file that does not say its language": (
        ZH, b"INHERIT: ../mkdocs.yml\ndocs_dir: zh\n",
        f"{ZH}:1: this file is in 'en', as mkdocs.yml is; write its own code, theme: {{language:",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FATAL)
def test_a_file_that_everything_rests_on_is_named_by_each_command(project, name):
    file, content, message = FATAL[name]
    (project.folder / file).write_bytes(content)
    for command in ("tools.checks", "tools.translations"):
        ran = project.run(command, *(["status"] if "translations" in command else []))
        assert ran.returncode == 1, ran.stdout + ran.stderr
        assert ran.stderr.startswith(message) and "Traceback" not in ran.stderr


@pytest.mark.parametrize("name", ["a page that is not in UTF-8", "a language file that is no YAML"])
def test_the_build_names_it_too(project, name):
    file, content, message = FATAL[name]
    (project.folder / file).write_bytes(content)
    ran = project.build()
    assert ran.returncode == 1
    assert message in ran.stdout and "Traceback" not in ran.stdout


@pytest.mark.parametrize("entry", ["3", "section:"])
def test_what_is_no_page_in_the_navigation_is_named(project, entry):
    project.edit("mkdocs.yml", "\nnav:\n", f"\nnav:\n  - {entry}\n")
    line = project.read("mkdocs.yml").splitlines().index("nav:") + 1
    with pytest.raises(UserError, match=f"^mkdocs.yml:{line}: nav holds pages, such as index.md"):
        check(project.folder)


def test_a_language_file_may_begin_with_a_mark_of_its_encoding(project):
    (project.folder / ZH).write_bytes(b"\xef\xbb\xbf" + project.read(ZH).encode())
    assert check(project.folder) == []


def test_a_word_that_a_language_file_lacks_is_named(project):
    text = project.read(ZH)
    line = text.splitlines().index("  text:") + 1
    project.write(ZH, "".join(t for t in text.splitlines(True) if "    opening:" not in t))
    (finding,) = check(project.folder)
    assert str(finding) == (
        f"{ZH}:{line}: extra.text lacks 'opening', which mkdocs.yml has in English; add it here"
    )


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("    edit:", "    edited:", "mkdocs.yml has no 'edited' under extra.text; mend the name"),
        ("    edit: 编辑", "    edit: true", "'edit' has True here; write a text there"),
        ("看{language}版", "看{langauge}版",
         "'fallback' asks for {langauge}; it may ask for {language}"),
        ("看{language}版", "看{language版",
         "'fallback' has a brace without its other one; write {language}"),
        ("  language: 中文\n", "", "extra.language is missing; write the language's own name"),
    ],
)  # fmt: skip
def test_a_wrong_word_of_a_language_file_is_named(project, old, new, message):
    project.edit(ZH, old, new)
    found = [str(finding) for finding in check(project.folder)]
    assert any(each.startswith(f"{ZH}:") and message in each for each in found), found


def test_a_file_that_only_speaks_of_inheriting_is_no_language(project):
    project.write("docs/claims.yml", "# a language file begins with INHERIT\n")
    assert [language.code for language in project.overview().sources.languages] == ["en", "zh"]


@pytest.mark.parametrize(
    "variable, value",
    [
        ("SITE_URL", ""),
        ("SITE_URL", "foo bar"),
        ("SITE_URL", "example.org"),
        ("SITE_URL", 'https://x.example/"><script>'),
        ("SITE_URL", "ftp://x.example/"),
        ("REPO_URL", "javascript:alert(1)"),
        ("REPO_URL", "https://x.example/'a"),
    ],
)
def test_an_address_that_is_none_is_refused_by_its_name(project, variable, value):
    ran = project.build(**{variable: value})
    assert ran.returncode == 1
    ours = f"{variable} is '{value}"  # MkDocs adds a slash
    assert ours in ran.stdout or "'site_url': The URL isn't valid" in ran.stdout
    assert "Traceback" not in ran.stdout


def test_a_build_needs_no_folder_that_can_be_written(project):
    shutil.rmtree(project.folder / ".cache")
    project.write(".cache", "")  # neither a folder nor one to be
    ran = project.build()
    assert ran.returncode == 0, ran.stdout
    assert project.read(".cache") == ""


def test_a_build_that_cannot_write_says_where(project):
    project.write("site", "")
    ran = project.build()
    assert ran.returncode == 1
    assert "site" in ran.stdout and "Traceback" not in ran.stdout


@pytest.fixture
def full(monkeypatch):
    """A disk on which no file can be finished."""

    def replace(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(os, "replace", replace)


def test_what_a_full_disk_left_begun_is_taken_away(tmp_path, full):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(OSError, match="No space left"):
        files.replace(tmp_path / "a.txt", "new")
    assert [(f.name, f.read_text()) for f in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_language_that_could_not_be_laid_out_can_be_begun_again(project, full, monkeypatch):
    with pytest.raises(OSError, match="No space left"):
        scaffold.language(project.folder, "ja")
    monkeypatch.undo()
    assert scaffold.language(project.folder, "ja").is_file()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_command_tells_of_a_full_disk_in_a_line(project):
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "tools.translations", "status"], cwd=project.folder,
            stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert ran.returncode == 1
    assert "No space left on device" in ran.stderr and "Traceback" not in ran.stderr


def test_a_command_in_another_folder_says_so(project, tmp_path):
    project.remove("mkdocs.yml")
    ran = project.run("tools.checks")
    assert ran.returncode == 1
    assert ran.stderr == (
        f"{project.folder}/mkdocs.yml: No such file or directory; run this in the project's "
        "folder, or restore the file with git\n"
    )


def test_no_target_is_no_page(project):
    ran = project.run("tools.translations", "diff", "")
    assert (ran.returncode, ran.stderr) == (
        1, "name a page, such as gates/gru.md, or a section of it, such as gates/gru.md#idea\n",
    )  # fmt: skip


@pytest.mark.proof
def test_two_builds_at_once_run_a_notebook_once(project):
    log = project.folder / "log.txt"
    project.write(
        "experiments/counter.py",
        "import time\nfrom pathlib import Path\n\n\ndef count():\n    time.sleep(3)\n"
        f"    with Path({str(log)!r}).open('a') as log:\n        log.write('run ')\n",
    )
    plots = "experiments/plots.py"
    project.write(plots, "")
    for code in ("en", "zh"):
        project.write(
            f"docs/{code}/evidence/run.py",
            "# ---\n# section: E\n# ---\n\n# %% [markdown]\n# # Run { #run }\n\n# %%\n"
            "import counter\n\ncounter.count()\nprint(1)\n",
        )
    project.navigation("index.md", "gates/gru.md", "evidence/run.py")
    running = [
        subprocess.Popen(
            [sys.executable, *BUILD, "-f", file, "--site-dir", project.folder / f"site-{number}"],
            cwd=project.folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for number, file in enumerate(["docs/zh.yml"] * 2)
    ]  # fmt: skip
    for each in running:
        out, _ = each.communicate()
        assert each.returncode == 0, out.decode()
    assert log.read_text() == "run "


def test_an_error_without_a_line_names_its_file(tmp_path):
    with pytest.raises(UserError, match=r"^a\.yml:1: this is no YAML: "):
        yaml_file.parse("\x00", "a.yml")


def test_code_that_cannot_be_read_is_left_for_the_run_to_name():
    assert notebooks.imported_modules("import a\ndef\n") == set()


def test_the_key_of_a_notebooks_outputs_holds_every_pinned_version(tmp_path):
    before = notebooks.key([], tmp_path)
    (tmp_path / "requirements.txt").write_text("pytest==1.0\nno-such-package==1.0\n")
    assert notebooks.key([], tmp_path) != before
    assert any(each.startswith("pytest ") for each in notebooks.versions_of(tmp_path))
