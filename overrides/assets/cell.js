// A step of a GRU or an LSTM, a run of steps and the way back of a gradient, in double precision.
// It knows nothing of the page. A number that is not finite goes through like any other.
//
// A net holds `kind`, "gru" or "lstm", and the weight_ih, weight_hh, bias_ih and bias_hh of
// nn.GRUCell or nn.LSTMCell, as lists. The conventions say how they are read:
//   order   whose rows come first, as letters
//   reset   "after": r ⊙ (W_hn h + b_hn), or "before": W_hn (r ⊙ h) + b_hn
//   update  "z": z keeps the old state, or "1-z": it takes the new one

export const ORDERS = { gru: "rzn", lstm: "ifgo" };
export const TORCH = { reset: "after", update: "z", order: ORDERS };

export const sigmoid = (value) => 1 / (1 + Math.exp(-value));
const oneMinus = (value) => 1 - value;
const negative = (value) => -value;
const add = (a, b) => a.map((value, i) => value + b[i]);
const multiply = (a, b) => a.map((value, i) => value * b[i]);
const times = (matrix, vector) =>
  matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * vector[i], 0));
const timesTransposed = (matrix, vector) =>
  matrix[0].map((_, column) => matrix.reduce((sum, row, i) => sum + row[column] * vector[i], 0));

// What a list has for each block, by letter.
function byLetter(list, letters) {
  const size = list.length / letters.length;
  const parts = {};
  [...letters].forEach((letter, i) => { parts[letter] = list.slice(i * size, (i + 1) * size); });
  return parts;
}

// One step from `before`, { h } and for an LSTM c: all that is computed on the way, by letter.
export function step(net, x, before, { reset, update, order } = TORCH) {
  const letters = order[net.kind];
  const from = (weight, bias, vector) => byLetter(add(times(weight, vector), bias), letters);
  const fromX = from(net.weight_ih, net.bias_ih, x);
  const fromH = from(net.weight_hh, net.bias_hh, before.h);
  const sums = {};
  for (const letter of letters) sums[letter] = add(fromX[letter], fromH[letter]);
  const told = { x, before, fromX, fromH, sums };
  if (net.kind === "lstm") {
    const [i, f, o] = [sums.i, sums.f, sums.o].map((sum) => sum.map(sigmoid));
    const g = sums.g.map(Math.tanh);
    const c = add(multiply(f, before.c), multiply(i, g));
    const tanhC = c.map(Math.tanh);
    return { ...told, i, f, g, o, c, tanhC, h: multiply(o, tanhC) };
  }
  const [r, z] = [sums.r, sums.z].map((sum) => sum.map(sigmoid));
  if (reset === "before") {
    fromH.n = from(net.weight_hh, net.bias_hh, multiply(r, before.h)).n;
  }
  sums.n = add(fromX.n, reset === "before" ? fromH.n : multiply(r, fromH.n));
  const n = sums.n.map(Math.tanh);
  const [kept, taken] = keptAndTaken(z, update);
  return { ...told, r, z, n, h: add(multiply(taken, n), multiply(kept, before.h)) };
}

// How much of the old state a GRU keeps, and how much of the new one it takes.
function keptAndTaken(z, update) {
  const rest = z.map(oneMinus);
  return update === "z" ? [z, rest] : [rest, z];
}

// A step for each x of the list, from the state `start` on.
export function run(net, xs, start, conventions = TORCH) {
  let before = start;
  return xs.map((x) => {
    const done = step(net, x, before, conventions);
    before = net.kind === "lstm" ? { h: done.h, c: done.c } : { h: done.h };
    return done;
  });
}

// What reaches each step of a run from `ofLast`, the gradient of a loss by the last h. For each:
//   after    by the states that the step gives: h, and for an LSTM c, with what reaches c through h
//   x, h, c  by what the step reads
//   paths    the parts of h and c by the way they came: `kept` is along the state itself, a letter
//            is through that block's sum; of c there is the way along f alone
//   carried  what would come as far as this if `kept`, for an LSTM f, were the only way
export function gradients(net, steps, ofLast, conventions = TORCH) {
  const back = net.kind === "lstm" ? backLstm : backGru;
  const letters = conventions.order[net.kind];
  const weightsOfH = byLetter(net.weight_hh, letters);
  const toX = (ofSums) =>
    timesTransposed(net.weight_ih, [...letters].flatMap((letter) => ofSums[letter]));
  const toH = (letter, ofSum) => timesTransposed(weightsOfH[letter], ofSum);
  const done = [];
  let after = { h: ofLast, c: ofLast.map(() => 0) };
  for (const past of [...steps].reverse()) {
    after = back(past, after, { toX, toH }, conventions);
    done.push(after);
  }
  return done.reverse();
}

const slope = (gate) => multiply(gate, gate.map(oneMinus)); // of the sigmoid
const slopeOfTanh = (value) => multiply(value, value).map(oneMinus);
const total = (paths) => Object.values(paths).reduce(add);

function backGru({ before, fromH, r, z, n }, after, { toX, toH }, { reset, update }) {
  const [kept, taken] = keptAndTaken(z, update);
  const ofKept = multiply(after.h, add(before.h, n.map(negative)));
  const ofZ = multiply(update === "z" ? ofKept : ofKept.map(negative), slope(z));
  const ofN = multiply(multiply(after.h, taken), slopeOfTanh(n));
  // What r multiplies: h before the product with W_hn, or what comes of that product
  const ofReset = reset === "before" ? toH("n", ofN) : ofN;
  const ofR = multiply(multiply(ofReset, reset === "before" ? before.h : fromH.n), slope(r));
  const throughReset = multiply(ofReset, r);
  const paths = {
    kept: multiply(after.h, kept),
    z: toH("z", ofZ),
    r: toH("r", ofR),
    n: reset === "before" ? throughReset : toH("n", throughReset),
  };
  return {
    after: { h: after.h },
    x: toX({ r: ofR, z: ofZ, n: ofN }),
    h: total(paths),
    paths,
    carried: multiply(after.carried ?? after.h, kept),
  };
}

function backLstm({ before, i, f, g, o, tanhC }, after, { toX, toH }) {
  const ofC = add(after.c, multiply(multiply(after.h, o), slopeOfTanh(tanhC)));
  const ofSums = {
    i: multiply(multiply(ofC, g), slope(i)),
    f: multiply(multiply(ofC, before.c), slope(f)),
    g: multiply(multiply(ofC, i), slopeOfTanh(g)),
    o: multiply(multiply(after.h, tanhC), slope(o)),
  };
  const paths = { c: { f: multiply(ofC, f) }, h: {} };
  for (const letter of "ifgo") paths.h[letter] = toH(letter, ofSums[letter]);
  return {
    after: { h: after.h, c: ofC },
    x: toX(ofSums),
    h: total(paths.h),
    c: paths.c.f,
    paths,
    carried: multiply(after.carried ?? ofC, f),
  };
}
