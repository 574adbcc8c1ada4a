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

/** How strong a cell's colour is, in tenths: ten styles, which a browser shares among the cells. */
export function level(value) {
  const tenths = Math.min(Math.floor(Math.abs(value) * 10 + 0.5), 10);
  return tenths ? `${value < 0 ? "-" : ""}${tenths}` : "";
}

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

// A frame has no time for the cells of 200 steps: those out of view come after it, slice by slice.
const AT_ONCE = 30; // columns
const SLICE = 5; // ms
const waiting = new Set();
let timer;

function drawRest() {
  const until = performance.now() + SLICE;
  timer = undefined;
  for (const table of waiting) {
    while (table.left < table.columns) {
      if (performance.now() > until) {
        timer = setTimeout(drawRest);
        return;
      }
      table.draw(table.left, table.left += 10);
    }
    waiting.delete(table);
    table.table.ariaBusy = "false";
  }
}

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
    Object.assign(this, { table, count, now, value, chosen: choose, first, written: write, isWrong });
    this.head = table.tHead.rows[0];
    this.here = [0, 0];
    table.addEventListener("click", (event) => {
      const cell = event.target.closest("td");
      if (cell) this.choose(this.rows.indexOf(cell.parentNode), cell.cellIndex - 1);
    });
    table.addEventListener("keydown", (event) => this.move(event));
  }

  /** The head of the step in view; a hidden table, which keeps the columns that it had, may lack it. */
  get column() {
    return this.head.cells[this.now() + 2 - this.first];
  }

  show() {
    this.look();
    this.write();
    this.reveal();
  }

  /** See which columns are in view: before anything is written, since it takes a layout. */
  look() {
    const room = this.table.parentNode, { top, bottom } = room.getBoundingClientRect();
    const { cells } = this.head, columnAt = (x) => {
      let [low, high] = [1, cells.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cells[middle].offsetLeft + cells[middle].offsetWidth < x) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    };
    const isNear = top < innerHeight && bottom > 0;
    this.view = isNear ? [room.scrollLeft, room.scrollLeft + room.clientWidth].map(columnAt) : [0, -1];
  }

  /** Write what is in view, and leave the rest for after the next frame. */
  write() {
    if (this.table.closest("[hidden]") && this.rows) return;
    this.rows = [...this.table.tBodies[0].rows].filter((row) => !row.hidden);
    const { first, head } = this, now = this.now();
    this.columns = this.count() + 1 - first;
    const resized = (row, tag) => {
      while (row.cells.length - 1 > this.columns) row.lastElementChild.remove();
      while (row.cells.length - 1 < this.columns) {
        const cell = row.appendChild(document.createElement(tag));
        if (tag === "td") cell.append(document.createElement("data"));
        else {
          cell.scope = "col";
          cell.textContent = row.cells.length - 2 + first;
        }
      }
    };
    resized(head, "th");
    for (const row of this.rows) resized(row, "td");
    const here = this.column, before = head.querySelector(".gg-here");
    if (before !== here) {
      before?.classList.remove("gg-here");
      here.classList.add("gg-here");
    }
    this.here[0] = Math.min(this.here[0], this.rows.length - 1);
    this.here[1] = Math.min(Math.max(now + 1 - first, 0), this.columns - 1);
    const cell = this.rows[this.here[0]].cells[this.here[1] + 1];
    const reached = this.table.querySelector("td[tabindex='0']");
    if (reached !== cell) {
      reached?.removeAttribute("tabindex");
      cell.tabIndex = 0;
    }
    this.values = {}; // of each row
    this.left = 0;
    if (this.columns > AT_ONCE) {
      this.draw(this.view[0], this.view[1] + 1);
      waiting.add(this);
      this.table.ariaBusy = "true";
      timer ??= setTimeout(drawRest);
    } else {
      this.draw(0, this.columns);
    }
  }

  draw(from, to) {
    for (const row of this.rows) {
      const name = row.dataset.row, { cells } = row;
      const values = this.values[name] ??= this.value(name);
      for (let n = from; n < Math.min(to, this.columns); n++) {
        const cell = cells[n + 1], value = values[n], isWrong = this.isWrong(name, n);
        cell.classList.toggle("gg-wrong", isWrong);
        fill(cell.firstChild, value ?? "", `${this.written(value, name, n)}${isWrong ? " ✗" : ""}`);
        const shade = level(value);
        if (cell.dataset.level !== shade) cell.dataset.level = shade;
      }
    }
  }

  /** Bring the step in view into its table's, if it is another one, and leave the page where it is. */
  reveal() {
    const now = this.now(), { column } = this;
    if (this.shown === now || !column) return;
    this.shown = now;
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
