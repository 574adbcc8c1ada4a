"""The claims: what other pages draw from theirs, and what the verdicts rest on."""

import re
from collections import Counter
from functools import partial
from itertools import product
from statistics import mean, median
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from scipy import stats
from statsmodels.stats.multitest import multipletests
from torch import nn

import data_size
import gradient_sizes
import harness
import speed
from tests.sources import OVERVIEW, ROOT, html
from tools.checks.suite import check
from tools.project.files import EXPERIMENTS
from tools.rendering import verdicts
from tools.rendering.placeholders import filled
from tools.sources import claims
from tools.translations.overview import Overview

CODES = [language.code for language in OVERVIEW.sources.languages]


def ledger(project):
    """Give a small project one claim, that gates count, and a home page that draws on it."""
    project.write(
        "docs/claims.yml",
        "counting:\n"
        "  parts: {gates: {shown: [speed]}}\n"
        "  run: [gates/gru.md#reset-gate]\n"
        "  home: first\n",
    )
    for code in ("en", "zh"):
        project.write(
            f"docs/{code}/evidence/index.md",
            f"---\nsection: Evidence {code}\n---\n\n# Claims {code} {{ #evidence }}\n\n"
            "<!-- generated: claims -->\n",
        )
        project.write(
            f"docs/{code}/claims/counting.md",
            "---\nsection: Claims\n---\n\n"
            f"# Gates count {code} {{ #counting }}\n\n<!-- generated: verdict counting -->\n\n"
            f"They do {code}.\n\nMore.\n\n## Run {code} {{ #run }}\n\n"
            "<!-- generated: run counting -->\n",
        )
        project.write(
            f"docs/{code}/index.md",
            "# Home { #home }\n\n"
            "<!-- generated: first-answers -->\n\n<!-- generated: answers -->\n",
        )
    project.write("experiments/speed.json", '{"rows": [], "seconds": 1}')
    project.navigation("index.md", "gates/gru.md", "evidence/index.md", "claims/counting.md")
    return project


def rendered(project, path, code="en"):
    """A page's Markdown with what it asks for."""
    overview = Overview.read(project.folder)
    page = overview.sources.pages[code][path]
    return filled("\n".join(page.lines), path, overview.sources.language(code), overview)


def pill(verdict, words):
    return f'<span class="gg-verdict" data-verdict="{verdict}">{words}</span>'


def whole(words):
    return f'<span class="gg-whole">{words}</span>'


def test_the_home_page_repeats_claim_verdict_and_answer_in_its_language(project):
    ledger(project)
    for code, holds in (("en", "holds"), ("zh", "成立")):
        page, linked = (
            rendered(project, "index.md", code),
            f"[Gates count {code}](claims/counting.md)",
        )
        first = f"- {linked} {pill('holds', holds)} <span class="
        assert f'{first}"gg-quiet">They do {code}.</span>' in page
        assert f"| {linked}<br>They do {code}. | {pill('holds', holds)}<br>" in page


def test_when_a_verdict_or_an_answer_changes_the_home_page_changes(project):
    ledger(project)
    project.edit("docs/claims.yml", "shown", "refuted")
    project.edit("docs/en/claims/counting.md", "They do en.", "They do not.")
    changed = f'{pill("does_not_hold", "does not hold")} <span class="gg-quiet">They do not.'
    assert changed in rendered(project, "index.md")


def test_the_table_shows_verdict_and_answer_at_the_address_that_was_the_claims_once(project):
    page = rendered(ledger(project), "evidence/index.md")
    linked = "[Gates count en](../claims/counting.md)"
    assert f"| {linked}<br>They do en. {{ #counting }} | {pill('holds', 'holds')}<br>" in page


def test_a_page_shows_verdict_strength_and_where_to_run_it(project):
    page = rendered(ledger(project), "claims/counting.md")
    verdict = whole(f"**Verdict:** {pill('holds', 'holds')}")
    assert f"\n{verdict} {whole('Evidence: weak')}\n" in page
    assert "- [GRU en](../gates/gru.md#reset-gate) (code; some seconds)" in page


def test_another_page_shows_a_verdict_with_a_link_to_its_claim(project):
    ledger(project).write(
        "docs/en/index.md", "# Home { #home }\n\n<!-- generated: verdict counting -->\n"
    )
    page = rendered(project, "index.md")
    verdict = whole(f"**Verdict:** {pill('holds', 'holds')}")
    assert f"[Gates count en](claims/counting.md)<br>{verdict}" in page


@pytest.mark.parametrize("code", CODES)
def test_a_search_engine_shows_each_claims_page_with_its_own_claim_and_answer(site, code):
    shown = {}
    for claim in claims.load(ROOT):
        page = html(site, code, claim.page)
        for definition in page.select("[role=tooltip]"):
            definition.decompose()
        shown[claim.id] = page.select_one("meta[name=description]")["content"]
        title, answer = (e.get_text().replace("’", "'") for e in page.select("h1, h1 + p + p"))
        title = title.removesuffix("#").strip()
        assert shown[claim.id] in (f"“{title}”: {answer}", f"“{title}”：{answer}")
    assert len(set(shown.values())) == len(shown) >= 12


def test_a_description_is_plain_text(project):
    text = '`They` do, with $n$, [as "shown"](../index.md).'
    ledger(project).edit("docs/en/claims/counting.md", "They do en.", text)
    overview = project.overview()
    said = verdicts.head(overview, "claims/counting.md", overview.sources.language("en"))[
        "description"
    ]
    assert said == "“Gates count en”: They do, with n, as &quot;shown&quot;."
    assert not verdicts.head(overview, "index.md", overview.sources.language("en"))


def test_a_claim_that_a_language_lacks_is_shown_in_another(project):
    (ledger(project).folder / "docs/zh/claims/counting.md").unlink()
    assert '<span lang="en">They do en.</span>' in rendered(project, "index.md", "zh")
    ran = project.build()
    assert ran.returncode == 0, ran.stdout


def test_a_page_may_show_how_a_verdict_is_asked_for(project):
    ledger(project)
    shown_code = "```markdown\n<!-- generated: verdict counting -->\n\nThis is shown.\n```\n\n"
    for code in ("en", "zh"):
        page = f"docs/{code}/claims/counting.md"
        project.edit(page, "<!-- generated: verdict counting -->", f"{shown_code}MARK")
        project.edit(page, "MARK", "<!-- generated: verdict counting -->")
    assert "They do en." in rendered(project, "index.md")
    assert "This is shown" not in rendered(project, "index.md")


def test_a_project_with_a_ledger_builds(project):
    ran = ledger(project).build()
    assert ran.returncode == 0, ran.stdout
    home = BeautifulSoup(project.read("site/zh/index.html"), "html.parser")
    assert home.select_one('.gg-first a[href="claims/counting/"]').text == "Gates count zh"


CLAIMS, PAGE = "docs/claims.yml", "docs/zh/claims/counting.md"
FAULTS = {
    "a part without a decision": (
        CLAIMS, "shown", "true-ish",
        f"{CLAIMS}:1: the claim 'counting' has the part 'gates' without one of shown, refuted,",
    ),
    "a part without grounds": (
        CLAIMS, "[speed]", "speed",
        f"{CLAIMS}:1: the claim 'counting' has the part 'gates' without a list of what decides it",
    ),
    "grounds that nobody can look up": (
        CLAIMS, "[speed]", "[counted, cho-2014]",
        f"{CLAIMS}:1: the claim 'counting' rests its part 'gates' on 'cho-2014', which is neither",
    ),
    "no parts": (
        CLAIMS, "{gates: {shown: [speed]}}", "{}",
        f"{CLAIMS}:1: the claim 'counting' has no parts; write",
    ),
    "a field that nothing reads": (
        CLAIMS, "home: first", "verdict: holds",
        f"{CLAIMS}:1: the claim 'counting' has 'verdict'; a claim has home, parts, run",
    ),
    "a place on the home page that there is not": (
        CLAIMS, "home: first", "home: second",
        f"{CLAIMS}:1: the claim 'counting' has home: second; write true or first, or take it out",
    ),
    "parts that are missing": (
        CLAIMS, "parts", "part",
        f"{CLAIMS}:1: the claim 'counting' needs its parts and a list under run",
    ),
    "a run that leads nowhere": (
        CLAIMS, "gru.md#reset-gate", "gru.md#none",
        f"{CLAIMS}:1: the claim 'counting' is run by gates/gru.md#none, which is no section; "
        "write PAGE#ID",
    ),
    "a file that is no YAML": (
        CLAIMS, "{gates: {shown: [speed]}}", "{gates",
        f"{CLAIMS}:3: this is no YAML",
    ),
    "a file that holds no claims": (
        CLAIMS, "counting:", "-",
        f"{CLAIMS}:1: this file holds no claims; write each as ID",
    ),
    "a run that is no list": (
        CLAIMS, "[gates/gru.md#reset-gate]", "gates/gru.md",
        f"{CLAIMS}:1: the claim 'counting' has no list under run; write [PAGE#ID, ...]",
    ),
    "a claim that no language has": (
        CLAIMS, "counting:", "count:",
        f"{CLAIMS}:1: the claim 'count' has no page in any language; write "
        "docs/*/claims/count.md, its title with the id 'count'",
    ),
    "a section without its verdict": (
        PAGE, "<!-- generated: verdict counting -->\n\n", "",
        f"{PAGE}:5: this section lacks the line <!-- generated: verdict counting -->",
    ),
    "a verdict on an unknown claim": (
        PAGE, "More.", "<!-- generated: verdict more -->",
        f"{PAGE}:11: docs/claims.yml has no such claim; it has counting",
    ),
    "a verdict that does not say on what": (
        PAGE, "More.", "<!-- generated: verdict -->",
        f"{PAGE}:11: verdict and run are asked for with a claim's id",
    ),
    "a section without an answer": (
        PAGE, "\nThey do zh.\n\nMore.\n\n", "\n",
        f"{PAGE}:9: the answer to 'counting' belongs here, as a paragraph",
    ),
    "an answer that no table holds": (
        "docs/en/claims/counting.md", "They do en.", "They do" + ", really" * 19 + ".",
        "docs/en/claims/counting.md:9: the answer to 'counting' has 21 words, and at most 20 fit",
    ),
    "an answer that no table holds in Chinese": (
        PAGE, "They do zh.", "GRU 会" + "，也会" * 17 + "。",
        f"{PAGE}:9: the answer to 'counting' has 36 signs, and at most 35 fit",
    ),
    "an answer with a link": (
        PAGE, "They do zh.", "They [do](../index.md).",
        f"{PAGE}:9: other pages repeat this answer, where the link leads elsewhere",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_ledger_is_reported_with_its_line(project, name):
    file, old, new, message = FAULTS[name]
    ledger(project).edit(file, old, new)
    found = [str(finding) for finding in check(project.folder)]
    assert any(finding.startswith(message) for finding in found), found


@pytest.mark.parametrize("code", CODES)
def test_each_conclusion_of_the_home_page_is_one_of_the_ledger(site, code):
    language = OVERVIEW.sources.language(code)
    html = (site / language.prefix / "index.html").read_text("utf-8")
    home = BeautifulSoup(html, "html.parser")
    first = [claim for claim in claims.load(ROOT) if claim.home == "first"]
    assert len(first) == 3
    on_home = first + [claim for claim in claims.load(ROOT) if claim.home]
    entries = home.select(".gg-first li, .gg-claims tbody tr")
    assert len(entries) == len(on_home) >= 9
    for claim, entry in zip(on_home, entries, strict=True):
        verdict = entry.select_one(".gg-verdict")
        assert verdict["data-verdict"] == claim.verdict
        assert verdict.text == language.text[claim.verdict]
        assert entry.select_one("a")["href"] == f"claims/{claim.id}/"


@pytest.mark.parametrize("code", CODES)
def test_a_claims_old_address_leads_to_its_page(site, code):
    table = html(site, code, claims.TABLE).article
    for claim in claims.load(ROOT):
        assert table.find(id=claim.id).a["href"] == f"../claims/{claim.id}/"
    for old in ("chung", "jozefowicz", "karpathy", "bai", "unsaid"):
        assert table.find(id=old).a["href"] == f"papers/#{old}"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("claim", claims.load(ROOT), ids=lambda claim: claim.id)
def test_a_claims_page_has_its_verdict_answer_and_a_link_to_each_run(site, code, claim):
    article = html(site, code, claim.page).article
    assert article.h1.find_next("p").select_one(".gg-verdict")["data-verdict"] == claim.verdict
    links = article.find(id="run").find_next("ul").select("a")
    assert [link["href"].partition("#")[2] for link in links] == [
        target.partition("#")[2] for target in claim.run
    ]


def test_a_link_to_a_run_says_how_long_the_recorded_runs_took(monkeypatch):
    seconds = {"evidence/adding.py": 290.0, "gates/compare.md": 0.0}
    monkeypatch.setattr(verdicts, "seconds", lambda root, path: seconds[path])
    claim = SimpleNamespace(run=["evidence/adding.py#run", "gates/compare.md#parameters"])
    monkeypatch.setattr(verdicts, "claim_of", lambda overview, claim_id: claim)
    long, short = filled(
        "<!-- generated: run x -->", "claims/x.md", OVERVIEW.sources.language("en"), OVERVIEW
    ).splitlines()
    assert long.endswith("](../evidence/adding.py#run) (commands; about 5 min on one core)")
    assert short.endswith("](../gates/compare.md#parameters) (code; some seconds)")


def at_best(name, chosen_by, value, net, part=None):
    """Mean and standard deviation of a net at the rate that its validation part prefers."""
    record = harness.part_of(RECORDS[name], part) if part else RECORDS[name]
    rate = harness.best_rates(record, [net], chosen_by)[net]
    return harness.spread(record, value)[harness.label(net, rate)][1:]


RECORDS = {
    file.stem: harness.load(file.with_suffix(".py")) for file in (ROOT / EXPERIMENTS).glob("*.json")
}
TEXT = partial(at_best, "learning_rate", "validation_bits", "test_bits")
VARIANTS = partial(at_best, "variants", "validation_bits", "test_bits", part="text")
SIZES = partial(at_best, "data_size", "validation_bits")
STEPS = harness.values(harness.part_of(RECORDS["variants"], "adding"), "solved_at")
RATES = RECORDS["variants"]["settings"]["learning_rates"]
SIZED = harness.load(gradient_sizes.__file__)


@pytest.mark.parametrize("sizes", [(1, 1), (10, 20), (64, 128)])
def test_parameters_three_quarters(sizes):
    gru, lstm = (sum(p.numel() for p in cell(*sizes).parameters()) for cell in (nn.GRU, nn.LSTM))
    assert 4 * gru == 3 * lstm


def test_convergence_a_lead_at_one_rate_is_gone_at_the_best_and_a_smaller_lstm_is_not_quicker():
    bits = harness.spread(RECORDS["learning_rate"], "validation_bits")
    for lstm in ("LSTM H=64", "LSTM H=54"):
        assert bits["GRU H=64, 0.005"][1] < bits[f"{lstm}, 0.005"][1]
    assert TEXT("LSTM H=54")[0] > TEXT("LSTM H=64")[0]


def test_convergence_the_gru_leads_at_every_look_at_the_rate_of_the_first_plot():
    curves = harness.values(RECORDS["learning_rate"], "curve")
    for lstm in ("LSTM H=64", "LSTM H=54"):
        for gru, other in product(curves["GRU H=64, 0.005"], curves[f"{lstm}, 0.005"]):
            assert all(a < b for a, b in zip(gru, other, strict=True))


def test_cheaper_the_gru_takes_longer_with_the_kernel_and_not_without():
    for size, batch in product(speed.SIZES, speed.BATCHES):
        times = partial(speed.times, RECORDS["speed"], speed.cells_name(size, batch))
        assert median(times("GRU")) > median(times("LSTM"))
        assert median(times("GRU, no oneDNN")) < 1.05 * median(times("LSTM, no oneDNN"))


def test_small_devices_the_gru_answers_later_in_every_repetition():
    for size in speed.SIZES:
        times = partial(speed.times, RECORDS["speed"], speed.cells_name(size, 1))
        pairs = zip(times("GRU, forward"), times("LSTM, forward"), strict=True)
        assert all(gru > lstm for gru, lstm in pairs)


def test_small_devices_the_gru_answers_sooner_only_without_the_kernel_at_the_sizes_told():
    times = partial(speed.times, RECORDS["speed"])
    sooner = {}
    for kernel in ("", ", no oneDNN"):
        pairs = [
            [
                times(speed.cells_name(size, 1), f"{cell}, forward{kernel}")
                for cell in ("GRU", "LSTM")
            ]
            for size in speed.SIZES
        ]
        p = [stats.ttest_ind(*pair, equal_var=False).pvalue for pair in pairs]
        differ, *_ = multipletests(p, method="holm")
        sooner[kernel] = [
            size
            for size, (gru, lstm), differs in zip(speed.SIZES, pairs, differ, strict=True)
            if differs and mean(gru) < mean(lstm)
        ]
    assert sooner == {"": [], ", no oneDNN": [256, 512]}
    pages = OVERVIEW.by_key["claims/small-devices.md#ours"].sections
    for code, sizes in {"en": "at 256 and 512 units;", "zh": "256 和 512 个单元时"}.items():
        assert sizes in "\n".join(pages[code].lines)


def test_hundreds_of_steps_the_states_of_an_untrained_net_are_alike_after_a_hundred():
    few = gradient_sizes.SETTINGS | {"seeds": [0]}  # the page has all
    for net, size in product(gradient_sizes.GATED, few["hidden_sizes"]):
        assert gradient_sizes.apart(net, size, 0, few) > 1
        assert gradient_sizes.apart(net, size, 100, few) < 1e-15


def test_vanishing_with_few_units_and_large_inputs_an_orthogonal_matrix_does_not_help():
    found = gradient_sizes.decided(SIZED)
    for size, word in {
        "H=64, D=8, inputs x 1": "refuted",
        "H=16, D=64, inputs x 5": "shown",
    }.items():
        assert found["RNN orthogonal", "GRU", size][0] == word


def test_vanishing_more_units_do_not_bring_a_plain_rnn_to_a_gru_or_an_lstm():
    left = harness.spread(SIZED, "log10")
    places = gradient_sizes.places(gradient_sizes.SETTINGS)
    for net, (wide, narrow) in product(gradient_sizes.GATED, zip(places[4:], places, strict=False)):
        assert left[f"RNN, {wide}"][1] < left[f"{net}, {narrow}"][1]


def test_exploding_all_drawn_nets_do_and_of_those_with_an_open_gate_some_lstms():
    printed = (ROOT / "snippets/gates/why/gradient_explodes.out").read_text()
    drawn = re.findall(r"N\(0, 1\) (\S+) (\S+)", printed)
    assert len(drawn) == 2 and all(float(least) > 1000 for least, _ in drawn)
    factors = harness.values(RECORDS["gradients"], "per_step")
    assert sum(factor > 1 for factor in factors["LSTM +3"]) == 1
    assert all(factor < 1 for factor in factors["GRU +3"])
    assert all(log10[100] < 0 for log10 in harness.values(RECORDS["gradients"], "log10")["GRU +3"])


def test_short_data_the_two_parts_disagree():
    part = data_size.part(data_size.SETTINGS["characters"][0])
    for value, first in (("validation_bits", "GRU H=64"), ("test_bits", "LSTM H=54")):
        found = {net: SIZES(value, net, part=part)[0] for net in data_size.NETS}
        assert min(found, key=found.get) == first


def test_which_gate_is_missed_most_depends_on_the_task():
    for rate in RATES:
        assert set(STEPS[harness.label("LSTM i=1", rate)]) == {None}
        assert any(STEPS[harness.label("LSTM f=1", rate)])
    loss = {
        net: VARIANTS(net)[0] - VARIANTS("LSTM")[0] for net in ("LSTM i=1", "LSTM f=1", "LSTM o=1")
    }
    assert max(loss, key=loss.get) == "LSTM f=1"


@pytest.mark.parametrize("code", CODES)
def test_the_pairs_of_a_published_table_are_counted_as_the_text_says(code):
    lines = OVERVIEW.by_key["evidence/papers.md#karpathy"].sections[code].lines
    rows = re.findall(r"(\d+) × \d \| (\S+) \| (\S+) \|", "\n".join(lines))
    ahead = Counter((units, float(gru) < float(lstm)) for units, lstm, gru in rows)
    gru = {units: ahead[units, True] for units in ("64", "128", "256", "512")}
    assert len(rows) == 24 and sum(gru.values()) == 15
    assert gru["64"] + gru["128"] == 11 and 12 - gru["256"] - gru["512"] == 8
    for claim_id, counts in ("equal", r"15.*9"), ("large-data", r"11.*8"):
        text = OVERVIEW.by_key[f"claims/{claim_id}.md#for"].sections[code].lines
        assert re.search(counts, "\n".join(text))
