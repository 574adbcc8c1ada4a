"""Running and editing snippets in the copy that make serve shows, as its reader does."""

import asyncio
import http.client
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from tempfile import gettempdir

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.project import Project
from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.running import kernels
from tools.running.kernels import Fault, Kernel
from tools.theme import browser

NAMES = {code: language.name for code, language in LANGUAGES.items()}
WORDS = {code: language.text for code, language in LANGUAGES.items()}
SNIPPETS = {
    "one.py": 'import os\n\nwidth = 4\nprint("width", width)\nprint(os.listdir())\n',
    "two.py": "for n in range(3):\n    print(n)\n",
}
PAGE = """# GRU { #gru }

## One { #one }

```python title="one.py"
--8<-- "gates/gru/one.py"
```

```text title="Output"
--8<-- "gates/gru/one.out"
```

Change `width = 4` to `width = 5`, and it prints `width 5`.
{ .gg-try }

## Two { #two }

```python title="two.py"
--8<-- "gates/gru/two.py"
```

```text title="Output"
--8<-- "gates/gru/two.out"
```
"""


def with_snippets(folder: Path) -> Project:
    """A project with two snippets on its page."""
    project = Project(folder)
    for name, text in SNIPPETS.items():
        project.write(f"snippets/gates/gru/{name}", text)
    project.write("snippets/gates/gru/one.out", "width 4\n[]\n")
    project.write("snippets/gates/gru/two.out", "0\n1\n2\n")
    does = "".join(f"gates/gru/{name}:\n  en: It prints\n  zh: 打印\n" for name in SNIPPETS)
    project.write("docs/snippets.yml", does)
    for code in LANGUAGES:
        project.write(f"docs/{code}/gates/gru.md", f"---\nsection: Gates\n---\n\n{PAGE}")
    return project


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with with_snippets(tmp_path_factory.mktemp("served") / "project").serving() as served:
        yield served


class Reader:
    """Somebody on the page, in a language, who knows what the buttons are called there."""

    def __init__(self, page, code="en"):
        self.page, self.text = page, WORDS[code]

    def block(self, name="one.py"):
        return self.page.locator(".language-python.highlight", has_text=name)

    def press(self, word, name="one.py"):
        self.block(name).get_by_role("button", name=self.text[f"live_{word}"], exact=True).click()

    def write(self, text, name="one.py"):
        if not self.block(name).locator("textarea").count():
            self.press("edit", name)
        self.block(name).locator("textarea").fill(text)

    def panel(self, name="one.py"):
        label = self.text["live_ran"].format(name=name)
        return self.page.locator(".gg-kernel__panel", has=self.page.get_by_label(label))

    def printed(self, name="one.py"):
        return self.panel(name).locator("pre").all_inner_texts()

    def hears(self, word, name="one.py"):
        sentence = self.text[f"live_{word}"]
        self.panel(name).get_by_role("status").get_by_text(sentence, exact=True).wait_for()

    def runs(self, text, ending, name="one.py"):
        """Run another text, and give what it prints."""
        self.write(text, name)
        self.press("run", name)
        self.hears(ending, name)
        return "".join(self.printed(name))


@pytest.fixture
def visit(chromium, served):
    """Open the page as its reader does, in a browser of its own."""
    contexts, faults = [], []

    def visit(code="en", fragment=None, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        fragment = served.fragment if fragment is None else fragment
        page.goto(f"{served.addresses[NAMES[code]]}gates/gru/{fragment}")
        return Reader(page, code)

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def pythons(served) -> list[psutil.Process]:
    """Those that the server started, without what one starts in turn (as it begins, `uname`)."""
    return psutil.Process(served.process.pid).children()


def within(seconds: float, come_true) -> bool:
    end = time.monotonic() + seconds
    while not come_true() and time.monotonic() < end:
        time.sleep(0.05)
    return come_true()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_snippet_prints_what_the_page_shows_until_it_is_edited_and_after_a_reset(visit, code):
    reader = visit(code)
    assert "#run" not in reader.page.url
    reader.press("run")
    reader.hears("same")
    assert reader.printed() == ["width 4\n[]\n"]
    edited = reader.block().get_by_text(reader.text["live_edited"])
    assert not edited.is_visible()
    assert reader.runs("print(6 * 7)", "done") == "42\n"
    assert edited.is_visible()
    reader.press("reset")
    assert not edited.is_visible()
    assert reader.block().locator("code").text_content() == SNIPPETS["one.py"]
    reader.press("run")
    reader.hears("same")


def test_what_is_copied_is_what_is_seen(visit):
    reader = visit(permissions=["clipboard-read", "clipboard-write"])
    reader.write("print(5)\n")
    reader.block().locator("[data-md-type=copy]").click()
    copied = "navigator.clipboard.readText()"
    assert within(5, lambda: reader.page.evaluate(copied).strip() == "print(5)")


def test_names_of_one_snippet_are_not_known_to_the_next(visit):
    reader = visit()
    reader.press("run")
    reader.hears("same")
    assert "NameError: name 'width' is not defined" in reader.runs(
        "print(width)", "error", "two.py"
    )


def test_an_endless_loop_is_interrupted_and_python_restarted(visit):
    reader = visit()
    reader.write("import builtins\nbuiltins.kept = 1\nprint('begun')\nwhile True:\n    pass\n")
    reader.press("run")
    reader.panel().get_by_text("begun").wait_for()
    reader.press("interrupt")
    reader.hears("interrupted")
    assert reader.runs("print(kept)", "done") == "1\n"  # the same Python
    restart = reader.panel().get_by_role("button", name=reader.text["live_restart"])
    restart.click()
    reader.hears("restarted")
    assert "NameError" in reader.runs("print(kept)", "error")
    reader.runs("x = 1", "done")
    reader.write("while True: pass")
    reader.press("run")
    reader.hears("running")
    restart.click()  # a loop that no interrupt ends
    reader.hears("restarted")


def test_what_is_interrupted_while_python_starts_does_not_begin(visit):
    reader = visit()
    reader.press("run")
    reader.press("interrupt")
    reader.hears("interrupted")
    assert reader.printed() == [""]
    reader.press("run")
    reader.hears("same")


def test_what_prints_without_an_end_is_cut(visit):
    reader = visit()
    reader.write("while True:\n    print('x' * 99)\n")
    reader.press("run")
    reader.panel().get_by_text(reader.text["live_cut"]).wait_for()
    reader.press("interrupt")
    reader.hears("interrupted")
    assert len("".join(reader.printed())) < 2 * kernels.MOST


def test_output_is_text_and_never_a_part_of_the_page(visit):
    reader = visit()
    said = reader.runs(
        "from IPython.display import HTML, display\n"
        "print('<b>bold</b>')\ndisplay(HTML('<i>leaning</i>'))\n1 / 0\n",
        "error",
    )
    assert "<b>bold</b>\n<IPython.core.display.HTML object>\n" in said and "\x1b" not in said
    assert "File one.py:4" in said and said.rstrip().endswith("ZeroDivisionError: division by zero")
    assert reader.panel().locator("b, i").count() == 0


def test_a_plot_is_a_picture_and_a_progress_bar_one_line(visit):
    reader = visit()
    said = reader.runs(
        "from matplotlib import pyplot\nprint('1 %', end='\\r')\nprint('2 %')\n"
        "pyplot.plot([1, 2])\npyplot.show()\nprint('after')\n",
        "done",
    )
    assert said == "2 %\nafter\n"
    assert reader.panel().locator("img").evaluate("picture => picture.naturalWidth") > 100


def test_python_that_ends_by_itself_is_told_and_started_afresh(visit):
    reader = visit()
    reader.runs("import os\nos._exit(3)", "died")
    assert reader.runs("print(1)", "done") == "1\n"


def test_a_sentence_that_says_what_to_change_does_it(visit):
    reader = visit()
    reader.page.get_by_role("button", name=reader.text["live_try"]).click()
    reader.hears("done")
    assert reader.printed() == ["width 5\n[]\n"]
    assert reader.block().get_by_text(reader.text["live_edited"]).is_visible()


def test_it_is_used_without_a_mouse(visit):
    reader = visit()
    block = reader.block()
    block.get_by_role("button", name="Run").focus()
    reader.page.keyboard.press("Enter")
    reader.hears("same")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")  # Edit
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.type("for i in (1, 2):\nprint(i)\n")
    assert block.locator("textarea").input_value() == "for i in (1, 2):\n    print(i)\n    "
    reader.page.keyboard.press("Shift+Enter")
    reader.hears("done")
    assert reader.printed() == ["1\n2\n"]
    reader.page.keyboard.press("Tab")
    focused = reader.page.evaluate("document.activeElement.textContent")
    assert focused == reader.text["live_reset"]  # the text is no trap


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.proof)])
def test_nothing_moves_and_all_can_use_it_on_a_phone(visit, scheme):
    reader = visit(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = reader.page
    page.evaluate(
        """() => {
            window.moved = 0;
            new PerformanceObserver((list) => {
                for (const { hadRecentInput, value } of list.getEntries()) {
                    moved += hadRecentInput ? 0 : value;
                }
            }).observe({ type: "layout-shift", buffered: true });
        }"""
    )
    high = reader.block().bounding_box()["height"]
    reader.press("edit")
    assert abs(reader.block().bounding_box()["height"] - high) < 1
    reader.press("run")
    reader.hears("same")
    assert page.evaluate("moved") == 0
    reader.runs("1 / 0", "error")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []


def test_python_ends_with_its_page(visit, served):
    assert within(10, lambda: not pythons(served))  # those of other pages
    reader = visit()
    reader.press("run")
    reader.hears("same")
    [python] = pythons(served)
    folder = Path(python.cwd())
    reader.page.goto("about:blank")
    assert within(10, lambda: not pythons(served) and not folder.exists())


@pytest.mark.parametrize("after", [0, 50, 400])  # milliseconds
def test_a_page_that_is_left_while_python_starts_leaves_none(visit, served, after):
    assert within(10, lambda: not pythons(served))
    reader = visit()
    reader.press("run")
    reader.page.wait_for_timeout(after)
    reader.page.goto("about:blank")
    time.sleep(1)  # for one to come after all
    assert within(10, lambda: not pythons(served))


@pytest.mark.parametrize("fragment", ["", "#run=an-earlier-start"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_who_has_not_opened_the_address_in_the_terminal_is_told_to(visit, served, code, fragment):
    assert within(10, lambda: not pythons(served))
    reader = visit(code, fragment)
    reader.press("run")
    reader.hears("token")
    assert not pythons(served)
    assert served.fragment.removeprefix("#run=") not in reader.page.content()


CONNECT = """([at, token]) => new Promise((told) => {
    const socket = new WebSocket(`ws://${at}/`);
    socket.onopen = () => {
        socket.send(JSON.stringify({ token }));
        socket.send(JSON.stringify({ run: "print(1)", name: "x.py", id: 0 }));
    };
    socket.onmessage = ({ data }) => told(data);
    socket.onclose = ({ code }) => told(`closed: ${code}`);
})"""


def at(reader) -> str:
    return reader.page.evaluate("JSON.parse(document.querySelector('[data-live]').dataset.live).at")


def test_a_page_of_another_origin_starts_nothing_even_with_the_token(visit, served, tmp_path):
    assert within(10, lambda: not pythons(served))
    reader, token = visit(), served.fragment.removeprefix("#run=")
    assert "starting" in reader.page.evaluate(CONNECT, [at(reader), token])
    (tmp_path / "index.html").write_text("<title>Foreign</title>", "utf-8")
    with browser.served(tmp_path) as foreign:
        page = reader.page.context.new_page()
        page.goto(foreign)
        assert page.evaluate(CONNECT, [at(reader), token]) == "closed: 1006"
    assert len(pythons(served)) == 1


@pytest.mark.parametrize(
    "header, value, status",
    [
        (None, None, 101),
        ("Host", "evil.example", 403),
        ("Host", "evil.example:80", 403),
        ("Origin", "http://evil.example", 403),
        ("Origin", "http://localhost:8000", 403),
        ("Origin", "null", 403),
    ],
)
def test_only_the_served_site_is_answered_under_its_own_name(visit, served, header, value, status):
    here = at(visit())
    headers = {
        "Host": here,
        "Origin": served.addresses["English"].rpartition("/gate/")[0],
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x" * 22 + "==",
    }
    asked = http.client.HTTPConnection(here)
    asked.request("GET", "/", headers=headers | ({header: value} if header else {}))
    assert asked.getresponse().status == status
    asked.close()


def test_it_listens_on_this_machine_alone(visit, served):
    port = int(at(visit()).rpartition(":")[2])
    listening = [
        each.laddr
        for each in psutil.Process(served.process.pid).net_connections()
        if each.status == psutil.CONN_LISTEN
    ]
    assert ("127.0.0.1", port) in listening
    assert {address for address, _ in listening} == {"127.0.0.1"}


@pytest.mark.parametrize(
    "ending",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.proof),
        pytest.param(signal.SIGKILL, marks=pytest.mark.proof),
    ],
)
def test_everything_ends_with_the_server(tmp_path, chromium, ending):
    with with_snippets(tmp_path / "project").serving() as served:
        page = chromium.new_page()
        page.goto(f"{served.addresses['English']}gates/gru/{served.fragment}")
        reader = Reader(page)
        reader.write("import os\nprint(os.getcwd())\nwhile True: pass\n")
        reader.press("run")
        reader.panel().get_by_text(gettempdir()).wait_for()
        folder = Path("".join(reader.printed()).strip())
        assert folder.is_dir() and list(folder.iterdir()) == []
        [python] = pythons(served)
        served.process.send_signal(ending)
        assert served.process.wait(20) == (-9 if ending == signal.SIGKILL else 0)
        assert within(10, lambda: not python.is_running())
        assert ending == signal.SIGKILL or not folder.exists()
        reader.hears("away")
        reader.press("run")
        reader.hears("away")
        page.close()


def test_what_is_served_to_other_machines_has_nothing_to_run(tmp_path, chromium):
    with with_snippets(tmp_path / "project").serving("0.0.0.0") as served:
        assert served.fragment == ""
        page = chromium.new_page()
        page.goto(served.addresses["English"].replace("0.0.0.0", "127.0.0.1") + "gates/gru/")
        assert page.locator(".language-python").count() == 2
        assert page.get_by_role("button", name=WORDS["en"]["live_run"]).count() == 0
        assert "live.js" not in page.content()
        page.close()


def test_what_other_machines_can_reach_runs_nothing():
    assert kernels.start(ROOT, "0.0.0.0", 8000) is None
    assert kernels.start(ROOT, "192.168.0.2", 8000) is None


def fault() -> str:
    """Why a Python does not start; in a thread, since this one is the browser's."""

    async def begin():
        kernel = Kernel(ROOT)
        with pytest.raises(Fault) as raised:
            await kernel.start()
        await kernel.end()
        return str(raised.value)

    with ThreadPoolExecutor() as threads:
        return threads.submit(lambda: asyncio.run(begin())).result()


def test_a_package_that_is_missing_and_a_slow_start_are_told_apart(monkeypatch, caplog):
    monkeypatch.setattr(kernels, "LIMIT", 1)
    monkeypatch.setattr(
        kernels, "_OPTIONS", ["--IPKernelApp.exec_lines=import time; time.sleep(30)"]
    )
    assert fault() == "slow"
    monkeypatch.setitem(sys.modules, "ipykernel.kernelspec", None)
    assert fault() == "failed"
    assert "install requirements.txt anew" in caplog.text


TEN = [
    *("gates/gru", "gates/lstm", "gates/why", "gates/compare", "conventions/weights"),
    *("pytorch/gru-model", "pytorch/training", "pytorch/shapes", "pytorch/sequences"),
    "pytorch/errors",
]


def shown_on(path: str) -> list[tuple[str, str, str]]:
    """The snippets of a real page that show what they print: name, code, output."""
    blocks = SOURCES.get_page(f"{path}.md", "en").blocks(ROOT / "snippets")
    return [(fence.includes[0][0], code, out) for fence, code, out in blocks if out is not None]


@pytest.fixture(scope="module")
def ten_served(tmp_path_factory):
    """Ten pages, each with a snippet of the real one."""
    project = Project(tmp_path_factory.mktemp("ten") / "project")
    does = "gates/gru/one.py:\n  en: It prints\n  zh: 打印\n"
    for path in TEN:
        name, code, out = shown_on(path)[0]
        file = name.rpartition("/")[2]
        project.write(f"snippets/{path}/{file}", code)
        project.write(f"snippets/{path}/{file}".replace(".py", ".out"), out)
        does += f"{path}/{file}:\n  en: It runs\n  zh: 运行\n"
        shown = PAGE.partition("\nChange")[0].replace("gates/gru/one", f"{path}/{file[:-3]}")
        for language in LANGUAGES:
            text = f"---\nsection: {path}\n---\n\n{shown.replace('one.py', file)}"
            project.write(f"docs/{language}/{path}.md", text)
    project.write("docs/snippets.yml", does)
    project.navigation("index.md", *(f"{path}.md" for path in TEN))
    with project.serving() as served:
        yield served


@pytest.mark.proof
@pytest.mark.parametrize("path, code", zip(TEN, cycle(LANGUAGES), strict=False))
def test_a_real_snippet_is_run_edited_interrupted_restarted_and_reset(
    ten_served, chromium, path, code
):
    page = chromium.new_page()
    page.set_default_timeout(120_000)  # to import torch on a busy machine
    page.goto(f"{ten_served.addresses[NAMES[code]]}{path}/{ten_served.fragment}")
    reader, (name, text, out) = Reader(page, code), shown_on(path)[0]
    name = name.rpartition("/")[2]
    reader.press("run", name)
    reader.hears("same", name)
    assert reader.runs(f"{text}\nprint('edited')\n", "done", name) == f"{out}edited\n"
    reader.write(f"{text}\nwhile True:\n    pass\n", name)
    reader.press("run", name)
    reader.panel(name).locator("pre").get_by_text(out.split("\n")[0]).first.wait_for()
    reader.press("interrupt", name)
    reader.hears("interrupted", name)
    reader.panel(name).get_by_role("button", name=reader.text["live_restart"]).click()
    reader.hears("restarted", name)
    reader.press("reset", name)
    reader.press("run", name)
    reader.hears("same", name)
    page.close()


# Some of these set what PyTorch does by default, for the whole process.
@pytest.mark.proof
@pytest.mark.parametrize("path", ["gates/gru", "gates/family", "pytorch/sequences"])
def test_one_python_prints_what_a_page_shows_snippet_after_snippet(path):
    async def run_all():
        kernel = Kernel(ROOT)
        await kernel.start()
        for name, code, out in shown_on(path):
            said = []
            await kernel.run(
                code, name.rpartition("/")[2], lambda said=said, **what: said.append(what)
            )
            assert "".join(what.get("out", "") for what in said).rstrip() == out.rstrip(), name
        await kernel.end()

    with ThreadPoolExecutor() as threads:
        threads.submit(lambda: asyncio.run(run_all())).result()


@pytest.mark.proof
def test_what_a_snippet_sets_in_torch_is_not_set_for_the_next():
    async def run_both() -> str:
        kernel, said = Kernel(ROOT), []
        await kernel.start()
        for code in (
            "import torch\ntorch.set_printoptions(precision=1)\n"
            "torch.set_default_dtype(torch.double)",
            "import torch\nprint(torch.ones(1) / 3)",
        ):
            await kernel.run(code, "one.py", lambda **what: said.append(what))
        await kernel.end()
        return "".join(what["out"] for what in said)

    with ThreadPoolExecutor() as threads:
        assert threads.submit(lambda: asyncio.run(run_both())).result() == "tensor([0.3333])\n"
