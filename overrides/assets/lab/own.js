// The reader's own weights in the gate lab: reads a file here, in the browser, and shows a layer of it
// over a sequence. Nothing is sent.

import { ORDERS } from "../cell.js";
import { LIMITS as LAB } from "./state.js";
import { Steps, TANH, all, fill, say, sentence, words, written } from "./steps.js";
import { Refused, checkSize, random, read, runs, several, short } from "./weights.js";

const lab = document.querySelector('[data-part="own"].gg-live');
const one = (selector) => lab.querySelector(selector);
const [layers, unit, into, source, steps, seed, typed] =
  ["layer", "unit", "into", "source", "steps", "seed", "xs"].map((name) => one(`[data-${name}]`));

let chosen, xs, done, t = 0; // one direction of one layer, and what it does over the sequence
let found = [];

function refuse(error) {
  if (!(error instanceof Refused)) throw error;
  fill(one(".gg-refused"), 0, say(words[`own_${error.told.what}`], error.told));
}

async function take(file) {
  fill(one(".gg-refused"), 0, "");
  try {
    checkSize(file);
    const bytes = await file.arrayBuffer().catch(() => { throw new Refused("unread", { name: short(file.name) }); });
    const { nets, others } = read(new Uint8Array(bytes), file.name);
    found = nets.flatMap((net) => net.layers.flatMap((ways, layer) => ways.map((_, way) => ({ net, layer, way }))));
    const left = others.length ? ` ${say(words.own_others, { keys: several(others) })}` : "";
    const told = nets.map(({ prefix, kind, H, D, layers: { length }, dtypes }) =>
      say(words.own_found, { name: short(prefix.replace(/\.$/, "") || file.name), kind: kind.toUpperCase(), H, D, layers: length, dtypes: dtypes.join(", ") }));
    fill(one(".gg-answers"), 0, told.join(" ") + left);
  } catch (error) {
    refuse(error);
    return;
  }
  layers.replaceChildren(...found.map(({ net: { prefix, kind }, layer, way }, n) =>
    new Option(`${kind.toUpperCase()} ${short(prefix)}l${layer}${way ? "_reverse" : ""}`, n)));
  typed.value = "";
  source.value = "random";
  one(".gg-loaded").hidden = false;
  choose();
}

/** Bring the chosen layer into view. */
function choose() {
  const { net, layer, way } = found[layers.value];
  chosen = { net, layer, way, own: net.layers[layer][way] };
  unit.max = net.H;
  unit.value = Math.min(unit.value, net.H);
  const { H, D } = chosen.own;
  const numbers = [chosen.own.weight_ih, chosen.own.weight_hh, chosen.own.bias_ih, chosen.own.bias_hh].flat(2);
  into.hidden = H > LAB.size || D > LAB.size || numbers.some((value) => Math.abs(value) > LAB.number);
  for (const view of all("[data-kind]", lab)) view.hidden = view.dataset.kind !== net.kind;
  const view = views[net.kind];
  for (const [n, row] of [...view.table.table.tBodies[0].rows].slice(0, 3).entries()) row.hidden = D > LAB.size || n >= D;
  for (const row of all(".gg-biases tr[data-row]", view.element)) {
    const [least, largest] = spread(row.dataset.row);
    [least, largest].forEach((value, n) => fill(row.cells[n + 1].firstChild, value, written(value)));
  }
  compute();
}

/** The least and the largest bias of a block: of both sums together, but for what r stands between. */
function spread(name) {
  const { own: { kind, H, bias_ih: x, bias_hh: h } } = chosen;
  const row = (at) => ORDERS[kind].indexOf(name[0]) * H + at;
  const bias = { "n x": (at) => x[at], "n h": (at) => h[at] }[name] ?? ((at) => x[at] + h[at]);
  let [least, largest] = [Infinity, -Infinity];
  for (let at = 0; at < H; at++) {
    const value = bias(row(at));
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  return [least, largest];
}

/** The sequence that is asked for, or undefined where what was typed is none. */
function sequence() {
  const { net: { D } } = chosen, count = Math.min(Math.max(Math.round(steps.valueAsNumber) || 1, 1), LAB.steps);
  if (source.value === "random") return random(seed.valueAsNumber || 0, count, D);
  if (source.value === "zeros") return Array.from({ length: count }, () => Array(D).fill(0));
  const rows = typed.value.normalize("NFKC").trim().split(/[\s;]+/).map((row) => row.split(",").map((text) => (text.trim() ? Number(text) : NaN)));
  if (!typed.value.trim() || rows.length > LAB.steps) throw new Refused("steps", { most: LAB.steps });
  if (rows.some((row) => row.length !== D)) throw new Refused("features", { D });
  const bad = rows.flat().find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new Refused("typed");
  return rows;
}

function compute() {
  const isTyped = source.value === "typed";
  for (const field of [steps, seed]) field.parentNode.hidden = isTyped;
  seed.parentNode.hidden ||= source.value === "zeros";
  typed.parentNode.hidden = !isTyped;
  typed.placeholder = Array.from({ length: Math.min(chosen.net.D, 8) }, () => "0").join(",");
  fill(one(".gg-refused"), 0, "");
  if (isTyped && typed.value === "") return; // nothing is typed so far
  try {
    xs = sequence();
  } catch (error) {
    refuse(error);
    if (!done || isTyped) return;
  }
  const { net, layer, way } = chosen;
  done = runs({ ...net, layers: net.layers.slice(0, layer + 1) }, xs)[layer][way];
  t = Math.min(t, xs.length - 1);
  show();
}

function show() {
  const { net: { kind, H }, layer, way } = chosen;
  const { table, element } = views[kind];
  fill(table.table.caption.firstChild, 0, say(words.own_caption, { layer: `l${layer}${way ? "_reverse" : ""}`, unit: unit.value, H }));
  fill(element.querySelector(".gg-read"), 0, "");
  table.show();
}

const at = () => Math.min(Math.max(Math.round(unit.valueAsNumber) || 1, 1), chosen.net.H) - 1;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function told(row) {
  const step = done[t], { kind, H, D } = chosen.own, name = row[0];
  if (row.endsWith(" mean")) return `${say(words.mean, { gate: name })} = ${written(mean(step[name]))}`;
  if (name === "x" || "hc".includes(name) || Math.max(H, D) <= LAB.size) return sentence(chosen.own, step, at(), name);
  return `${name} = ${TANH.includes(name) ? "tanh" : "σ"}(${written(step.sums[name][at()])}) = ${written(step[name][at()])}`;
}

const views = {};
for (const element of all("[data-kind]", lab)) {
  const table = new Steps(element.querySelector(".gg-heat"), {
    count: () => xs.length,
    now: () => t,
    value(row) {
      if (row[0] === "x") return done.map(({ x }) => x[(row[1] ?? 1) - 1]);
      if (row.endsWith(" mean")) return done.map((step) => mean(step[row[0]]));
      return done.map((step) => step[row][at()]);
    },
    choose(step, row) {
      t = step;
      table.show();
      fill(element.querySelector(".gg-read"), 0, `${say(words.at, { t: t + 1 })}: ${told(row)}`);
    },
  });
  views[element.dataset.kind] = { table, element };
}

lab.addEventListener("input", (event) => {
  const { target } = event;
  if (isComposed(event) || target.matches("[data-file]")) return;
  if (target === layers) choose();
  else if (target === unit) show();
  else compute();
});
typed.addEventListener("compositionend", compute);
const file = one("[data-file]");
const takeFirst = ({ files }) => files[0] && take(files[0]);
file.addEventListener("change", () => takeFirst(file));
takeFirst(file); // chosen before this script was here
const drop = one(".gg-drop");
for (const kind of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("gg-here", kind === "dragover");
    if (kind === "drop") takeFirst(event.dataTransfer);
  });
}
into.addEventListener("click", () => {
  document.dispatchEvent(new CustomEvent("gg-net", { detail: chosen.own }));
});
