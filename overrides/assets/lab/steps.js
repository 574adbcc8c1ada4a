// Tables with a column for every step, how a number is written in them and how it came about.

import { ORDERS } from "../cell.js";

export const TANH = "ng"; // the blocks that are no gates
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const words = JSON.parse(document.querySelector(".gg-lab-words").textContent);
export const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** A number as a reader sees it; tools/rendering/lab.py writes the first ones alike. */
export function written(value, digits = 4) {
  if (value === undefined) return "";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value < 0 ? "−∞" : "∞";
  if (Math.abs(value) >= 1e6) return value.toExponential(digits).replaceAll("-", "−");
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

export const brief = (value) =>
  value && Math.abs(value) < 0.005 ? value.toExponential(0).replaceAll("-", "−") : written(value, 2);

/** Set a text where it changed, and of a <data> the value, which changes without it too. */
export function fill(element, value, text) {
  if (element.localName === "data" && element.value !== String(value)) element.value = value;
  if (element.textContent !== text) element.textContent = text;
}

/** A number after a sign. */
export const between = (value) => (value < 0 ? `(${written(value)})` : written(value));

/** How a gate or a state of a unit came about, in numbers; `step` is one of cell.js's run. */
export function sentence(net, step, unit, name) {
  const n = (value) => written(value), { kind } = net;
  const times = (weights, by) => weights.map((weight, at) => `${between(weight)} · ${between(by[at])}`).join(" + ");
  if (name[0] === "x") return `x = ${step.x.map(n).join(", ")}`;
  if (name === "h" && kind === "gru") {
    const [z, draft, old] = [step.z, step.n, step.before.h].map((all) => all[unit]);
    return `h = ${n(1 - z)} · ${between(draft)} + ${n(z)} · ${between(old)} = ${n(step.h[unit])}`;
  }
  if (name === "h") return `h = ${n(step.o[unit])} · tanh(${n(step.c[unit])}) = ${n(step.h[unit])}`;
  if (name === "c") {
    const [f, old, i, g] = [step.f, step.before.c, step.i, step.g].map((all) => all[unit]);
    return `c = ${n(f)} · ${between(old)} + ${n(i)} · ${between(g)} = ${n(step.c[unit])}`;
  }
  const row = ORDERS[kind].indexOf(name) * step.h.length + unit;
  const fromX = `${times(net.weight_ih[row], step.x)} + ${between(net.bias_ih[row])}`;
  const fromH = `${times(net.weight_hh[row], step.before.h)} + ${between(net.bias_hh[row])}`;
  const sum = name === "n" ? `${fromX} + ${n(step.r[unit])} · (${fromH})` : `${fromX} + ${fromH}`;
  return `${name} = ${TANH.includes(name) ? "tanh" : "σ"}(${sum}) = ${n(step[name][unit])}`;
}

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Steps {
  /**
   * count()      how many steps there are
   * now()        the step in view, from 0 on
   * value(row)   a number for each column of a row
   * choose(t, row)  what is done when a cell is chosen; it shows the table anew
   * first        what the first column is called: 1, or 0 where the start has one too
   * write(value, row, t)  a number's text
   * isWrong(row, t)  whether it is marked as wrong
   */
  constructor(table, { count, now, value, choose, first = 1, write = brief, isWrong = () => false }) {
    Object.assign(this, { table, count, now, value, chosen: choose, first, write, isWrong });
    this.head = table.tHead.rows[0];
    this.here = [0, 0];
    table.addEventListener("click", (event) => {
      const cell = event.target.closest("td");
      if (cell) this.choose(this.rows.indexOf(cell.parentNode), cell.cellIndex - 1);
    });
    table.addEventListener("keydown", (event) => this.move(event));
  }

  show() {
    if (!this.table.closest(".gg-lab, .gg-wide").offsetParent && this.isFilled) return;
    this.rows = [...this.table.tBodies[0].rows].filter((row) => !row.hidden);
    const { first } = this, now = this.now();
    const count = this.count() + 1 - first;
    const resized = (row, tag) => {
      while (row.cells.length - 1 > count) row.lastElementChild.remove();
      while (row.cells.length - 1 < count) {
        const cell = row.appendChild(document.createElement(tag));
        if (tag === "th") cell.scope = "col";
        else cell.append(document.createElement("data"));
      }
    };
    resized(this.head, "th");
    [...this.head.cells].slice(1).forEach((cell, n) => {
      fill(cell, 0, String(n + first));
      cell.classList.toggle("gg-here", n + first === now + 1);
    });
    this.here[0] = Math.min(this.here[0], this.rows.length - 1);
    this.here[1] = Math.min(Math.max(now + 1 - first, 0), count - 1);
    this.rows.forEach((row, at) => {
      resized(row, "td");
      const name = row.dataset.row, values = this.value(name);
      for (let n = 0; n < count; n++) {
        const cell = row.cells[n + 1], value = values[n], isWrong = this.isWrong(name, n);
        fill(cell.firstChild, value ?? "", `${this.write(value, name, n)}${isWrong ? " ✗" : ""}`);
        cell.style.setProperty("--v", Number(value) || 0);
        cell.classList.toggle("gg-minus", value < 0);
        cell.classList.toggle("gg-wrong", isWrong);
        cell.tabIndex = at === this.here[0] && n === this.here[1] ? 0 : -1;
      }
    });
    this.isFilled = true;
    if (this.shown !== now) this.reveal(this.head.querySelector(".gg-here"));
    this.shown = now;
  }

  /** Bring a column into view, and leave the page where it is. */
  reveal(column) {
    if (!column) return;
    const room = this.table.parentNode, names = this.head.cells[0].offsetWidth;
    const from = column.offsetLeft - names, to = column.offsetLeft + column.offsetWidth;
    if (from < room.scrollLeft) room.scrollLeft = from;
    else if (to > room.scrollLeft + room.clientWidth) room.scrollLeft = to - room.clientWidth;
  }

  choose(row, column) {
    this.here = [row, column];
    const t = Math.min(Math.max(column + this.first - 1, 0), this.count() - 1);
    this.chosen(t, this.rows[row].dataset.row);
    const cell = this.rows[row].cells[column + 1];
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  move(event) {
    let [row, column] = this.here;
    const last = this.rows[0].cells.length - 2;
    if (ARROWS[event.key]) {
      row = Math.min(Math.max(row + ARROWS[event.key][0], 0), this.rows.length - 1);
      column = Math.min(Math.max(column + ARROWS[event.key][1], 0), last);
    } else if (event.key === "Home") column = 0;
    else if (event.key === "End") column = last;
    else return;
    event.preventDefault();
    this.choose(row, column);
  }
}
