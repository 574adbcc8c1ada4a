import torch
from babel import Locale
from sklearn import metrics as m
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn
from torch.nn.utils import rnn

# >>> train, valid, test: [(sequence, class)]; new; scored
found = {}
for code in "da", "de", "es", "fr", "it", "nl", "no", "sv":
    for kind in "languages", "territories":
        for k, name in getattr(Locale(code), kind).items():
            found.setdefault(name.lower(), {})[code] = k
train, valid, test = parts = [], [], []
for name, codes in found.items():
    if len(codes) == 1:
        n = sum("".join(codes.values()).encode()) % 20
        parts[(n > 13) + (n > 16)].append((name, *codes))
new, scored = ["goedemorgen"], test
tf = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4))
# <<<
SIZE, HIDDEN, DROP, RATE, BATCH = 32, 48, 0.3, 0.008, 64
EPOCHS, WEIGHT, C = 12, 0.0, 100.0
device = "cuda" if torch.cuda.is_available() else "cpu"


class Classifier(nn.Module):
    def __init__(self, classes: list) -> None:
        super().__init__()
        self.classes = classes
        self.embed = nn.Embedding(256, SIZE, padding_idx=0)
        self.gru = nn.GRU(SIZE, HIDDEN, bidirectional=True)
        self.drop = nn.Dropout(DROP)
        self.fc = nn.Linear(2 * HIDDEN, len(classes))

    def forward(self, batch: list) -> Tensor:
        assert all(batch), "leave out empty sequences"
        rows = [torch.tensor([*s.encode()]) for s in batch]
        lengths = [*map(len, rows)]
        x = self.embed(rnn.pad_sequence(rows).to(device))
        packed = rnn.pack_padded_sequence(
            self.drop(x), lengths, enforce_sorted=False
        )
        _, h_n = self.gru(packed)  # (2, batch, HIDDEN)
        return self.fc(self.drop(torch.cat([*h_n], 1)))

    @torch.no_grad()
    def predict(self, batch: list) -> list:
        best = []
        for k in range(0, len(batch), BATCH):
            part = batch[k : k + BATCH]
            best += self.eval()(part).argmax(1).tolist()
        return [self.classes[k] for k in best]


def run(seed: int, file: str = "") -> dict[str, dict]:
    torch.manual_seed(seed)
    x, y = zip(*train, strict=True)
    given, truth = zip(*scored, strict=True)
    known = {str(s) for s in x}
    for s, c in valid + test:
        assert str(s) not in known, f"{s!r} is in train too"
        assert c in y, f"no example of {c!r} in train"
    grams = LogisticRegression(C=C, max_iter=1000)
    grams.fit(tf.fit_transform(x), y)
    net = Classifier(sorted({*y})).to(device)
    target = torch.tensor([net.classes.index(c) for c in y])
    weight = (len(y) / target.bincount()) ** WEIGHT
    loss = nn.CrossEntropyLoss(weight).to(device)
    adam = torch.optim.Adam(net.parameters(), RATE)
    for _ in range(EPOCHS):
        order = torch.randperm(len(x), device="cpu")
        for rows in order.split(BATCH):
            answer = net([x[k] for k in rows])
            adam.zero_grad()
            loss(answer, target[rows].to(device)).backward()
            adam.step()
    if file:
        torch.save([net.classes, net.state_dict()], file)
    majority = max(net.classes, key=y.count)
    said = {"majority": [majority] * len(truth)}
    said["n-grams"] = grams.predict(tf.transform(given))
    said["GRU"] = net.predict(given)
    for model, p in said.items():
        said[model] = dict(
            accuracy=m.accuracy_score(truth, p),
            balanced=m.balanced_accuracy_score(truth, p),
        )
    return said


if __name__ == "__main__":
    for model, row in run(0, "classify.pt").items():
        numbers = [f"{k} {v:.3f}" for k, v in row.items()]
        print(f"{model:8}", *numbers)
    classes, weights = torch.load("classify.pt", device)
    net = Classifier(classes).to(device)
    net.load_state_dict(weights)
    print(*zip(new, net.predict(new), strict=True))
