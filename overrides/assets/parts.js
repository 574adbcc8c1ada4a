// A cell's drawing that answers: a part, its name and its equation light up together, and where
// there are sliders, they turn its gates.

import { step } from "./cell.js";

const BLOCKS = ["r", "z", "n"];
const ROOM = 24; // so wide a line answers to a finger, in the drawing's units

function answer(cell) {
  const svg = cell.querySelector("svg");
  const names = [...cell.querySelectorAll(".gg-names button")];
  const partOf = Object.fromEntries(
    names.map((name) => [name.firstElementChild.textContent, name.dataset.part]),
  );
  let chosen = null;

  const light = (part) => {
    if (svg.dataset.lit) svg.style.removeProperty(`--lit-${svg.dataset.lit}`);
    if (part) {
      svg.dataset.lit = part;
      svg.style.setProperty(`--lit-${part}`, 1);
    } else {
      delete svg.dataset.lit;
    }
    for (const name of names) name.classList.toggle("gg-lit", name.dataset.part === part);
  };
  const tell = (part) => {
    for (const told of cell.querySelectorAll(".gg-parts > *")) {
      told.classList.toggle("gg-told", told.dataset.part === part);
    }
    light(part);
  };
  const choose = (part) => {
    chosen = part === chosen ? null : part;
    for (const name of names) {
      name.setAttribute("aria-pressed", String(name.dataset.part === chosen));
    }
    tell(chosen);
  };

  for (const name of names) name.addEventListener("focus", () => tell(name.dataset.part));
  widen(svg);
  for (const answering of [...names, ...svg.querySelectorAll("[data-part]")]) {
    const { part } = answering.dataset;
    answering.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") tell(part);
    });
    answering.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") tell(chosen);
    });
    answering.addEventListener("click", () => choose(part));
  }
  for (const symbol of cell.querySelectorAll(".gg-parts msub")) {
    const [letter, step] = [...symbol.children].map((child) => child.textContent);
    const part = step === "t" ? partOf[letter] : undefined;
    if (!part) continue;
    symbol.classList.add("gg-symbol");
    symbol.addEventListener("pointerenter", () => light(part));
    symbol.addEventListener("pointerleave", () => light(symbol.closest(".gg-told")?.dataset.part));
    symbol.addEventListener("click", () => { if (part !== chosen) choose(part); });
  }
}

// A line is too thin to be pointed at: each has a wide one over it that is not seen.
function widen(svg) {
  for (const shape of svg.querySelectorAll("[data-part] :is(path, rect, circle)")) {
    const hand = shape.cloneNode();
    hand.setAttribute("class", "hand");
    hand.setAttribute("stroke-width", ROOM);
    shape.closest("[data-part]").append(hand);
  }
}

const written = (value) => value.toFixed(2).replace("-", "−");
const factor = (value) => (written(value).startsWith("−") ? `(${written(value)})` : written(value));

function turn(cell) {
  const net = { kind: "gru", ...JSON.parse(cell.dataset.net) };
  const sliders = [...cell.querySelectorAll("[data-bias]")];
  const sum = cell.querySelector(".gg-sum output");

  const show = () => {
    for (const { dataset, value } of sliders) net.bias_ih[BLOCKS.indexOf(dataset.bias)] = +value;
    const { r: [r], z: [z], n: [n], h: [now] } = step(net, [net.x], { h: [net.h] });
    for (const [name, value] of Object.entries({ x: net.x, h: net.h, r, z, n, new: now })) {
      for (const place of cell.querySelectorAll(`[data-value="${name}"]`)) {
        place.textContent = written(value);
      }
    }
    sum.textContent =
      `${written(1 - z)}\u00a0·\u00a0${factor(n)} + ${written(z)}\u00a0·\u00a0${factor(net.h)} ≈ ${written(now)}`;
    cell.style.setProperty("--r", r);
    cell.style.setProperty("--z", z);
    for (const slider of sliders) {
      const gate = { r, z }[slider.dataset.bias];
      slider.setAttribute("aria-valuetext", `${slider.dataset.bias} = ${written(gate)}`);
    }
  };
  for (const slider of sliders) slider.addEventListener("input", show);
  show(); // a browser keeps a slider's place over a reload
}

for (const cell of document.querySelectorAll(".gg-cell")) {
  answer(cell);
  if (cell.dataset.net) turn(cell);
}
