"""Exercises answer back: to a number, to a choice, to the keyboard, on paper, without scripts."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.theme import browser

PAGE = "gates/gru/"
LOADED = """() => performance.getEntriesByType("resource").some(
    ({ name }) => name.endsWith("exercises.js"))"""
FINGER = 44  # pixels, as high as a fingertip
BLOCKED = """() => {
    for (const name of ["getItem", "setItem", "removeItem"]) {
        const own = Storage.prototype[name];
        Storage.prototype[name] = function (key, ...rest) {
            if (key === "gate-by-gate.done") throw new DOMException("blocked", "SecurityError");
            return own.call(this, key, ...rest);
        };
    }
}"""


@pytest.fixture
def open_exercises(open_page, address):
    """Open a page at its exercises, with the script that judges them."""

    def opened(path: str = PAGE, **options):
        page = open_page(path, **options)
        if options.get("java_script_enabled", True):
            browser.lay_out(page)
            page.locator(".gg-exercise").first.scroll_into_view_if_needed()
            page.wait_for_function(LOADED)
            page.evaluate(
                "address => import(address).then(() => {})", f"{address}assets/exercises.js"
            )
        return page

    return opened


def answer(page, number: str, exercise: str = "#gru-count"):
    """Type a number and press Enter; the answers of that exercise that can be seen then."""
    field = page.locator(f"{exercise} input")
    field.fill(number)
    field.press("Enter")
    return page.locator(f"{exercise} .gg-option").filter(visible=True)


def solved(page, exercise: str = "#gru-count") -> bool:
    return page.locator(f"{exercise} .gg-solved").is_visible()


@pytest.mark.parametrize(
    "prefix, locale, right, wrong, retry",
    [
        ("", "en", "Right.", "Wrong.", "Write a number"),
        ("zh/", "zh", "对。", "不对。", "请填一个数"),
    ],
)
def test_a_number_is_judged_and_a_usual_mistake_recognised(
    open_exercises, prefix, locale, right, wrong, retry
):
    page = open_exercises(prefix + PAGE, locale=locale)
    told = page.locator("#gru-count [role=status]")
    assert answer(page, "?").count() == 0
    assert told.inner_text().startswith(retry) and told.bounding_box()["height"] > 10
    for number, known, verdict in (
        ("９６", "96", wrong), ("1，000", None, wrong), ("108", "108", right),
    ):  # fmt: skip
        assert not solved(page)
        (shown,) = answer(page, number).all()
        assert shown.get_attribute("data-number") == known
        assert shown.locator("p").inner_text().startswith(verdict)
        assert shown.locator("p").inner_text() in told.text_content()
    assert solved(page)
    page.locator("#gru-count .gg-answers > summary").click()
    assert page.locator("#gru-count .gg-option").filter(visible=True).count() == 5


@pytest.mark.parametrize(
    "prefix, typed, said",
    [
        ("", "1，000", "Any other number: “1，000”, read as 1000 or 1"),
        ("", "-2/3", "Any other number: “-2/3”, read as −0.666666666667"),
        ("zh/", "1，000", "其他数：你填的“1，000”，读作 1000 或 1"),
    ],
)
def test_an_answer_to_any_other_number_says_how_it_was_read(open_exercises, prefix, typed, said):
    page = open_exercises(prefix + PAGE, locale=prefix[:2] or "en")
    summary = page.locator("#gru-count .gg-option > summary").last
    others = summary.text_content()
    (shown,) = answer(page, typed).all()
    assert shown.locator("summary").inner_text() == said
    assert said in page.locator("#gru-count [role=status]").text_content()
    answer(page, "108")
    assert summary.text_content() == others


@pytest.mark.parametrize(
    "prefix, one, every",
    [("", "Your answer", "All the answers"), ("zh/", "你填的答案", "看全部答案")],
)
def test_the_fold_of_the_answers_is_named_by_what_it_shows(open_exercises, prefix, one, every):
    page = open_exercises(prefix + PAGE)
    fold = page.locator("#gru-count .gg-answers > summary")
    assert fold.inner_text() == every
    assert answer(page, "96").count() == 1
    assert fold.inner_text() == one
    fold.click()
    assert page.locator("#gru-count .gg-option").filter(visible=True).count() == 5
    assert fold.inner_text() == every


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_who_clears_the_field_clears_the_verdict(open_exercises, prefix):
    page = open_exercises(prefix + PAGE)
    told = page.locator("#gru-count [role=status]")
    for typed in ("96", "7", "?"):
        answer(page, typed)
        assert told.text_content()
        page.locator("#gru-count input").fill(" ")
        assert told.text_content() == ""
        assert page.locator("#gru-count details[open]").count() == 0
        assert page.locator("#gru-count input").get_attribute("aria-invalid") is None
    answer(page, "96")
    assert answer(page, "?").count() == 0  # nor does what is no number leave the last verdict


# What is typed, and what it may mean.
READINGS = {
    "108": [108], " 108 ": [108], "１０８": [108], "108。": [108], "=108": [108], "108 个": [108],
    "108 numbers": [108], "+108": [108], "-0.475": [-0.475], "−0.475": [-0.475],
    "－０．４７５": [-0.475], "15，040": [15040, 15.04], "15、040": [15040, 15.04],
    "0,175": [0.175], "0，175": [0.175], ".5": [0.5], "15 040": [15040], "15\u202f040": [15040],
    "15'040": [15040], "15,040": [15040, 15.04],
    "15.040": [15040, 15.04], "1,234,567": [1234567], "1.234,5": [1234.5], "1,234.5": [1234.5],
    "1.5万": [15000], "1.5e4": [15000], "64%": [64, 0.64], "3/4": [0.75], "0。175": [0.175],
    "": [], "many": [], "1,2,3": [], "1.2.3": [], "1..2": [], "12,34.5": [], "--1": [], "1-2": [],
}  # fmt: skip
READ = "async ([address, text]) => (await import(address)).readings(text)"


def test_a_number_may_be_typed_in_many_ways(open_page, address):
    page = open_page(PAGE)
    script = f"{address}assets/exercises.js"
    found = {text: page.evaluate(READ, [script, text]) for text in READINGS}
    assert found == {text: pytest.approx(numbers) for text, numbers in READINGS.items()}


WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,.-"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    number=st.decimals(-(10**7), 10**7, places=3),
    grouping=st.sampled_from(["", ",", " ", "'", "，"]),
    decimal=st.sampled_from([".", "．", "。"]),
    wide=st.booleans(),
)
def test_a_number_is_read_however_it_is_written(reads, number, grouping, decimal, wide):
    whole, part = f"{number:,}".split(".")
    text = whole.replace(",", grouping) + decimal + part
    assert float(number) in reads(text.translate(WIDE) if wide else text), text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(number=st.decimals(0, 10**4, places=2))
def test_a_decimal_comma_is_read(reads, number):
    assert float(number) in reads(str(Decimal(number)).replace(".", ","))


@pytest.fixture
def reads(open_page, address):
    page = open_page(PAGE)
    return lambda text: page.evaluate(READ, [f"{address}assets/exercises.js", text])


def test_a_choice_answers_to_the_keyboard_and_another_one_shuts_it(open_exercises):
    page = open_exercises()
    options = page.locator("#gru-reset-keeps .gg-option")
    told = page.locator("#gru-reset-keeps [role=status]")
    options.nth(0).locator("summary").focus()
    page.keyboard.press("Enter")
    assert options.nth(0).locator("p").is_visible()
    assert not solved(page, "#gru-reset-keeps")
    page.keyboard.press("Tab")  # to a definition in the reason, or on to the next answer
    right = page.locator("#gru-reset-keeps .gg-option[data-right]")
    right.locator("summary").focus()
    page.keyboard.press("Space")
    page.wait_for_function("e => e.textContent.includes('Right.')", arg=told.element_handle())
    assert right.locator("p").is_visible() and not options.nth(0).locator("p").is_visible()
    assert solved(page, "#gru-reset-keeps")
    mark = "e => getComputedStyle(e, '::before').content"
    assert right.locator("summary").evaluate(mark) == '"✓"'


def test_to_look_an_answer_up_solves_nothing(open_exercises):
    page = open_exercises()
    page.locator("#gru-count .gg-answers > summary").click()
    page.locator("#gru-count [data-right] > summary").click()
    assert page.locator("#gru-count [data-right] p").is_visible()
    assert not solved(page)
    page.emulate_media(media="print")  # the theme opens what is folded
    page.emulate_media(media="screen")
    assert page.locator(".gg-solved").filter(visible=True).count() == 0


def test_what_is_solved_is_remembered_in_every_language_until_it_is_forgotten(open_exercises):
    page = open_exercises()
    answer(page, "108")
    page.evaluate(
        "localStorage['gate-by-gate.done'] = JSON.stringify(['gone', 7, 'exercise/gru-count'])"
    )
    page.goto(page.url.replace("/gate/", "/gate/zh/"))
    page.locator(".gg-exercise").first.scroll_into_view_if_needed()
    page.locator("#gru-count .gg-solved").wait_for()
    assert page.locator(".gg-solved").filter(visible=True).count() == 1
    page.locator("#gru-count .gg-solved button").click()
    assert not solved(page)
    assert page.evaluate("localStorage['gate-by-gate.done']") == '["gone",7]'


def test_what_somebody_else_stored_does_no_harm(open_exercises):
    page = open_exercises()
    for stored in ("{", '"x"', "null", "12"):
        page.evaluate("text => { localStorage['gate-by-gate.done'] = text; }", stored)
        answer(page, "108")
        assert solved(page)
        page.locator("#gru-count .gg-solved button").click()


def test_where_storage_is_blocked_an_exercise_still_answers(open_exercises):
    page = open_exercises()
    page.evaluate(BLOCKED)
    (shown,) = answer(page, "108").all()
    assert shown.get_attribute("data-number") == "108" and solved(page)


@pytest.mark.parametrize("prefix, wrong", [("", "Wrong."), ("zh/", "不对。")])
def test_without_scripts_each_answer_tells_its_reason(open_exercises, prefix, wrong):
    page = open_exercises(prefix + PAGE, java_script_enabled=False)
    assert not page.locator(".gg-field, .gg-solved").filter(visible=True).count()
    page.locator("#gru-count .gg-answers > summary").click()
    for number in ("96", "144"):
        page.locator(f'#gru-count [data-number="{number}"] > summary').click()
        (open_one,) = page.locator("#gru-count .gg-option[open]").all()
        assert open_one.locator("p").inner_text().startswith(wrong)


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_every_reason_can_be_read_and_no_field_stands(open_exercises, scripts):
    page = open_exercises(java_script_enabled=scripts)
    if scripts:
        answer(page, "96")
    page.emulate_media(media="print")
    reasons = page.locator(".gg-exercise :is(.gg-option, .gg-hint, .gg-solution) > p")
    assert reasons.count() > 20
    assert [each.inner_text() for each in reasons.all() if not each.bounding_box()["height"]] == []
    assert page.locator(".gg-field, .gg-solved").filter(visible=True).count() == 0


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_at_every_width_an_exercise_fits_and_a_finger_meets_its_parts(open_exercises, prefix):
    page = open_exercises(prefix + PAGE, viewport={"width": 320, "height": 800}, has_touch=True)
    answer(page, "108")
    page.locator("#gru-reset-keeps .gg-option > summary").first.tap()
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        parts = page.locator(".gg-exercise :is(summary, input, button)").filter(visible=True)
        sizes = parts.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert len(sizes) > 20 and min(sizes) >= FINGER - 0.5
        cut = ".gg-exercise summary, .gg-exercise, .gg-field"
        over = page.locator(cut).evaluate_all(
            "all => all.filter(e => e.scrollWidth > e.clientWidth + 1)"
        )
        assert over == []


@pytest.mark.parametrize("prefix, scheme", [("", "light"), ("", "dark"), ("zh/", "light")])
def test_an_answered_exercise_can_be_used_by_everyone(open_exercises, prefix, scheme):
    page = open_exercises(prefix + PAGE, color_scheme=scheme)
    answer(page, "108")
    answer(page, "?", "#gru-one-step")
    for folded in page.locator(".gg-exercise > .gg-option:first-of-type > summary").all():
        folded.click()
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    found = Axe().run(page, context=".gg-exercise", options={"resultTypes": ["violations"]})
    assert found.response["violations"] == []


def test_only_a_page_with_exercises_asks_for_their_script_and_only_near_one(open_page):
    loaded = "performance.getEntriesByType('resource').map(e => e.name).join()"
    for path in ("glossary/", PAGE):
        page = open_page(path, viewport={"width": 1280, "height": 800})
        page.wait_for_timeout(300)
        assert "exercises.js" not in page.evaluate(loaded)
