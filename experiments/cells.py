"""LSTM, GRU and cells between them, in one written-out recurrence: alike in all but the cell."""

import torch
from torch import nn

# The blocks of weights in the order in which PyTorch keeps them, of the gates r (reset), i (input),
# f (forget; a GRU's z) and o (output) and of the new memory n; and whether the state is shown
# through a tanh. Without i the gates are tied, i = 1 - f; without o and tanh there is one state.
CELLS = {
    "LSTM": ("ifno", True),
    "LSTM tied": ("fno", True),
    "LSTM tied no output gate": ("fn", True),
    "GRU no reset": ("fn", False),
    "GRU": ("rfn", False),
    # Each of the steps by itself, from an LSTM and back from a GRU.
    "LSTM no output gate": ("ifn", True),
    "LSTM no tanh": ("ifno", False),
    "LSTM with reset": ("rifno", True),
    "GRU untied": ("rifn", False),
    "GRU with tanh": ("rfn", True),
    "GRU with output gate": ("rfno", False),
}


class Cell(nn.Module):
    """A layer of one cell, with the parameters and initial values of nn.LSTM and nn.GRU."""

    def __init__(self, name, inputs, hidden_size, batch_first):
        super().__init__()
        assert batch_first
        self.blocks, self.squashed = CELLS[name]
        self.hidden_size = hidden_size
        rows = len(self.blocks) * hidden_size
        self.weight_ih_l0 = nn.Parameter(torch.empty(rows, inputs))
        self.weight_hh_l0 = nn.Parameter(torch.empty(rows, hidden_size))
        self.bias_ih_l0 = nn.Parameter(torch.empty(rows))
        self.bias_hh_l0 = nn.Parameter(torch.empty(rows))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -(hidden_size**-0.5), hidden_size**-0.5)

    def forward(self, x):
        """Return the outputs and the last state c: (batch, time, inputs) -> (batch, time, hidden).

        What the input adds is computed for all steps at once.
        """
        driven = nn.functional.linear(x, self.weight_ih_l0, self.bias_ih_l0).unbind(1)
        h = c = x.new_zeros(len(x), self.hidden_size)
        outputs = []
        for each in driven:
            past = torch.addmm(self.bias_hh_l0, h, self.weight_hh_l0.T)
            h, c = self.step(self.by_block(each), self.by_block(past), c)
            outputs.append(h)
        return torch.stack(outputs, 1), c

    def by_block(self, sums):
        """Return block -> its sums: (batch, rows) -> (batch, hidden) each."""
        return dict(zip(self.blocks, sums.chunk(len(self.blocks), 1), strict=True))

    def step(self, x, past, c):
        """Return h and c after one step; x, past: what the input and the past h add, by block."""

        def gate(block):
            return torch.sigmoid(x[block] + past[block])

        f = gate("f")
        i = gate("i") if "i" in x else 1 - f
        seen = gate("r") * past["n"] if "r" in x else past["n"]
        c = f * c + i * torch.tanh(x["n"] + seen)
        h = torch.tanh(c) if self.squashed else c
        return gate("o") * h if "o" in x else h, c
