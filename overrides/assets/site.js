// The language switch keeps the section; a reader is offered another language once.

const OFFERED = "gate-by-gate.offered";

function keepSection() {
  for (const link of document.querySelectorAll("a.gg-switch, .gg-offer a")) {
    link.hash = location.hash;
  }
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
addEventListener("hashchange", keepSection);
// The table of contents replaces the address without the event above.
addEventListener("click", keepSection, { capture: true });
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
  } else if (!sheet.contains(event.target)) {
    sheet.hidden = true;
  }
});

// What makes a cell's drawing answer, and what judges exercises, comes when a reader comes near one.
for (const [mark, script] of [[".gg-cell", "./parts.js"], [".gg-exercise", "./exercises.js"]]) {
  const near = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    near.disconnect();
    import(script);
  }, { rootMargin: "100%" });
  for (const waiting of document.querySelectorAll(mark)) near.observe(waiting);
}

// What ticks lessons comes where there is one, or their outline, and to a reader who has done one.
function hasDoneOne() {
  try {
    return localStorage.getItem("gate-by-gate.done") !== null;
  } catch {
    return false;
  }
}
if (document.querySelector(".gg-done, .gg-progress") || hasDoneOne()) import("./lessons.js");

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

// The search finds words. It would take the signs of a pasted error message for commands (quotes and
// + ask for a word, - forbids one, : names a field, ^ without a number ends in nothing), and the
// numbers in a message are the reader's own.
function words(query) {
  const every = query.replace(/["+\-:^~*\\]+/g, " ").trim().split(/\s+/);
  const named = every.filter((word) => /\p{L}/u.test(word));
  return (named.length > 2 ? named : every).join(" ");
}

const QUERY = 2; // the theme's number for a message that asks its search
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  const asks = message?.type === QUERY;
  return post.call(this, asks ? { ...message, data: words(message.data) } : message, ...rest);
};

// The search leads to a section. A word that it was asked for may stand in a fold there, and nowhere
// else in the section: such a fold opens.
function unfold(words) {
  const holds = (element, word) => element.textContent.toLowerCase().includes(word);
  const section = [];
  let element = document.getElementById(location.hash.slice(1));
  while ((element = element?.nextElementSibling) && !/^H\d$/.test(element.tagName)) {
    section.push(element);
  }
  const folds = section.filter((each) => each.localName === "details");
  const open = section.filter((each) => each.localName !== "details");
  for (const word of words) {
    if (open.some((each) => holds(each, word))) continue;
    for (const fold of folds) fold.open ||= holds(fold, word);
  }
}

const sought = new URLSearchParams(location.search).get("h") ?? "";
unfold(sought.toLowerCase().split(/\s+/).filter(Boolean));
