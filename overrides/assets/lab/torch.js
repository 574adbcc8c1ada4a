// A state of the lab as a program for PyTorch, which prints the hidden states that the lab shows.

const listed = (value) =>
  Array.isArray(value) ? `[${value.map(listed).join(", ")}]` : Number.isInteger(value) ? `${value}.0` : String(value);

const NAMES = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

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
${NAMES.map((name) => `    "${name}_l0": ${listed(state[kind][name])},`).join("\n")}
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
