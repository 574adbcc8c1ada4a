// The gate lab: fills the places of the page with a state's numbers, and turns what a reader does
// into another state. What stands in the page before is what this computes first.

import { ORDERS, gradients, run } from "../cell.js";
import * as progress from "../progress.js";
import { LIMITS, blank, conventionsOf, netOf, read, write } from "./state.js";
import { Steps, all, brief, fill, say, sentence, words, written } from "./steps.js";

const PARTS = { gru: ["r", "n", "z", "h"], lstm: ["f", "i", "g", "c", "o", "h"] };
const QUIET = 600; // ms without a change, after which it is told aloud and kept in the address

const labs = all(".gg-lab");
const presets = JSON.parse(document.querySelector(".gg-lab-presets").textContent);
const one = (selector) => document.querySelector(`.gg-lab ${selector}`);

let state, begun, runs;
let ways; // the gradients of each cell's run, once they are asked for
let typed; // the field whose text is the reader's own just now
let held; // the state when a field was chosen
let challenges; // how tasks are judged, once one is begun
let take; // what makes the program and the picture, once a reader is near them

const places = new Map(); // of each name the elements that show its number
for (const place of labs.flatMap((lab) => all("data[data-v]", lab))) {
  const name = place.dataset.v;
  places.set(name, [...(places.get(name) ?? []), place]);
}
const fields = labs.flatMap((lab) => all("[data-f]", lab));
const conditions = labs.flatMap((lab) => all("[data-if]", lab)).map((element) => {
  const [, name, sign, value] = /(\w+)([>=])(\w+)/.exec(element.dataset.if);
  return { element, name, holds: sign === ">" ? (now) => now > value : (now) => now === value || now === "both" };
});
const tasks = all("[data-challenge]");
const cards = all(".gg-card").map((card) => ({
  card,
  kind: card.dataset.kind,
  svg: card.querySelector("svg"),
  values: all("svg [data-value]", card),
  valves: all("svg [data-open]", card),
  rows: all(".gg-weights tr[data-row]", card),
  dial: card.querySelector("[data-dial]"),
  part: card.querySelector(".gg-part"),
}));

/** Where a field's number stands in the state: its holder and its key there. */
function target(name) {
  const [root, ...path] = name.split(".");
  if (root === "x") return [state.x[state.t], path[0]];
  if (root === "start") return [state[path[0]], path[1]];
  if (!ORDERS[root]) return [state, name];
  const [weights, block, column] = path;
  const row = ORDERS[root].indexOf(block) * state.H + state.unit;
  const rows = state[root][weights];
  return column === undefined ? [rows, row] : [rows[row], column];
}

const net = (kind) => netOf(state, kind);

/** The number of a feature by its name: x, x2, x3. */
const featureOf = (row, name) => row[(name[1] ?? 1) - 1];

/** The numbers of the step and the unit in view, by the names of their places. */
function numbers() {
  const { t, unit, H } = state;
  const found = { t: t + 1, T: state.x.length, unit: unit + 1 };
  state.x[t].forEach((value, n) => { found[`x.${n}`] = value; });
  for (const [kind, order] of Object.entries(ORDERS)) {
    const step = runs[kind][t];
    step.before.h.forEach((value, n) => { found[`${kind}.before.${n}`] = value; });
    [...order].forEach((block, at) => {
      found[`${kind}.row.${block}`] = at * H + unit;
      found[`${kind}.${block}`] = step[block][unit];
      found[`${kind}.sum.${block}`] = step.sums[block][unit];
    });
    found[`${kind}.h`] = step.h[unit];
    found[`${kind}.old`] = step.before.h[unit];
  }
  const [gru, lstm] = [runs.gru[t], runs.lstm[t]];
  return Object.assign(found, {
    "gru.rest": 1 - gru.z[unit],
    "lstm.c": lstm.c[unit],
    "lstm.oldc": lstm.before.c[unit],
    "lstm.tanhc": lstm.tanhC[unit],
  });
}

function show() {
  for (const table of tables) table.look();
  const start = { h: state.h, c: state.c };
  runs = { gru: run(net("gru"), state.x, start), lstm: run(net("lstm"), state.x, start) };
  ways = {};
  const now = numbers();
  for (const [name, elements] of places) {
    const isCount = Number.isInteger(now[name]) && /^(t|T|unit|\w+\.row\..)$/.test(name);
    for (const element of elements) {
      fill(element, now[name] ?? 0, isCount ? String(now[name]) : written(now[name] ?? 0));
    }
  }
  for (const { element, name, holds } of conditions) {
    const isHidden = !holds(state[name]);
    if (element.hidden !== isHidden) element.hidden = isHidden;
  }
  for (const field of fields) showField(field);
  for (const each of cards) showCard(each, now);
  for (const table of tables) table.write();
  for (const read of all(".gg-card .gg-read")) fill(read, 0, ""); // it was of the state before
  compare();
  judge();
  showCode();
  for (const table of tables) table.reveal();
  later();
}

function showField(field) {
  if (field === typed && field.type !== "range") return;
  const name = field.dataset.f;
  if (name === "x") field.value = state.x.map((row) => row.join(",")).join(" ");
  else if (name === "t") [field.max, field.value] = [state.x.length, state.t + 1];
  else if (name === "unit") field.value = state.unit + 1;
  else {
    const [holder, key] = target(name);
    field.value = holder?.[key] ?? 0;
  }
  field.removeAttribute("aria-invalid");
}

function showCard({ card, kind, svg, values, valves, rows, dial, part }, now) {
  for (const valve of valves) {
    const { open } = valve.dataset, gate = now[`${kind}.${open.at(-1)}`];
    valve.style.setProperty("--open", open === "1-z" ? 1 - gate : gate);
  }
  const parts = { h: `${kind}.old`, c: "lstm.oldc", kept: "lstm.c", new: `${kind}.h` };
  for (const element of values) {
    const name = element.dataset.value;
    fill(element, 0, written(name[0] === "x" ? featureOf(state.x[state.t], name) : now[parts[name] ?? `${kind}.${name}`], 2));
  }
  const at = PARTS[kind].indexOf(state.part);
  const seen = at < 0 ? PARTS[kind] : PARTS[kind].slice(0, at + 1);
  delete svg.dataset.lit;
  for (const row of rows) {
    const isHere = at >= 0 && row.dataset.row === state.part;
    row.classList.toggle("gg-here", isHere);
    row.classList.toggle("gg-later", !seen.includes(row.dataset.row));
    svg.style.removeProperty(`--lit-${row.dataset.part}`);
    if (isHere) svg.dataset.lit = row.dataset.part;
  }
  for (const element of values) {
    const name = element.dataset.value === "new" ? "h" : element.dataset.value === "kept" ? "c" : element.dataset.value;
    const isLater = PARTS[kind].includes(name) && !["h", "c"].includes(element.dataset.value) && !seen.includes(name);
    element.classList.toggle("gg-later", isLater);
  }
  if (svg.dataset.lit) svg.style.setProperty(`--lit-${svg.dataset.lit}`, 1);
  fill(part, 0, at < 0 ? words.whole : `${state.part} · ${at + 1} / ${PARTS[kind].length}`);
  const [holder, key] = target(dial.dataset.dial), size = Math.ceil(Math.abs(holder[key]));
  if (size > dial.max) [dial.min, dial.max] = [-size, size];
  dial.value = holder[key];
  fill(card.querySelector(".gg-dial output"), 0, written(holder[key], 2));
  fill(card.querySelector(".gg-dialled"), 0, labelled(dial.dataset.dial));
}

/** What a field is called: W_iz, or b_hf. */
function labelled(name) {
  return document.querySelector(`[data-f="${name}"]`).getAttribute("aria-label");
}

/** How a gate or a state of the step in view came about, in numbers. */
const equation = (kind, name) => sentence(net(kind), runs[kind][state.t], state.unit, name);

const overSteps = { count: () => state.x.length, now: () => state.t };

/** Bring a step into view, of which a table's number was chosen. */
function choose(t) {
  state.t = t;
  state.part = "";
  show();
}

const tables = [];
for (const table of all("[data-heat]")) {
  const kind = table.dataset.heat;
  const read = table.closest(".gg-card").querySelector(".gg-read");
  tables.push(new Steps(table, {
    ...overSteps,
    value: (name) => (name[0] === "x" ? state.x.map((row) => featureOf(row, name))
      : runs[kind].map((step) => step[name][state.unit])),
    choose: (t, name) => {
      choose(t);
      read.textContent = `${say(words.at, { t: t + 1 })}: ${equation(kind, name)}`;
    },
  }));
}
for (const table of all("[data-back]")) {
  tables.push(new Steps(table, { ...overSteps, first: 0, value: (name) => back(table.dataset.back, name), choose }));
}

/** How much of the last hidden state's unit in view reaches each state before, by one way or all. */
function back(kind, name) {
  const { unit } = state;
  const ofLast = state.h.map((_, n) => Number(n === unit));
  const found = ways[kind] ??= gradients(net(kind), runs[kind], ofLast);
  const last = found.at(-1).after;
  if (name === "alone") {
    const first = kind === "gru" ? last.h : last.c;
    return [...found.map((each) => each.carried[unit]), first[unit]];
  }
  if (name === "h" || name === "c") return [...found.map((each) => each[name][unit]), last[name][unit]];
  return found.map(({ paths }) => (paths.h ?? paths)[name][unit]);
}

/** The same weights by the convention that is chosen, beside PyTorch's. */
function compare() {
  const chosen = conventionsOf(state);
  const start = { h: state.h, c: state.c }, { t, unit } = state;
  const body = one("[data-conventions] tbody");
  const rows = [];
  let most = 0;
  for (const kind of ["gru", "lstm"]) {
    if (state.cell !== "both" && state.cell !== kind) continue;
    const other = isTorchs() ? runs[kind] : run(net(kind), state.x, start, chosen);
    for (const name of PARTS[kind]) rows.push([kind, name, runs[kind][t][name][unit], other[t][name][unit]]);
    runs[kind].forEach((step, n) => step.h.forEach((value, at) => {
      const apart = Math.abs(value - other[n].h[at]);
      if (!(apart <= most)) most = apart;
    }));
  }
  while (body.rows.length > rows.length) body.lastElementChild.remove();
  while (body.rows.length < rows.length) {
    const row = body.insertRow();
    row.append(document.createElement("th"));
    row.firstChild.scope = "row";
    for (let n = 0; n < 3; n++) row.insertCell().append(document.createElement("data"));
  }
  rows.forEach(([kind, name, torch, other], n) => {
    const [head, ...cells] = body.rows[n].cells;
    fill(head, 0, `${kind.toUpperCase()} ${name}`);
    [torch, other, other - torch].forEach((value, at) => fill(cells[at].firstChild, value, written(value)));
  });
  fill(one(".gg-agree"), 0, most <= 1e-12 ? words.agree : say(words.apart, { most: most.toPrecision(2) }));
}

function judge() {
  for (const element of tasks) {
    const name = element.dataset.challenge, status = element.querySelector(".gg-judged");
    const id = `lab/${name}`;
    let text = progress.done(id) ? words.solved : "";
    if (begun === name && challenges) {
      const found = challenges[name](state);
      const isSolved = found.every(({ isMet }) => isMet);
      if (isSolved) progress.mark(id);
      const told = (value) => (Number.isInteger(value) ? value : Math.abs(value) < 5e-5 ? brief(value) : written(value));
      const listed = found.map(({ label, value, isMet }) => `${label} = ${told(value)} ${isMet ? "✓" : "✗"}`);
      text = `${isSolved ? words.solved : words.not_yet} ${listed.join(" · ")}`;
    }
    fill(status, 0, text);
    element.classList.toggle("gg-solved", progress.done(id));
    if (begun === name) watch(`${plain(element.previousElementSibling)} ${text}`, text.startsWith(words.solved), text);
  }
}

/** What a paragraph says in plain signs, without the definitions that wait in it. */
function plain(element) {
  const copy = element.cloneNode(true);
  for (const tip of all("[role=tooltip]", copy)) tip.remove();
  for (const { lastElementChild: index } of all("msub", copy)) index.prepend("_");
  return copy.textContent.trim();
}

/** What to look at, beside what is turned. */
function watch(text, isSolved = false, verdict = "") {
  const told = one(".gg-watch");
  fill(told, 0, text);
  if (begun) told.append(" ", Object.assign(document.createElement("a"), { href: `#${begun}`, textContent: words.to_task }));
  told.hidden = !text;
  told.classList.toggle("gg-solved", isSolved);
  fill(one(".gg-scored"), 0, verdict); // stays in sight further down
  one(".gg-scored").classList.toggle("gg-solved", isSolved);
}

const shownCells = () => (state.cell === "both" ? ["gru", "lstm"] : [state.cell]);
const code = () => shownCells().map((kind) => take.program(kind, state)).join("\n");
const showCode = () => take && fill(one(".gg-code"), 0, code());

let timer, heard;
function later() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const told = shownCells().map((kind) => `${kind.toUpperCase()}: ${equation(kind, "h")}`);
    const beside = one(".gg-watch").textContent + (isTorchs() ? "" : one(".gg-agree").textContent);
    fill(one(".gg-heard"), 0, `${beside === heard ? "" : beside} ${say(words.at, { t: state.t + 1 })}. ${told.join(". ")}`);
    heard = beside;
    try {
      history.replaceState(history.state, "", address());
    } catch {} // some browsers refuse it to a page from a disk
    hand();
  }, QUIET);
}

function address(more = "", hash = location.hash) {
  const here = new URL(location);
  here.hash = hash;
  const name = examples.value; // so that what it asks comes along
  const named = name && { presets: { [name]: presets[name] }, kept: name };
  const text = (isStart() && !name ? "" : write(state, named || {})) + more + (isEmbedded ? "&embed=1" : "");
  here.search = text.replace(/^&/, "");
  return here.href;
}

const isTorchs = () => state.reset === "after" && state.update === "z" && state.order === "torch";

const LANGUAGES = "a.gg-switch, .gg-offer a";
/** Give the other languages the state. */
function hand() {
  const { search } = new URL(address());
  for (const link of document.querySelectorAll(LANGUAGES)) link.search = search;
}
document.addEventListener("click", ({ target }) => { if (target.closest(LANGUAGES)) hand(); }, { capture: true });

const started = () => read("preset=start", { presets }).state;
const isStart = () => write(state) === write(started());

// What a reader does

function resize(H, D) {
  const old = state, next = blank(H, D);
  const copied = (to, from) => to.forEach((_, n) => {
    if (n >= from.length) return;
    if (Array.isArray(to[n])) copied(to[n], from[n]);
    else to[n] = from[n];
  });
  next.x = old.x.map((row) => Array.from({ length: D }, (_, n) => row[n] ?? 0));
  copied(next.h, old.h);
  copied(next.c, old.c);
  for (const [kind, order] of Object.entries(ORDERS)) {
    for (const name of Object.keys(next[kind])) {
      [...order].forEach((_, at) => {
        for (let unit = 0; unit < Math.min(H, old.H); unit++) {
          const [to, from] = [at * H + unit, at * old.H + unit];
          if (Array.isArray(next[kind][name][to])) copied(next[kind][name][to], old[kind][name][from]);
          else next[kind][name][to] = old[kind][name][from];
        }
      });
    }
  }
  for (const key of ["t", "part", "cell", "reset", "update", "order", "hide"]) next[key] = old[key];
  next.unit = Math.min(old.unit, H - 1);
  state = next;
}

/** What is wrong with an address or with what was typed, in words. */
function told({ key, value, what, of, expected }) {
  const problem = key === "x" && of === "numbers" && expected === 1 ? "one" : of ?? what;
  return say(words[`problem_${problem}`], { key, value, expected });
}

function problem(text, field) {
  fill(one(".gg-problem"), 0, text);
  if (text) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

/** A sequence as the address writes it, of signs that a Chinese keyboard or this page gives, too. */
function plainNumbers(text) {
  const plain = text.normalize("NFKC").replaceAll("−", "-").replaceAll("。", ".").replaceAll("、", ",");
  const steps = plain.trim().replace(/\s*,\s*/g, ",").replace(/[\s;]+/g, ";");
  return state.D === 1 && !steps.includes(";") ? steps.replaceAll(",", ";") : steps;
}

function change(field) {
  const name = field.dataset.f;
  let wrong = "";
  if (name === "x") {
    const text = plainNumbers(field.value);
    const isLong = text.length > LIMITS.characters / 2 || text.split(";").length > LIMITS.steps;
    const found = read(new URLSearchParams({ H: state.H, D: state.D, x: isLong ? "" : text }).toString());
    if (found.problems.length) wrong = told(found.problems[0]);
    else {
      state.x = found.state.x;
      state.t = Math.min(state.t, state.x.length - 1);
    }
  } else if (name === "H" || name === "D") {
    resize(...["H", "D"].map((each) => (each === name ? Number(field.value) : state[each])));
  } else if (name === "t" || name === "unit") {
    state[name] = Number(field.value) - 1;
  } else if (field.type === "number") {
    const value = field.valueAsNumber;
    if (Math.abs(value) <= LIMITS.number) {
      const [holder, key] = target(name);
      holder[key] = value;
      const card = cards.find(({ kind }) => kind === field.dataset.f.split(".")[0]);
      if (card) card.dial.dataset.dial = name;
    } else {
      wrong = told({
        key: field.getAttribute("aria-label"), value: field.value,
        what: Number.isNaN(value) ? "empty" : "range", expected: LIMITS.number,
      });
    }
  } else {
    state[name] = field.value;
  }
  if (wrong) state = structuredClone(held);
  typed = field;
  show();
  typed = undefined;
  problem(wrong, field);
}

function stepPart(card, by) {
  const { kind } = card.dataset;
  const parts = PARTS[kind], at = parts.indexOf(state.part) + by;
  if (state.part === "" && by < 0) state.part = parts.at(-1);
  else if (parts[at]) state.part = parts[at];
  else {
    const t = state.t + by;
    if (t < 0 || t >= state.x.length) state.part = "";
    else [state.t, state.part] = [t, by > 0 ? parts[0] : parts.at(-1)];
  }
  show();
  card.querySelector("tr.gg-here")?.scrollIntoView({ block: "nearest" });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return words.copied;
  } catch {
    return words.not_copied;
  }
}

const actions = {
  back: () => { state.t = Math.max(state.t - 1, 0); },
  on: () => { state.t = Math.min(state.t + 1, state.x.length - 1); },
  "part-back": (button) => stepPart(button.closest(".gg-card"), -1),
  "part-on": (button) => stepPart(button.closest(".gg-card"), 1),
  reset: () => set(""),
  link: () => copy(address("", "#cell")),
  code: async () => {
    if (!take) await takeAlong();
    return take ? copy(code()) : words.not_copied;
  },
  embed: () => copy(`<iframe src="${address("&embed=1", "").replaceAll("&", "&amp;")}" width="100%" height="700" title="${document.title}"></iframe>`),
  svg: async () => {
    if (!take) await takeAlong();
    if (!take) return;
    const file = new Blob([take.picture(all("[data-heat]").filter((table) => !table.closest("[hidden]")))], { type: "image/svg+xml" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "gate-lab.svg" });
    link.click();
    URL.revokeObjectURL(link.href);
  },
};

for (const lab of labs) {
  lab.addEventListener("compositionend", ({ target: field }) => field.dataset.f && change(field));
  lab.addEventListener("input", (event) => {
    const { target: field } = event;
    if (isComposed(event)) return;
    if (field.dataset.dial) {
      const [holder, key] = target(field.dataset.dial);
      holder[key] = Number(field.value);
      show();
    } else if (field.dataset.f) {
      change(field);
    }
  });
  lab.addEventListener("focusin", ({ target: { dataset } }) => {
    held = structuredClone(state);
    const card = cards.find(({ kind }) => dataset.f?.startsWith(`${kind}.`));
    if (!card || card.dial.dataset.dial === dataset.f) return;
    card.dial.dataset.dial = dataset.f;
    showCard(card, numbers());
  });
  lab.addEventListener("focusout", ({ target: field }) => {
    if (!field.dataset.f) return;
    if (field.hasAttribute("aria-invalid")) problem(""); // the number before stands there again
    showField(field);
  });
  lab.addEventListener("click", async ({ target: clicked }) => {
    const button = clicked.closest("[data-do]");
    if (!button) return;
    const said = await actions[button.dataset.do](button);
    show();
    const status = button.parentNode.querySelector("[role=status]");
    if (status) status.textContent = said ?? "";
  });
}

// A link that says a state sets it, and brings the lab into view.
document.addEventListener("click", (event) => {
  const link = event.target.closest("article a[href*='preset='], article a[href*='?v=1']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.pathname !== location.pathname) return;
  event.preventDefault();
  set(link.search);
  const bar = one(".gg-bar");
  const { top, bottom } = bar.getBoundingClientRect();
  if (top < 48 || bottom > innerHeight) bar.scrollIntoView({ block: "start" });
  (one(".gg-watch[tabindex]:not([hidden])") ?? examples).focus({ preventScroll: true });
});

// The examples that the page lists can be chosen beside what is turned, and the tasks.
const examples = one("[data-examples]");
const links = new Map(all("article li > a[href*='preset=']").map((link) => [
  new URLSearchParams(link.search).get("preset"), link,
]));
for (const [name, link] of links) examples.append(new Option(link.textContent, name));
for (const task of tasks) {
  let head = task;
  while (head.localName !== "h3") head = head.previousElementSibling;
  examples.append(new Option(head.firstChild.textContent, task.dataset.challenge));
}
one(".gg-examples").hidden = false;
examples.addEventListener("change", () => set(examples.value && `?preset=${examples.value}`));

function set(search) {
  const asked = new URLSearchParams(search);
  asked.delete("embed");
  for (const name of ["q", "h"]) asked.delete(name); // the search's
  if (!asked.has("v") && !asked.has("preset")) asked.set("preset", "start");
  const found = read(asked.toString(), { presets });
  const isOther = ({ what, of }) => what === "version" || what === "preset" || of === "characters";
  if (found.problems.some(isOther)) found.state = started();
  if (state && !asked.has("hide")) found.state.hide = state.hide; // what a teacher hid stays so
  state = found.state;
  const name = asked.get("preset") ?? "";
  begun = tasks.some((task) => task.dataset.challenge === name) ? name : undefined;
  examples.value = [...examples.options].some(({ value }) => value === name) ? name : "";
  watch(links.has(name) ? plain(links.get(name).parentNode) : "");
  document.documentElement.dataset.hide = state.hide.join(" ");
  for (const part of state.hide) hideSection(part);
  show();
  problem(found.problems.map(told).join(" "));
  if (begun && !challenges) {
    bring("challenges", (module) => {
      challenges = module.CHALLENGES;
      judge();
    });
  }
}

function hideSection(part) {
  const inside = { challenges: "[data-challenge]", presets: "#presets" }[part];
  let element = document.querySelector(inside ?? `[data-part="${part}"].gg-live`);
  while (element && element.localName !== "h2") element = element.previousElementSibling;
  if (!element) return;
  do {
    element.hidden = true;
    element = element.nextElementSibling;
  } while (element && element.localName !== "h2");
}

function bring(script, then) {
  return import(`./${script}.js`).then(then, () => gateLost(`${script}.js`));
}

function takeAlong() {
  return bring("take", (module) => {
    take = module;
    showCode();
  });
}

const isEmbedded = new URLSearchParams(location.search).has("embed");
document.documentElement.classList.toggle("gg-embed", isEmbedded);
for (const lab of labs) lab.hidden = false;

// A reader's own net takes the place of the one of its kind.
document.addEventListener("gg-net", ({ detail: { kind, H, D, ...weights } }) => {
  resize(H, D);
  Object.assign(state, { [kind]: structuredClone(weights), cell: kind });
  begun = undefined;
  examples.value = "";
  watch("");
  show();
  one(".gg-bar").scrollIntoView({ block: "start" });
  one(".gg-bar input").focus({ preventScroll: true });
});

// What the cell does not need comes when a reader comes near it.
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target: { dataset: { part } } } of seen) {
    if (isIntersecting) part === "take" ? takeAlong() : bring(part);
  }
}, { rootMargin: "100%" });
for (const lab of labs) if (["trained", "own", "take"].includes(lab.dataset.part)) near.observe(lab);
set(location.search);
