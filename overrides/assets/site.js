// The language switch keeps the section; a reader is offered another language once.

const OFFERED = "gate-by-gate.offered";

const LANGUAGES = "a.gg-switch, .gg-offer a";

function keepSection(hash = location.hash) {
  for (const link of document.querySelectorAll(LANGUAGES)) link.hash = hash;
}

/** The section that is read: the one in the address, unless its reader has gone on from it. */
function readSection() {
  const box = (element) => element?.getBoundingClientRect() ?? {};
  const named = document.getElementById(location.hash.slice(1));
  if (box(named).height && box(named).top >= 0 && box(named).top < innerHeight) return location.hash;
  const begun = (head) => box(head).height && box(head).top < innerHeight / 2;
  const last = [...document.querySelectorAll("article :is(h2, h3)[id]")].filter(begun).at(-1);
  return last ? `#${last.id}` : "";
}

function offer() {
  const here = document.documentElement.lang;
  for (const wanted of navigator.languages) {
    const code = wanted.split("-")[0].toLowerCase();
    if (code === here) return;
    const bar = document.querySelector(`.gg-offer[lang="${code}"]`);
    if (!bar) continue;
    try {
      if (localStorage.getItem(OFFERED)) return;
      localStorage.setItem(OFFERED, "yes");
    } catch {
      return; // Without storage it would be offered on every page.
    }
    bar.querySelector("button").addEventListener("click", () => { bar.hidden = true; });
    bar.hidden = false;
    return;
  }
}

// Who has chosen a language need not be offered another.
for (const link of document.querySelectorAll("a.gg-switch")) {
  link.addEventListener("click", () => {
    try {
      localStorage.setItem(OFFERED, "yes");
    } catch {}
  });
}

keepSection();
addEventListener("hashchange", () => keepSection());
addEventListener("click", ({ target }) => {
  if (target.closest(LANGUAGES)) keepSection(readSection());
}, { capture: true });
offer();

// Escape puts a definition away until the term is pointed at again.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  sheet.hidden = true;
  for (const term of document.querySelectorAll(".gg-term:is(:hover, :focus-within)")) {
    term.classList.add("gg-dismissed");
    for (const leaving of ["mouseleave", "focusout"]) {
      term.addEventListener(leaving, () => term.classList.remove("gg-dismissed"), { once: true });
    }
  }
});

// A finger cannot point at a term: its first tap shows the definition along the foot of the screen,
// with a link to where a second tap leads.
const sheet = document.querySelector(".gg-sheet");
const [definition, more] = sheet.children;
let byFinger = false;

addEventListener("pointerdown", (event) => { byFinger = event.pointerType === "touch"; });
addEventListener("click", (event) => {
  const term = byFinger && event.target.closest(".gg-term > a");
  if (term && (sheet.hidden || more.href !== term.href)) {
    event.preventDefault();
    term.blur();
    definition.textContent = term.nextElementSibling.textContent;
    more.href = term.href;
    sheet.hidden = false;
  } else if (!sheet.contains(event.target) || event.target.closest("button")) {
    sheet.hidden = true;
  }
});

// A door to code copies the first block behind it, as the block's own button does, which is there once
// the block is in view.
for (const door of document.querySelectorAll('.gg-door[href^="#"]')) {
  door.addEventListener("click", function copy() {
    const button = document.querySelector(`${door.hash} ~ * button[data-md-type="copy"]`);
    button ? button.click() : requestAnimationFrame(copy);
  });
}

// What makes a cell's drawing answer, judges exercises and ticks lessons comes when a reader comes near
// one.
const bring = (script) => import(script).catch(() => gateLost(script));
const LATER = [
  [".gg-cell", "./parts.js"],
  [".gg-exercise", "./exercises.js"],
  [".gg-lab", "./lab/view.js"],
  [".gg-done", "./lessons.js"],
];
for (const [mark, script] of LATER) {
  const near = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    near.disconnect();
    bring(script);
  }, { rootMargin: "100%" });
  for (const waiting of document.querySelectorAll(mark)) {
    // What is hidden is never near.
    near.observe(waiting.hidden ? waiting.previousElementSibling ?? waiting.parentElement : waiting);
  }
}

// Keys reach the picture that opens the menu of a narrow screen; the rest of it comes with the first.
document.querySelector("label[for=__drawer] svg").tabIndex = 0;
addEventListener("keydown", () => load("menu.js"), { once: true });

// To a reader who has done a lesson it comes at once.
function hasDoneOne() {
  try {
    return localStorage.getItem("gate-by-gate.done") !== null;
  } catch {
    return false;
  }
}
if (hasDoneOne()) bring("./lessons.js");

// A table that is wider than the screen takes the keyboard, which then moves it.
const tables = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

// The theme lays each block's buttons over the code, as a landmark of their own without a name; they
// go into the block's head.
new MutationObserver(() => {
  for (const nav of document.querySelectorAll("nav.md-code__nav")) {
    const plain = document.createElement("div");
    plain.className = nav.className;
    plain.append(...nav.childNodes);
    nav.parentElement.before(plain);
    nav.remove();
  }
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) tables.observe(table);
}).observe(document.body, { childList: true, subtree: true });

// What an input method composes is not yet meant, so it is not read. A keyboard of Android composes
// each word, also of Latin letters, and shows what is meant.
const SHOWS_WHAT_IS_MEANT = /Android/.test(navigator.userAgent);

function isComposed(event) {
  return event.isComposing && !SHOWS_WHAT_IS_MEANT;
}

// The search: its scripts and its index come when it is first opened, as classic scripts, since a
// page from a disk loads no others.
const SCRIPTS = [
  "message.js", "search-index-traditional.js", "search-words.js",
  "search-index.js", "search-index-2.js", "search-index-3.js", "search.js",
];
const assets = new URL(".", document.currentScript.src); // which the languages share
const { base } = JSON.parse(document.querySelector("#__config").textContent);
const languageRoot = new URL(`${base}/`, location); // what is in one language lies below it
const searchButton = document.querySelector(".gg-opener");
const dialog = document.querySelector("dialog.gg-search");
const asked = dialog.querySelector("input");
const parameters = new URLSearchParams(location.search);

// On a disk a folder is no page.
function pageAt(address) {
  const page = new URL(address, languageRoot);
  if (page.protocol === "file:") page.pathname += "index.html";
  return page;
}

function load(name) {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.async = false; // in this order
    script.src = new URL(name, name.startsWith("search-index") ? `${languageRoot}assets/` : assets);
    script.onload = loaded;
    script.onerror = failed;
    document.head.append(script);
  });
}

let loading = null;
function loadSearch() {
  loading ??= Promise.all(SCRIPTS.map(load)).catch(() => {
    loading = null; // the next try may be luckier
    dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
  });
}

function search() {
  loadSearch(); // meanwhile the dialog opens, which takes a slow phone a while
  if (!dialog.open) {
    dialog.showModal();
    if (!history.state?.gateSearch && !/[?&]q=/.test(location.search)) step();
  }
  asked.select();
}

// The open dialog is a step of its own in the history, so that a phone's Back closes it.
function step() {
  try {
    history.pushState({ ...history.state, gateSearch: true }, "");
  } catch {} // some browsers refuse it to a page from a disk
}

addEventListener("popstate", () => {
  if (history.state?.gateSearch) search();
  else dialog.close();
});
dialog.addEventListener("close", () => {
  if (history.state?.gateSearch) history.back();
});

let isComposing = false; // in its box, maybe since before its scripts came
for (const type of ["input", "compositionend"]) {
  asked.addEventListener(type, (event) => { isComposing = isComposed(event); });
}

searchButton.hidden = false;
searchButton.addEventListener("click", search);
for (const near of ["pointerenter", "focus"]) searchButton.addEventListener(near, loadSearch);
dialog.querySelector("[type=button]").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close(); // what is clicked lies beside it
});
addEventListener("keydown", (event) => {
  const isWhole = asked.selectionEnd - asked.selectionStart === asked.value.length; // as it opens
  const isTyped = event.target.closest?.("input, textarea, select, [contenteditable]")
    && !(event.target === asked && isWhole);
  const isSlash = event.key === "/" && !isTyped && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
  if (!isSlash && !isK) return;
  event.preventDefault();
  search();
});

if (parameters.has("q")) asked.value = parameters.get("q");
if (parameters.has("q") || history.state?.gateSearch) search();

// A link of the page to a search opens it here, so that what was typed on the page stays.
addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="?q="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  asked.value = new URL(link.href).searchParams.get("q");
  asked.dispatchEvent(new InputEvent("input"));
  search();
});

// The search leads to a section and says for which words.
if (parameters.has("h")) load("found.js");
