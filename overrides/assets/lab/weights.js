// Recurrent nets from a file's bytes: a state_dict as JSON or as safetensors. It knows nothing of the
// page; what cannot be read is thrown as Refused, with a code and what it is about.

import { run } from "../cell.js";

export const LIMITS = { bytes: 50e6, units: 512 };
const BLOCKS = { 3: "gru", 4: "lstm" };
const NAMES = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];
const KEY = /^(.*?)(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)(?:_l(\d+)(_reverse)?)?$/s;
const SHOWN = 60; // characters of a name, and keys of a file, that are told

export class Refused extends Error {
  constructor(what, told = {}) {
    super(what);
    this.told = { what, ...told };
  }
}

export const short = (text) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
export const several = (names) => {
  const told = names.slice(0, 6).map(short).join(", ");
  return names.length > 6 ? `${told}, …` : told;
};

/** Refuse by its size a file that is not read yet. */
export function checkSize({ name, size }) {
  if (size > LIMITS.bytes) throw new Refused("size", { name: short(name), megabytes: Math.round(size / 1e6), most: LIMITS.bytes / 1e6 });
  if (!size) throw new Refused("empty", { name: short(name) });
}

/** The nets that a file holds, and the keys that belong to none. */
export function read(bytes, name = "") {
  checkSize({ name, size: bytes.length });
  const starts = (...codes) => codes.every((code, at) => bytes[at] === code);
  const told = { name: short(name) };
  if (starts(0x50, 0x4b) || starts(0x80) || /\.(pt|pth|pkl|ckpt|bin)$/i.test(name)) throw new Refused("pickle", told);
  if (isSafetensors(bytes)) return nets(safetensors(bytes));
  const text = decoded(bytes);
  if (/\.safetensors$/i.test(name)) throw new Refused(bytes.length < 8 ? "cut" : "header", told);
  if (text === undefined || !/^\s*[[{"\w-]/.test(text)) throw new Refused("unknown", told);
  return nets(json(text, told));
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// JSON

function json(text, told) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    try { // Python writes what JSON has no number for
      found = JSON.parse(text.replace(/([[,:]\s*)(-?Infinity|NaN)(?=\s*[\],}])/g, '$1"$2"'));
    } catch {
      throw new Refused("json", told);
    }
  }
  if (typeof found !== "object" || !found || Array.isArray(found)) throw new Refused("object", told);
  return new Map(Object.entries(found).map(([key, value]) => [key, { dtype: "JSON", ...listed(value) }]));
}

// A table or a list as its shape and a function that gives its numbers, asked only of what is needed.
function listed(value) {
  const shape = [];
  for (let inner = value; Array.isArray(inner); [inner] = inner) shape.push(inner.length);
  return {
    shape,
    numbers(key) {
      const flat = [];
      const walk = (part, depth) => {
        if (depth === shape.length) {
          if (Array.isArray(part)) throw new Refused("ragged", { key: short(key) });
          return flat.push(part);
        }
        if (!Array.isArray(part) || part.length !== shape[depth]) throw new Refused("ragged", { key: short(key) });
        for (const each of part) walk(each, depth + 1);
      };
      walk(value, 0);
      return flat;
    },
  };
}

// safetensors: eight bytes with the length of the header, the header as JSON, the numbers

const HEADER = 8;
const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const isSafetensors = (bytes) => bytes.length > HEADER && bytes[HEADER] === 0x7b && bytes[6] === 0 && bytes[7] === 0;

function float16(bits) {
  const sign = bits >> 15 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
}

const whole = new DataView(new ArrayBuffer(4));
function bfloat16(bits) {
  whole.setUint16(0, bits);
  return whole.getFloat32(0);
}

const TYPES = {
  F64: [8, (data, at) => data.getFloat64(at, true)],
  F32: [4, (data, at) => data.getFloat32(at, true)],
  F16: [2, (data, at) => float16(data.getUint16(at, true))],
  BF16: [2, (data, at) => bfloat16(data.getUint16(at, true))],
};

function safetensors(bytes) {
  const length = Number(view(bytes).getBigUint64(0, true)), begin = HEADER + length;
  if (begin > bytes.length) throw new Refused("cut", { missing: begin - bytes.length });
  let header;
  try {
    header = JSON.parse(decoded(bytes.subarray(HEADER, begin)));
  } catch {
    throw new Refused("header");
  }
  if (typeof header !== "object" || !header || Array.isArray(header)) throw new Refused("header");
  delete header.__metadata__;
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  return new Map(Object.entries(header).map(([key, told]) => {
    const { dtype, shape, data_offsets: offsets } = told ?? {};
    const isWell = typeof dtype === "string" && Array.isArray(shape) && shape.every(isCount) &&
      Array.isArray(offsets) && offsets.length === 2 && offsets.every(isCount) && offsets[0] <= offsets[1];
    if (!isWell) throw new Refused("entry", { key: short(key) });
    const missing = begin + offsets[1] - bytes.length;
    if (missing > 0) throw new Refused("cut", { missing });
    return [key, { dtype, shape, numbers: () => decode(key, dtype, shape, bytes.subarray(begin + offsets[0], begin + offsets[1])) }];
  }));
}

function decode(key, dtype, shape, bytes) {
  if (!Object.hasOwn(TYPES, dtype)) throw new Refused("dtype", { key: short(key), dtype: short(dtype), known: Object.keys(TYPES).join(", ") });
  const [size, number] = TYPES[dtype], count = shape.reduce((product, each) => product * each, 1);
  if (bytes.length !== size * count) throw new Refused("entry", { key: short(key) });
  const data = view(bytes);
  return Array.from({ length: count }, (_, at) => number(data, size * at));
}

// From tensors to nets

const shaped = (shape) => short(`(${shape.join(", ")})`);

// A tensor's numbers as rows or as a list, each of them finite.
function taken(tensors, key) {
  const { shape, numbers } = tensors.get(key), flat = numbers(key);
  const fits = (value) => typeof value === "number" && Number.isFinite(Math.fround(value)); // as torch keeps it
  const wrong = flat.findIndex((value) => !fits(value));
  if (wrong >= 0) {
    const place = shape.length === 2 ? [Math.floor(wrong / shape[1]), wrong % shape[1]] : [wrong];
    throw new Refused("number", { key: short(key), place: place.join(", "), value: short(String(typeof flat[wrong] === "number" ? Math.fround(flat[wrong]) : flat[wrong])) });
  }
  if (shape.length === 1) return flat;
  return Array.from({ length: shape[0] }, (_, row) => flat.slice(row * shape[1], (row + 1) * shape[1]));
}

/** Each net: prefix, kind, H, D, dtypes and layers, of which each has one direction or two. */
function nets(tensors) {
  const groups = new Map(), others = [];
  for (const key of tensors.keys()) {
    const [, prefix, name, layer, reverse] = KEY.exec(key) ?? [];
    if (name === undefined) {
      others.push(key);
      continue;
    }
    const of = `${prefix}\n${layer === undefined}`; // beside a layer there may be a cell
    const group = groups.get(of) ?? new Map();
    groups.set(of, group);
    const place = `${layer ?? ""}/${reverse ?? ""}`;
    group.set(place, { ...group.get(place), [name]: key });
  }
  if (!groups.size) throw new Refused("none", { keys: several(others) || "–" });
  const found = [...groups].map(([of, group]) => netOf(of.split("\n")[0], group, tensors));
  return { nets: found, others };
}

function netOf(prefix, group, tensors) {
  const isCell = group.has("/");
  const suffix = (layer, way) => (isCell ? "" : `_l${layer}${way}`);
  const ways = [...group.keys()].some((place) => place.endsWith("/_reverse")) ? ["", "_reverse"] : [""];
  const count = isCell ? 1 : [...group.keys()].reduce((most, place) => Math.max(most, Number(place.split("/")[0])), 0) + 1;
  if (count > group.size) { // a layer is left out, or its number is no layer's
    const missing = Array.from({ length: group.size + 1 }, (_, layer) => layer).find((layer) => !group.has(`${layer}/`));
    throw new Refused("missing", { key: short(`${prefix}weight_ih_l${missing}`) });
  }
  const layers = [], dtypes = new Set();
  let width;
  for (let layer = 0; layer < count; layer++) {
    layers.push(ways.map((way) => {
      const names = group.get(isCell ? "/" : `${layer}/${way}`) ?? {};
      const key = (name) => `${prefix}${name}${suffix(layer, way)}`;
      return direction(names, key, width, layers[0]?.[0], tensors, dtypes);
    }));
    if (layers[layer].some(({ kind, H }) => kind !== layers[0][0].kind || H !== layers[0][0].H)) {
      throw new Refused("mixed", { key: short(`${prefix}weight_hh${suffix(layer, ways.at(-1))}`) });
    }
    width = layers[0][0].H * ways.length;
  }
  const [{ kind, H, D }] = layers[0];
  return { prefix, kind, H, D, dtypes: [...dtypes], layers };
}

function direction(names, key, width, first, tensors, dtypes) {
  if (names.weight_hr) throw new Refused("projection", { key: short(names.weight_hr) });
  const hasBias = names.bias_ih || names.bias_hh;
  for (const name of NAMES) {
    if (!names[name] && (name.startsWith("weight") || hasBias)) throw new Refused("missing", { key: short(key(name)) });
  }
  const shape = (name) => tensors.get(names[name]).shape;
  const [rows, H] = shape("weight_hh");
  const refuse = (name, what, more) =>
    new Refused(what, { key: short(names[name]), shape: shaped(shape(name)), ...more });
  if (shape("weight_hh").length !== 2 || !rows || !H) throw refuse("weight_hh", "table");
  if (rows === H) throw refuse("weight_hh", "rnn");
  const kind = BLOCKS[rows / H];
  if (!kind) throw refuse("weight_hh", "blocks");
  const D = shape("weight_ih")[1];
  if (shape("weight_ih").length !== 2 || !D) throw refuse("weight_ih", "table");
  const expected = { weight_ih: [rows, width ?? (first?.D ?? D)], bias_ih: [rows], bias_hh: [rows] };
  for (const [name, wanted] of Object.entries(expected)) {
    if (names[name] && shaped(shape(name)) !== shaped(wanted)) throw refuse(name, "shape", { expected: shaped(wanted) });
  }
  if (H > LIMITS.units || D > 2 * LIMITS.units) throw refuse("weight_ih", "units", { most: LIMITS.units });
  const net = { kind, H, D };
  for (const name of NAMES) {
    if (names[name]) dtypes.add(tensors.get(names[name]).dtype);
    net[name] = names[name] ? taken(tensors, names[name]) : Array(rows).fill(0);
  }
  return net;
}

/** The steps of each layer's directions over a sequence, in its order. */
export function runs({ layers, H }, xs) {
  const start = { h: Array(H).fill(0), c: Array(H).fill(0) };
  return layers.map((ways) => {
    const steps = ways.map((net, way) => (way ? run(net, [...xs].reverse(), start).reverse() : run(net, xs, start)));
    xs = xs.map((_, t) => steps.flatMap((each) => each[t].h));
    return steps;
  });
}

/** Numbers between -1 and 1, the same for the same seed (Mulberry32). */
export function random(seed, steps, width) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
  return Array.from({ length: steps }, () => Array.from({ length: width }, next));
}
