"""Files that two languages of a built site share."""

from tools.theme import shared


def test_a_file_that_both_have_stands_once_and_pages_lead_there(tmp_path):
    for folder in ("", "zh/"):
        for name in ("site.css", "lab/lab.css"):
            file = tmp_path / f"{folder}assets/{name}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("a{color:red}", "utf-8")
        (tmp_path / f"{folder}assets/index.js").write_text(f"index('{folder}')", "utf-8")
    page, lost = tmp_path / "zh/gates/index.html", tmp_path / "zh/404.html"
    page.parent.mkdir()
    page.write_text(
        '<link href="../assets/site.css"><script src="../assets/index.js"></script>'
        '<a href="../lab/">assets/site.css</a><link href="../assets/lab/lab.css">',
        "utf-8",
    )
    lost.write_text('<link href="/gate/zh/assets/site.css">', "utf-8")
    shared.share(tmp_path, "zh/")
    assert page.read_text("utf-8") == (
        '<link href="../../assets/site.css"><script src="../assets/index.js"></script>'
        '<a href="../lab/">assets/site.css</a><link href="../../assets/lab/lab.css">'
    )
    assert lost.read_text("utf-8") == '<link href="/gate/assets/site.css">'
    left = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()}
    assert left == {
        "assets/site.css", "assets/lab/lab.css", "assets/index.js", "zh/assets/index.js",
        "zh/gates/index.html", "zh/404.html",
    }  # fmt: skip
    assert not (tmp_path / "zh/assets/lab").exists()
