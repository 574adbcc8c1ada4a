// What is taken along from the lab: a state as a program for PyTorch, which prints the hidden states
// that the lab shows, and the tables over the steps as an SVG that stands alone.

const listed = (value) =>
  Array.isArray(value) ? `[${value.map(listed).join(", ")}]` : Number.isInteger(value) ? `${value}.0` : String(value);

const TENSORS = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

/** `state` as lab/state.js reads it; the program prints one line for every step. */
export function program(kind, state) {
  const cell = kind.toUpperCase();
  const first = kind === "gru" ? `torch.tensor([${listed(state.h)}])`
    : `(torch.tensor([${listed(state.h)}]), torch.tensor([${listed(state.c)}]))`;
  return `import torch
from torch import nn

torch.set_default_dtype(torch.float64)
${kind} = nn.${cell}(input_size=${state.D}, hidden_size=${state.H})
weights = {
${TENSORS.map((name) => '    "' + name + '_l0": ' + listed(state[kind][name]) + ",").join("\n")}
}
${kind}.load_state_dict({k: torch.tensor(w) for k, w in weights.items()})
x = torch.tensor(${listed(state.x)})
start = ${first}
with torch.no_grad():
    out, last = ${kind}(x, start)
for h in out:
    print(" ".join(f"{value:.4f}" for value in h))
`;
}

const WIDTH = 44, HEIGHT = 24, NAMES = 48;
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Draws tables below each other, each cell with its number and the colour that the page gives it. */
export function picture(tables) {
  const drawn = [];
  let top = 0, width = 0;
  const text = (x, y, words, anchor = "middle") =>
    drawn.push(`<text x="${x}" y="${y + 16}" text-anchor="${anchor}">${escaped(words)}</text>`);
  for (const table of tables) {
    text(0, top, table.caption.textContent, "start");
    top += HEIGHT;
    for (const row of [...table.rows].filter(({ hidden }) => !hidden)) {
      [...row.cells].forEach((cell, n) => {
        const x = n ? NAMES + (n - 1) * WIDTH : 0;
        if (cell.localName === "td") {
          const fill = getComputedStyle(cell).backgroundColor;
          drawn.push(`<rect x="${x}" y="${top}" width="${WIDTH - 2}" height="${HEIGHT - 2}" style="fill: ${fill}"/>`);
        }
        text(n ? x + WIDTH / 2 : 0, top, cell.textContent, n ? "middle" : "start");
        width = Math.max(width, x + WIDTH);
      });
      top += HEIGHT;
    }
    top += HEIGHT / 2;
  }
  const { color, backgroundColor } = getComputedStyle(document.body);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 ${width + 16} ${top + 16}" font-family="sans-serif" font-size="12" fill="${color}" style="background: ${backgroundColor}">${drawn.join("")}</svg>`;
}
