// What the lab asks of a reader, judged by what the cells compute. A challenge gives what counts, each
// with its number and whether it is met; its first state is the preset of the same name. Each brings
// its own sequence, so that it is the weights that solve it.

import { TORCH, run } from "../cell.js";
import { netOf } from "./state.js";

/** A sequence for a cell of any number of features, all but the first zero. */
const sequence = ({ D }, firsts) =>
  firsts.map((first) => Array.from({ length: D }, (_, n) => (n ? 0 : first)));
const steps = (kind, state, firsts) => run(netOf(state, kind), sequence(state, firsts), state);
const last = (kind, state, firsts) => steps(kind, state, firsts).at(-1);
const zeros = (count) => Array(count).fill(0);
const spread = (values) => Math.max(...values) - Math.min(...values);

function keepBit(state) {
  const kind = state.cell === "lstm" ? "lstm" : "gru";
  const [one, none] = [1, 0].map((bit) => last(kind, state, [bit, ...zeros(19)]).h[0]);
  return [
    { label: "h₂₀ (x₁ = 1)", value: one, isMet: one >= 0.5 },
    { label: "h₂₀ (x₁ = 0)", value: none, isMet: Math.abs(none) <= 0.1 },
  ];
}

function forgetBias(state) {
  const [one, none] = [1, 0].map((first) => steps("lstm", state, [first, ...zeros(9)]));
  const left = one.at(-1).c[0] - none.at(-1).c[0];
  const most = Math.max(...[...one, ...none].flatMap(({ f }) => f));
  return [
    { label: "c₁₀ (x₁ = 1) − c₁₀ (x₁ = 0)", value: left, isMet: left >= 0.02 },
    { label: "max f", value: most, isMet: most < 0.8 },
  ];
}

function ignoreX(state) {
  const [z, n] = ["z", "n"].map((gate) => [-1, 0, 1].map((x) => last("gru", state, [x])[gate][0]));
  return [
    { label: "max z − min z", value: spread(z), isMet: spread(z) <= 1e-12 },
    { label: "z", value: z[1], isMet: z[1] > 0.05 && z[1] < 0.95 },
    { label: "n(1) − n(−1)", value: n[2] - n[0], isMet: Math.abs(n[2] - n[0]) > 0.1 },
  ];
}

// Every sequence of six zeros and ones with at most three ones, by how many
const COUNTED = [[], [], [], []];
for (let number = 0; number < 64; number++) {
  const signs = [...number.toString(2).padStart(6, "0")].map(Number);
  COUNTED[signs.reduce((sum, sign) => sum + sign)]?.push(signs);
}

function countThree(state) {
  const ends = COUNTED.map((all) => all.map((signs) => last("gru", state, signs).h));
  const far = (a, b) => Math.max(...a.map((value, n) => Math.abs(value - b[n])));
  let nearest = Infinity;
  ends.forEach((some, n) => {
    for (const a of some) for (const b of ends.slice(n + 1).flat()) nearest = Math.min(nearest, far(a, b));
  });
  const start = Math.max(...state.h.map(Math.abs));
  return [
    { label: "min |h(m) − h(n)|", value: nearest, isMet: nearest >= 0.5 },
    { label: "|h₀|", value: start, isMet: start <= 1 },
    { label: "H", value: state.H, isMet: state.H <= 2 },
  ];
}

function agree(state) {
  const net = netOf(state, "gru");
  const all = (conventions) => run(net, state.x, state, conventions).flatMap(({ n }) => n);
  const after = all(TORCH), before = all({ ...TORCH, reset: "before" });
  const apart = Math.max(...after.map((value, at) => Math.abs(value - before[at])));
  const bound = Math.max(...after.map(Math.abs));
  const weight = state.gru.weight_hh[2 * state.H][0];
  return [
    { label: "max |Δn|", value: apart, isMet: apart <= 1e-6 },
    { label: "max |n|", value: bound, isMet: bound <= 0.999 },
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
