// What the lab asks of a reader, judged by what the cells compute. A challenge gives what counts, each
// with its number and whether it is met; its first state is the preset of the same name.

import { TORCH, run } from "../cell.js";
import { netOf } from "./state.js";

const last = (kind, state, x) => run(netOf(state, kind), x, state).at(-1);
const kinds = ({ cell }) => (cell === "lstm" ? "lstm" : "gru");

/** The same sequence with another first step. */
const beginning = (state, first) => [[first], ...state.x.slice(1)];

function keepBit(state) {
  const kind = kinds(state);
  const [one, none] = [1, 0].map((bit) => last(kind, state, beginning(state, bit)).h[0]);
  return [
    { label: "h₂₀ (x₁ = 1)", value: one, isMet: one >= 0.5 && state.x.length >= 20 },
    { label: "h₂₀ (x₁ = 0)", value: none, isMet: Math.abs(none) <= 0.1 },
  ];
}

function forgetBias(state) {
  const { f } = last("lstm", state, state.x);
  const c = last("lstm", state, state.x).c[0];
  return [
    { label: "c₁₀", value: c, isMet: c >= 0.02 && state.x.length >= 10 },
    { label: "f", value: f[0], isMet: f[0] < 0.75 },
  ];
}

function ignoreX(state) {
  const z = [-1, 0, 1].map((x) => last("gru", state, [[x]]).z[0]);
  const n = [-1, 1].map((x) => last("gru", state, [[x]]).n[0]);
  const apart = Math.max(...z) - Math.min(...z);
  return [
    { label: "z(1) − z(−1)", value: z[2] - z[0], isMet: apart <= 1e-12 },
    { label: "z", value: z[1], isMet: z[1] > 0.05 && z[1] < 0.95 },
    { label: "n(1) − n(−1)", value: n[1] - n[0], isMet: Math.abs(n[1] - n[0]) > 0.1 },
  ];
}

const spelt = (pattern) => [...pattern].map((sign) => [Number(sign)]);

function countThree(state) {
  const ends = ["000000", "100000", "110000", "111000"].map((each) => last("gru", state, spelt(each)).h);
  const spaced = ["000000", "001000", "010010", "101010"].map((each) => last("gru", state, spelt(each)).h);
  const far = (a, b) => Math.max(...a.map((value, n) => Math.abs(value - b[n])));
  const between = ends.flatMap((a, n) => ends.slice(n + 1).map((b) => far(a, b)));
  const nearest = Math.min(...between);
  const moved = Math.max(...ends.map((each, n) => far(each, spaced[n])));
  return [
    { label: "min |h(m) − h(n)|", value: nearest, isMet: nearest >= 0.5 },
    { label: "max |h(1 1 0 0) − h(0 1 0 1)|", value: moved, isMet: moved <= 0.1 },
  ];
}

function agree(state) {
  const net = netOf(state, "gru");
  const before = run(net, state.x, state, { ...TORCH, reset: "before" });
  const after = run(net, state.x, state);
  const most = Math.max(...after.flatMap(({ h }, t) => h.map((value, n) => Math.abs(value - before[t].h[n]))));
  const weight = state.gru.weight_hh[2 * state.H][0];
  return [
    { label: "max |Δh|", value: most, isMet: most <= 1e-6 },
    { label: "W_hn", value: weight, isMet: Math.abs(weight) >= 0.5 },
    { label: "h₀", value: state.h[0], isMet: Math.abs(state.h[0]) >= 0.1 },
  ];
}

export const CHALLENGES = {
  "keep-bit": keepBit,
  "forget-bias": forgetBias,
  "ignore-x": ignoreX,
  "count-three": countThree,
  "conventions-agree": agree,
};
