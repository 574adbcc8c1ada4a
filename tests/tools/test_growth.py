"""What a site costs grows as its pages do: the work of a build, its memory, and what it writes.

The work is counted in calls of functions, which no other program on the machine changes.
"""

import json
import subprocess
import sys

import pytest

from tests.project import BUILD_LIMIT, ENVIRONMENT, Project

pytestmark = pytest.mark.proof

SECTION = 20  # pages; each leads to the others of its section, and to the first one of any other
PAGES = [80, 160, 320]
LIMIT = 1.1  # times what a page more costs in the smaller site

PAGE = """\
# {title} {number} {{ #page-{number} }}

{text}

## {title} $h_t$ {{ #formula-{number} }}

Here is $h_t = z \\odot h + (1 - z) \\odot n$, and

$$
z_t = \\sigma(W_{{iz}} x_t + b_{{iz}})
$$

```python title="p{number}.py"
--8<-- "section{section}/p{number}/p{number}.py"
```

```text title="{title}"
--8<-- "section{section}/p{number}/p{number}.out"
```
"""
TEXTS = {
    "en": ("Page", "Where the gate is near one, the hidden state is kept as it was before. " * 12),
    "zh": ("页", "门接近一，隐藏状态就保留；门接近零，就写入新的内容。" * 12),
}
# Builds with every language in this process, and tells what it took.
MEASURE = """
import cProfile, json, pstats, re
from pathlib import Path
from mkdocs.__main__ import cli
from tools.project import side_by_side
side_by_side.begin = lambda name, build: build
profile = cProfile.Profile()
try:
    profile.runcall(cli, ["build", "--quiet"])
except SystemExit as end:
    assert not end.code, end.code
memory = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({"calls": pstats.Stats(profile).total_calls, "memory": memory}))
"""


def grown(project: Project, count: int) -> None:
    """Give a project so many pages in each language, in sections."""
    navigation = "  - sections:\n      - gates/gru.md\n"
    for number in range(count):
        section = number // SECTION
        if number % SECTION == 0:
            navigation += f"      - section{section}:\n"
        path = f"section{section}/p{number}"
        navigation += f"          - {path}.md\n"
        for language, (title, text) in TEXTS.items():
            head = "" if number % SECTION else f"---\nsection: {title} {section}\n---\n\n"
            page = PAGE.format(title=title, number=number, section=section, text=text)
            project.write(f"docs/{language}/{path}.md", head + page)
        project.write(f"snippets/{path}/p{number}.py", f"print({number})\n")
        project.write(f"snippets/{path}/p{number}.out", f"{number}\n")
    project.navigation("index.md")
    project.edit("mkdocs.yml", "  - index.md\n", f"  - index.md\n{navigation}")


def cost(project: Project) -> dict[str, int]:
    """Build a project, and give the calls, the kilobytes of memory and the bytes of output."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=project.folder, env=ENVIRONMENT,
        capture_output=True, text=True, timeout=BUILD_LIMIT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    site = (project.folder / "site").rglob("*")
    written = sum(file.stat().st_size for file in site if file.is_file())
    return json.loads(ran.stdout) | {"output": written}


def test_a_site_of_twice_the_pages_takes_twice_the_work_memory_and_room(tmp_path):
    costs = []
    for count in PAGES:
        project = Project(tmp_path / f"{count}")
        grown(project, count)
        costs.append(cost(project))
    for what in costs[0]:
        small, middle, large = (each[what] for each in costs)
        assert large - middle <= LIMIT * 2 * (middle - small), (what, costs)


def test_a_build_after_a_changed_sentence_takes_less_than_half_of_the_work(project):
    grown(project, PAGES[0])
    whole = cost(project)
    project.edit("docs/en/section0/p1.md", "as it was before", "as it was then")
    again = cost(project)
    assert again["calls"] < whole["calls"] / 2, (whole, again)
    assert "as it was then" in project.read("site/section0/p1/index.html")
