"""The theme's search is mended where Lunr trips over digits."""

import re

import pytest

from tools.project.errors import UserError
from tools.theme import search


def test_a_worker_is_mended(tmp_path):
    worker = tmp_path / "assets/javascripts/workers/search.0.min.js"
    worker.parent.mkdir(parents=True)
    worker.write_text("f(e=e+s+o.id)", "utf-8")
    search.mend_site(tmp_path)
    assert worker.read_text("utf-8") == 'f(e=e+s+o.id+",")'


@pytest.mark.parametrize(
    "texts, message",
    [
        ([], "0 files in"),
        (["e=e+s+o.id"] * 2, "2 files in"),
        (["e=e+s"], "at 0 places"),
        (["e=e+s+o.id;e=e+s+o.id"], "at 2 places"),
    ],
)
def test_another_theme_is_named(tmp_path, texts, message):
    folder = tmp_path / "assets/javascripts/workers"
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"search.{number}.min.js").write_text(text, "utf-8")
    with pytest.raises(UserError, match=re.escape(message)):
        search.mend_site(tmp_path)
