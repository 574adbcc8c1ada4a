"""What conventions/books.md says of a book follows from the formulas that it quotes from there.

The formulas are computed as they stand, in the book's own letters; what a letter is here is read
from the tables between. So a wrong letter, sign or order on the page gives another output.
"""

import re

import pytest
import torch
from torch import nn

from tests.sources import LANGUAGES, OVERVIEW, names

PAGE = "conventions/books.md"
BOOKS = ["d2l", "qiu", "olah"]
WORDS = {  # of the first table
    "en": {"keeps": True, "renews": False, "before": True, "after": False},
    "zh": {"留": True, "换": False, "前": True, "后": False},
}
X, H, N = 5, 4, 3  # features, hidden units, examples
_SYMBOL = re.compile(r"\\tilde\{\w\}_t|[A-Za-z](?:_(?:\{[^{}]*\}|\w))?")


def section(code: str, section_id: str):
    return OVERVIEW.by_key[f"{PAGE}#{section_id}"].sections[code]


def rows(code: str, section_id: str) -> list[list[str]]:
    """The cells of the tables of a section, each without its link."""
    lines = [line for line in section(code, section_id).lines if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [[re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell) for cell in row] for row in cells]


def formulas(cell: str) -> list[str]:
    return re.findall(r"\$([^$]+)\$", cell)


def equations(code: str, book: str) -> tuple[list[list[str]], list[list[str]]]:
    """The lines of the GRU that a section quotes, and those of its LSTM, each as two sides."""
    quoted = [f for f in section(code, book).within(section(code, book).page.formulas) if f.display]
    return tuple(
        [
            line.replace("&", "").split("=")
            for line in re.sub(r"\\(begin|end)\{aligned\}", "", formula.latex).split(r"\\")
        ]
        for formula in quoted
    )


def computed(latex: str, values: dict[str, torch.Tensor], beside: int) -> torch.Tensor:
    """The value of a formula; what stands in a bracket is put one below another, or side by side.

    Two symbols without a sign between them are a matrix product.
    """
    for tex, sign in ((r"\sigma(", "σ("), (r"\tanh(", "τ("), (r"\odot", "*"), (r"\cdot", "@")):
        latex = latex.replace(tex, sign)
    code = _SYMBOL.sub(lambda found: f"v[{found[0]!r}]", latex)
    code = re.sub(r"(?<=[\])]) *(?=v\[|\()", " @ ", code)
    code = re.sub(r"(?<!v)\[((?:[^][]|\[[^][]*\])*)\]", r"cat([\1])", code)
    functions = {
        "σ": torch.sigmoid,
        "τ": torch.tanh,
        "cat": lambda parts: torch.cat(parts, beside),
        "v": values,
    }
    return eval(code.strip(), {"__builtins__": {}}, functions)


def symbols(net: nn.Module) -> dict[str, torch.Tensor]:
    """The weights of a layer under the names that they have here, a bias as a column."""
    blocks = "rzn" if isinstance(net, nn.GRU) else "ifgo"
    found = {}
    for side in "ih":
        for letter, name in (("W", "weight"), ("b", "bias")):
            whole = getattr(net, f"{name}_{side}h_l0").reshape(len(blocks) * H, -1)
            parts = zip(blocks, whole.chunk(len(blocks)), strict=True)
            found |= {f"{letter}_{{{side}{block}}}": part for block, part in parts}
    return found


def translated(code: str, book: str, net: nn.Module) -> dict[str, torch.Tensor]:
    """The weights of a layer of PyTorch under the book's names, as the tables say; d2l's turned."""
    here, found = symbols(net), {}
    for row in rows(code, book):
        theirs, ours = formulas(row[0]), formulas(row[-1])
        for symbol, latex in zip(theirs, ours, strict=True):
            if all(name in here for name in _SYMBOL.findall(latex)):
                weight = computed(latex, here, beside=1)
                found[symbol] = weight.T if book == "d2l" else weight
    return found


def run(lines, values: dict[str, torch.Tensor], x: torch.Tensor, in_rows: bool):
    """The states after each step, one example a row; a book that writes columns gets columns."""
    turned = (lambda a: a) if in_rows else (lambda a: a.T)
    states = {left.strip(): turned(torch.zeros(N, H)) for left, _ in lines}
    out, h = [], lines[-1][0].strip()
    for x_t in x:
        v = values | {name: turned(x_t) for name in ("X_t", "x_t")}
        v |= {name.replace("_t", "_{t-1}"): state for name, state in states.items()}
        for left, right in lines:
            states[left.strip()] = v[left.strip()] = computed(right, v, beside=0)
        out.append(turned(states[h]))
    return torch.stack(out)


@pytest.fixture
def x():
    torch.manual_seed(0)
    return torch.randn(6, N, X)  # (time, examples, features)


def layer(cell, book: str) -> nn.Module:
    """A layer with b_hn = 0, and for Olah's GRU, whose picture has no biases, with none at all."""
    torch.manual_seed(1)
    net = cell(X, H).requires_grad_(False)
    if cell is nn.GRU:
        net.bias_hh_l0[2 * H :] = 0
        if book == "olah":
            net.bias_ih_l0.zero_()
            net.bias_hh_l0.zero_()
    return net


def far(code: str, book: str, net: nn.Module, x: torch.Tensor) -> float:
    lines = equations(code, book)[isinstance(net, nn.LSTM)]
    values = translated(code, book, net)
    return (run(lines, values, x, book == "d2l") - net(x)[0]).abs().max().item()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("book", BOOKS)
def test_the_lstm_of_a_book_in_its_own_letters_is_nn_lstm(code, book, x):
    assert far(code, book, layer(nn.LSTM, book), x) < 1e-6


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_blocks_of_saito_in_his_order_are_those_of_nn_lstm(code, x):
    (order,) = re.findall(r"f(?:, |、)g(?:, |、)i(?:, |、)o", "".join(section(code, "other").lines))
    lstm = nn.LSTM(X, H)
    ours = [dict(zip("ifgo", w.chunk(4), strict=True)) for w in lstm.parameters()]
    Wx, Wh, b_i, b_h = (torch.cat([w[gate] for gate in re.findall(r"\w", order)]).t() for w in ours)
    h = c = torch.zeros(N, H)
    for x_t, out_t in zip(x, lstm(x)[0], strict=True):
        f, g, i, o = (x_t @ Wx + h @ Wh + b_i + b_h).chunk(4, 1)
        c = f.sigmoid() * c + g.tanh() * i.sigmoid()
        h = o.sigmoid() * c.tanh()
        torch.testing.assert_close(h, out_t)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("book", BOOKS)
def test_the_gru_of_a_book_is_nn_gru_only_where_each_unit_sees_itself_alone(code, book, x):
    gru = layer(nn.GRU, book)
    assert far(code, book, gru, x) > 0.01
    gru.weight_hh_l0[2 * H :] = torch.diag(gru.weight_hh_l0[2 * H :].diag())
    assert far(code, book, gru, x) < 1e-6


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("book", ["qiu", "olah"])
def test_the_lstm_of_a_book_with_coupled_gates_is_nn_lstm_with_the_rows_of_f_negated(code, book, x):
    lstm = layer(nn.LSTM, book)
    for weight in lstm.parameters():
        weight[:H] = -weight[H : 2 * H]
    _, lines = equations(code, book)
    coupled = [
        [left, right.replace("i_t", "(1 - f_t)")] for left, right in lines if "i_t" not in left
    ]
    out = run(coupled, translated(code, book, lstm), x, in_rows=False)
    torch.testing.assert_close(out, lstm(x)[0])


def inline(code: str, section_id: str) -> list[str]:
    """The formulas in the lines of a section, from the first to the last."""
    part = section(code, section_id)
    return [formula.latex for formula in part.within(part.page.formulas) if not formula.display]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_lstm_of_1997_with_its_own_functions_is_nn_lstm_with_the_weights_of_g_halved(code, x):
    written = " ".join(inline(code, "papers"))
    ((a, b),) = re.findall(r"g\(x\) = (\d) \\sigma\(x\) - (\d)", written)
    ((p, q),) = re.findall(r"h\(x\) = (\d) \\sigma\(x\) - (\d)", written)
    lstm, (W_i, W_h, b_i, b_h) = layer(nn.LSTM, "1997"), layer(nn.LSTM, "1997").parameters()
    for weight in lstm.parameters():
        weight[H : 2 * H] = 0
        weight[2 * H : 3 * H] /= 2
    lstm.bias_ih_l0[H : 2 * H] = 100
    s_c, y_c = torch.zeros(2, N, H)
    for x_t in x:
        y_in, _, g, y_out = (x_t @ W_i.T + y_c @ W_h.T + b_i + b_h).sigmoid().chunk(4, 1)
        s_c = s_c + y_in * (int(a) * g - int(b))
        y_c = y_out * (int(p) * s_c.sigmoid() - int(q))
    _, (h, c) = lstm(x)
    torch.testing.assert_close(y_c, h[0])
    torch.testing.assert_close(s_c, 2 * c[0])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_plain_rnn_of_d2l_needs_no_transposing_and_is_nn_rnn_but_for_the_tanh(code, x):
    written = inline(code, "d2l")
    at = next(i for i, latex in enumerate(written) if latex.startswith("h_t = W_{hx}"))
    rnn = nn.RNN(X, H, bias=False).requires_grad_(False)
    here = {"W_{ih}": rnn.weight_ih_l0, "W_{hh}": rnn.weight_hh_l0}
    there, ours, same, _ = written[at + 1 :][:4]
    values = {there: here[ours], same: here[same]}
    _, right = written[at].split(" = ")
    linear = run([["h_t", right]], values, x, in_rows=False)
    assert (linear - rnn(x)[0]).abs().max() > 0.01
    with_tanh = run([["h_t", rf"\tanh({right})"]], values, x, in_rows=False)
    torch.testing.assert_close(with_tanh, rnn(x)[0])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_error_terms_of_qiu_are_derivatives_of_one_loss_and_add_up_to_ours(code, x):
    """By autograd, for f = tanh; the line between two of them as the page quotes it."""
    (line,) = (latex for latex in inline(code, "qiu") if latex.startswith(r"\delta_{t,k} ="))
    assert line == r"\delta_{t,k} = \operatorname{diag}(f'(z_k)) U^{\mathrm{T}} \delta_{t,k+1}"
    rnn, h, z = nn.RNN(X, H), torch.zeros(H), []
    for x_t in x[:, 0]:
        z.append(rnn.weight_hh_l0 @ h + rnn.weight_ih_l0 @ x_t)
        h = z[-1].tanh()
    losses = [z_t.tanh().pow(3).sum() for z_t in z]
    slope, U = 1 - z[2].tanh() ** 2, rnn.weight_hh_l0

    def delta(loss, k):
        return torch.autograd.grad(loss, z[k], retain_graph=True)[0]

    torch.testing.assert_close(delta(losses[5], 2), slope.diag() @ U.T @ delta(losses[5], 3))
    torch.testing.assert_close(delta(sum(losses), 2), sum(delta(loss, 2) for loss in losses[2:]))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_four_words_of_the_first_table_stand_for_four_formulas(code):
    h, ones = torch.tensor([[0.5], [-0.8]]), torch.ones(2, 1)
    values = {
        "h_{t-1}": h,
        "z_t": ones,
        "b_{hn}": 0 * ones,
        "W_{hn}": torch.tensor([[0, 1.0], [1, 0]]),
    }
    values["r_t"] = torch.tensor([[1.0], [0.0]])
    written = [latex for latex in inline(code, "answer") if "h_{t-1}" in latex][:4]
    keeps, renews, before, after = (computed(latex, values, beside=0) for latex in written)
    assert torch.equal(keeps, h) and torch.equal(renews, 0 * h)
    assert before.flatten().tolist() == pytest.approx([0.0, 0.5])
    assert after.flatten().tolist() == pytest.approx([-0.8, 0.0])


def says(code: str, target: str, at: int = 0) -> list[bool]:
    """What the first table says: whether the old state stays at z = 1, whether r acts before."""
    lines = [line for line in section(code, "answer").lines if f"(#{target})" in line]
    return [WORDS[code][cell.strip()] for cell in lines[at].strip("|").split("|")[1:]]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "book, z, r, h", [("d2l", "Z", "R", "H"), ("qiu", *"zrh"), ("olah", *"zrh")]
)
def test_the_first_table_says_of_a_book_what_its_formulas_do(code, book, z, r, h):
    gru, _ = equations(code, book)
    sides = {left.strip(): right for left, right in gru}
    old, new = torch.zeros(H), torch.ones(H)
    values = {f"{z}_t": torch.ones(H), f"{h}_{{t-1}}": old, rf"\tilde{{{h}}}_t": new}
    keeps = torch.equal(computed(sides[f"{h}_t"], values, beside=0), old)
    before = rf"{r}_t \odot {h}_{{t-1}}" in sides[rf"\tilde{{{h}}}_t"]
    assert says(code, book) == [keeps, before]


def two_units(z: float) -> nn.GRU:
    """Unit 1 has r = 1, unit 2 has r = 0, and the new memory of each sees the other's state."""
    gru = nn.GRU(1, 2, batch_first=True).requires_grad_(False)
    for weight in gru.parameters():
        weight.zero_()
    gru.bias_ih_l0[:4] = torch.tensor([99.0, -99.0, z, z])
    gru.weight_hh_l0[4:] = torch.tensor([[0.0, 1.0], [1.0, 0.0]])
    return gru


def by_pytorch(gru: nn.GRU, h: torch.Tensor) -> torch.Tensor:
    return gru(torch.zeros(1, 1, 1), h[None])[1][0]


def by_keras(gru: nn.GRU, h: torch.Tensor) -> torch.Tensor:
    to_keras = names("conventions/weights/to_keras")["to_keras"]  # chooses Keras's backend, too
    import keras

    cell = keras.layers.GRU(2)
    cell.build((None, None, 1))
    cell.set_weights(to_keras(gru))
    return cell(torch.zeros(1, 1, 1), initial_state=h)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("at, step", [(0, by_keras), (1, by_pytorch)])
def test_the_first_table_says_of_a_library_what_it_computes(code, at, step):
    h = torch.tensor([[0.5, -0.8]])
    keeps = torch.allclose(step(two_units(z=99.0), h), h)
    new = step(two_units(z=-99.0), h).atanh()[0]
    places = {True: torch.tensor([0.0, 0.5]), False: torch.tensor([-0.8, 0.0])}
    (before,) = [key for key, value in places.items() if torch.allclose(new, value, atol=1e-5)]
    assert says(code, "frameworks", at) == [keeps, before]


@pytest.mark.parametrize("code", LANGUAGES)
def test_both_tables_of_the_conventions_say_the_same(code):
    here, there = (
        {
            re.match(r"\| \[([^]]*)", line)[1].removesuffix(" 3"): line.split("|")[2:4]
            for line in OVERVIEW.by_key[key].sections[code].lines
            if line.startswith("| [")
        }
        for key in (f"{PAGE}#answer", "conventions/equations.md#gru")
    )
    both = here.keys() & there.keys()
    assert len(both) == 5
    assert {name: here[name] for name in both} == {name: there[name] for name in both}
