// A step of a GRU in PyTorch's convention, in double precision. It knows nothing of the page.

const sigmoid = (value) => 1 / (1 + Math.exp(-value));
const times = (matrix, vector) =>
  matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * vector[i], 0));

// `net` holds weight_ih (3H rows of D), weight_hh (3H rows of H), bias_ih and bias_hh (3H), as an
// nn.GRUCell; x has D numbers, h has H. The rows belong to r, then to z, then to n.
export function gru(net, x, h) {
  const size = h.length;
  const fromX = times(net.weight_ih, x).map((value, i) => value + net.bias_ih[i]);
  const fromH = times(net.weight_hh, h).map((value, i) => value + net.bias_hh[i]);
  const sums = fromX.map((value, i) => value + fromH[i]);
  const r = sums.slice(0, size).map(sigmoid);
  const z = sums.slice(size, 2 * size).map(sigmoid);
  const n = r.map((gate, i) => Math.tanh(fromX[2 * size + i] + gate * fromH[2 * size + i]));
  return { r, z, n, h: h.map((old, i) => (1 - z[i]) * n[i] + z[i] * old) };
}
