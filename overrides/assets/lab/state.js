// The state of the lab and its address: each gives the other. It knows nothing of the page, and no
// text that stands in an address makes it throw.

import { ORDERS } from "../cell.js";

// What may be hidden
export const PARTS = [
  "weights", "conventions", "sequence", "gradient", "trained", "own", "challenges", "take", "presets",
];
export const LIMITS = { size: 3, steps: 200, number: 1000, characters: 20000 };
// Whose rows come first, by who keeps the weights so
export const ROWS = {
  torch: ORDERS,
  keras: { gru: "zrn", lstm: "ifgo" },
  onnx: { gru: "zrn", lstm: "iofg" },
};
const VERSION = "1";
const SHOWN = 60; // characters of a faulty address that are told

const zeros = (count) => Array(count).fill(0);
const rows = (count, width) => Array.from({ length: count }, () => zeros(width));
const netOfZeros = (blocks, H, D) => ({
  weight_ih: rows(blocks * H, D),
  weight_hh: rows(blocks * H, H),
  bias_ih: zeros(blocks * H),
  bias_hh: zeros(blocks * H),
});

// The state that an address with these sizes alone stands for.
export const blank = (H, D) => ({
  H, D, x: rows(1, D), h: zeros(H), c: zeros(H),
  gru: netOfZeros(3, H, D),
  lstm: netOfZeros(4, H, D),
  t: 0, unit: 0, part: "", cell: "both", reset: "after", update: "z", order: "torch", hide: [],
});

// What the functions of the cell take of a state: a net and its conventions.
export const netOf = (state, kind) => ({ kind, ...state[kind] });
export const conventionsOf = ({ reset, update, order }) => ({ reset, update, order: ROWS[order] });

class Refused extends Error {
  constructor(what, told) {
    super(what);
    this.told = { what, ...told };
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function number(text) {
  const value = NUMBER.test(text.trim()) ? Number(text) : NaN;
  const refuse = (what, told) => { throw new Refused(what, { value: text.trim().slice(0, SHOWN), ...told }); };
  if (!Number.isFinite(value)) refuse("number");
  if (Math.abs(value) > LIMITS.number) refuse("range", { expected: LIMITS.number });
  return value + 0; // -0 is 0
}

function whole(text, most) {
  if (!/^\d+$/.test(text.trim())) throw new Refused("number");
  if (+text < 1 || +text > most) throw new Refused("range", { expected: most });
  return +text;
}

function numbers(text, count) {
  const parts = text.split(",");
  if (parts.length !== count) throw new Refused("length", { expected: count, of: "numbers" });
  return parts.map(number);
}

function matrix(text, count, width) {
  const parts = text.split(";");
  if (parts.length !== count) throw new Refused("length", { expected: count, of: "rows" });
  return parts.map((row) => numbers(row, width));
}

function sequence(text, width) {
  const steps = text.split(";");
  if (!text || steps.length > LIMITS.steps) {
    throw new Refused("length", { expected: LIMITS.steps, of: "steps" });
  }
  return steps.map((step) => numbers(step, width));
}

// A field reads its text, given the fields before it, and writes its value.
const size = { read: (text) => whole(text, LIMITS.size), write: String };
const list = (count) => ({ read: (text, state) => numbers(text, count(state)), write: String });
const table = (read) => ({ read, write: (value) => value.join(";") });
const place = (count) => ({ // counted from one in the address
  read: (text, state) => whole(text, count(state)) - 1,
  write: (value) => String(value + 1),
});
const choice = (...choices) => ({
  read: (text) => {
    if (!choices.includes(text)) throw new Refused("choice", { expected: choices });
    return text;
  },
  write: String,
});
const part = choice(...PARTS);
const net = (kind, blocks) => ({
  [`${kind}_weight_ih`]: table((text, { H, D }) => matrix(text, blocks * H, D)),
  [`${kind}_weight_hh`]: table((text, { H }) => matrix(text, blocks * H, H)),
  [`${kind}_bias_ih`]: list(({ H }) => blocks * H),
  [`${kind}_bias_hh`]: list(({ H }) => blocks * H),
});
const SIZES = { H: size, D: size };
const FIELDS = {
  x: table((text, { D }) => sequence(text, D)),
  h0: list(({ H }) => H),
  c0: list(({ H }) => H),
  ...net("gru", 3),
  ...net("lstm", 4),
  t: place(({ x }) => x.length),
  unit: place(({ H }) => H),
  part: choice("", ..."rznhifgco"),
  cell: choice("both", "gru", "lstm"),
  reset: choice("after", "before"),
  update: choice("z", "1-z"),
  order: choice(...Object.keys(ROWS)),
  hide: {
    read: (text) => {
      const named = text ? text.split(",").map(part.read) : [];
      return PARTS.filter((name) => named.includes(name));
    },
    write: (value) => PARTS.filter((name) => value.includes(name)).join(),
  },
};

// Where a field's value is: `gru_bias_ih` is state.gru.bias_ih, and `h0` is state.h. (In an address
// `h` is what the search found.)
function holderOf(state, key) {
  const [, kind, name] = key.match(/^(gru|lstm)_(.*)/) ?? [];
  return kind ? [state[kind], name] : [state, key.replace(/^([hc])0$/, "$1")];
}

// The state that an address's search stands for, and what was wrong in it: key, value, what (a
// code), and with some of them what was expected. A faulty key leaves its default.
export function read(search, { presets = {} } = {}) {
  const text = String(search);
  const problems = [];
  const refuse = (key, value, told) =>
    problems.push({ key: key.slice(0, SHOWN), value: value.slice(0, SHOWN), ...told });
  if (text.length > LIMITS.characters) {
    refuse("", text, { what: "length", expected: LIMITS.characters, of: "characters" });
    return { state: blank(1, 1), problems };
  }
  const own = new Map(new URLSearchParams(text));
  const version = own.get("v") ?? VERSION;
  if (version !== VERSION) {
    refuse("v", version, { what: "version" });
    return { state: blank(1, 1), problems };
  }
  const given = new Map();
  const preset = own.get("preset");
  if (preset !== undefined) {
    if (Object.hasOwn(presets, preset)) {
      for (const [key, value] of new URLSearchParams(presets[preset])) given.set(key, value);
    } else refuse("preset", preset, { what: "preset" });
  }
  for (const [key, value] of own) given.set(key, value);
  given.delete("v");
  given.delete("preset");

  const take = (fields, state) => {
    for (const key of Object.keys(fields)) {
      if (!given.has(key)) continue;
      const [holder, name] = holderOf(state, key);
      try {
        holder[name] = fields[key].read(given.get(key), state);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refuse(key, given.get(key), error.told);
      }
      given.delete(key);
    }
    return state;
  };
  const { H, D } = take(SIZES, { H: 1, D: 1 });
  const state = take(FIELDS, blank(H, D));
  for (const [key, value] of given) refuse(key, value, { what: "unknown" });
  return { state, problems };
}

// The address of a state, from the preset `kept` if it has the same sizes, else from the one that makes
// it shortest: the same state gives the same.
export function write(state, { presets = {}, kept } = {}) {
  const { H, D } = state;
  const from = (start, base) => {
    let text = start;
    for (const [key, field] of Object.entries(FIELDS)) {
      const [value, before] = [state, base].map((all) => {
        const [holder, name] = holderOf(all, key);
        return field.write(holder[name]);
      });
      if (value !== before) text += `&${key}=${value}`;
    }
    return text;
  };
  const sizes = ["H", "D"].filter((key) => state[key] !== 1).map((key) => `&${key}=${state[key]}`);
  let shortest = from(`v=${VERSION}${sizes.join("")}`, blank(H, D));
  for (const [name, text] of Object.entries(presets)) {
    const base = read(text).state;
    if (base.H !== H || base.D !== D) continue;
    const short = from(`v=${VERSION}&preset=${encodeURIComponent(name)}`, base);
    if (name === kept) return short;
    if (short.length < shortest.length) shortest = short;
  }
  return shortest;
}
