"""An address that was published is kept, or leads on; what does neither is named."""

import pytest

from tests.sources import LANGUAGES, ROOT
from tools.checks import permalinks
from tools.project.errors import UserError
from tools.sources import redirects

KEPT = ["./", "gates/gru/", "gates/gru/#reset-gate", "zh/", "zh/gates/gru/#reset-gate"]


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    """A small project of two languages, built by hand, whose addresses are kept."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "docs/zh").mkdir()
    for file in ("mkdocs.yml", "docs/zh.yml"):
        (tmp_path / file).write_text((ROOT / file).read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)

    class Site:
        moved = tmp_path / redirects.FILE
        kept = tmp_path / permalinks.FILE

        def page(self, path: str, *ids: str) -> None:
            file = tmp_path / "site" / path / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(f'<h2 class="a" id="{each}">x</h2>' for each in ids), "utf-8")

        def remove(self, path: str) -> None:
            (tmp_path / "site" / path / "index.html").unlink()

        def compare(self, *options: str) -> tuple[int, str]:
            status = permalinks.main.main(list(options), standalone_mode=False)
            return status, "".join(capsys.readouterr())

    built = Site()
    for prefix in ("", "zh/"):
        built.page(prefix)
        built.page(f"{prefix}gates/gru/", "reset-gate")
    assert built.compare("--write") == (0, "")
    return built


def gone(line: int, address: str, old: str, new: str) -> str:
    return (
        f"tests/permalinks.txt:{line}: {address} is gone, and links to it break; give it back, or "
        f"write where it is now into docs/redirects.yml:   {old}: {new}\n"
    )


def test_every_address_of_the_site_is_kept(site):
    kept = site.kept.read_text("utf-8").splitlines()
    assert kept == sorted(kept) and set(KEPT) < set(kept)


def test_a_page_that_is_gone_is_named_with_what_to_do(site):
    site.remove("zh/gates/gru/")
    status, output = site.compare()
    assert status == 1
    assert output == gone(5, "zh/gates/gru/", "gates/gru/", "NEW/") + gone(
        6, "zh/gates/gru/#reset-gate", "gates/gru/#reset-gate", "gates/gru/#NEW"
    )


def test_a_section_that_is_gone_is_named_with_what_to_do(site):
    site.page("gates/gru/", "update-gate")
    status, output = site.compare()
    assert status == 1
    assert gone(3, "gates/gru/#reset-gate", "gates/gru/#reset-gate", "gates/gru/#NEW") in output


def test_what_is_new_is_added_and_what_is_gone_stays(site):
    site.page("gates/gru/", "update-gate")
    assert (
        "new addresses: 1; python -m tools.checks.permalinks --write keeps them\n"
        in site.compare()[1]
    )
    assert site.compare("--write")[0] == 1  # the old one is gone still
    kept = site.kept.read_text("utf-8").splitlines()
    assert {"gates/gru/#reset-gate", "gates/gru/#update-gate"} < set(kept)


def test_a_section_that_moved_leads_on_in_each_language_that_moved_it(site):
    site.moved.write_text("gates/gru/#reset-gate: gates/gru/#reset\n")
    site.page("gates/gru/", "reset")
    assert site.compare()[0] == 0  # the Chinese page has its section still
    site.page("zh/gates/gru/", "reset")
    assert site.compare()[0] == 0


def move_page(site, *ids: str) -> None:
    for prefix in ("", "zh/"):
        site.page(f"{prefix}gates/new/", *ids)
        site.remove(f"{prefix}gates/gru/")


def test_with_a_page_its_sections_move(site):
    site.moved.write_text("gates/gru/: gates/new/\n")
    move_page(site, "reset-gate")
    assert site.compare()[0] == 0


def test_a_section_that_the_new_page_lacks_needs_a_line_of_its_own(site):
    site.moved.write_text("gates/gru/: gates/new/\n")
    move_page(site, "other")
    status, output = site.compare()
    assert status == 1
    assert gone(3, "gates/gru/#reset-gate", "gates/gru/#reset-gate", "gates/new/#NEW") in output
    with site.moved.open("a") as file:
        file.write("gates/gru/#reset-gate: gates/new/#other\n")
    assert site.compare()[0] == 0


def test_a_page_may_have_become_a_section(site):
    site.moved.write_text("gates/gru/: gates/new/#gru\n")
    move_page(site, "gru")
    assert site.compare()[0] == 0


@pytest.mark.parametrize(
    "line, message",
    [
        ("gates/old/: gates/gro/", "gates/gro/ is not there; write where gates/old/ is now"),
        ("gates/old/: gates/gru/#x", "gates/gru/#x is not there; write where gates/old/ is now"),
        ("gates/gru/#old: gates/gru/#x", "gates/gru/#x is not there; write where gates/gru/#old"),
        ("gates/old/: gates/old/", "gates/old/ is not there; write where gates/old/ is now"),
        ("gates/gru/: ./", "gates/gru/ is there, so nothing needs to lead on from it; take this"),
        ("gates/gru/#reset-gate: ./", "gates/gru/#reset-gate is there, so nothing needs to lead"),
    ],
)
def test_a_redirect_that_leads_to_nothing_or_from_what_is_there_is_named(site, line, message):
    site.moved.write_text(f"# Moved\n{line}\n")
    status, output = site.compare()
    assert status == 1
    assert output.startswith(f"docs/redirects.yml:2: {message}")


def test_a_build_with_a_redirect_to_nothing_fails(project):
    project.write("docs/redirects.yml", "gates/old/: gates/gro/\n")
    ran = project.build()
    assert ran.returncode == 1 and "Traceback" not in ran.stdout
    assert "docs/redirects.yml:1: gates/gro/ is not there; write where gates/old/" in ran.stdout


def test_a_line_that_is_no_address_is_named(tmp_path):
    file = tmp_path / "permalinks.txt"
    file.write_text("gates/gru/\n<<<<<< ours\n", "utf-8")
    with pytest.raises(UserError, match=r"permalinks\.txt:2: this is no address; write one such"):
        permalinks.read(file)


def test_without_a_built_site_it_says_what_to_do(tmp_path):
    with pytest.raises(UserError, match="run make build first"):
        permalinks.of_site(tmp_path)


def test_all_languages_have_addresses_that_are_kept():
    kept = permalinks.read(ROOT / permalinks.FILE)
    for language in LANGUAGES.values():
        assert [place for place in kept if place.page == f"{language.prefix}gates/gru/"]
