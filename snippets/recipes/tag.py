import torch
from pandas import DataFrame, crosstab
from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.phrases_dict import phrases_dict as said
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction import text
from sklearn.svm import LinearSVC
from torch import Tensor, nn, randperm
from torch.nn.utils import rnn

# >>> train, valid, test: [(tokens, tags)]; new; scored
two = dict(analyzer="char", ngram_range=(2, 2))
x = text.CountVectorizer(**two).fit_transform(said)
_, group = connected_components(x @ x.T)
train, valid, test, *_ = parts = [[] for _ in range(10)]
for k, word in zip(group % 10, said, strict=True):
    t = [to_tone3(r[0], False, True) for r in said[word]]
    parts[k].append(([*word], [r[-1] for r in t]))
new, scored = [[*"长江很长"]], test
# <<<
NEAR = (2,), (1,), (3,), (1, 2), (2, 3), (0, 2), (2, 4)
SIZE, HIDDEN, DROP, RATE, EPOCHS = 64, 48, 0.3, 0.02, 4
device = "cuda" if torch.cuda.is_available() else "cpu"


def steps(part: list) -> DataFrame:
    rows = []
    for s, y in part:
        assert len(s) == len(y) > 0, f"tokens {s}, tags {y}"
        q = ["", "", *s, "", ""]
        for k, t in enumerate(y):
            x = [(a, *[q[k + j] for j in a]) for a in NEAR]
            rows.append((x, str(s[k]), t))
    return DataFrame(rows, columns=["near", "token", "tag"])


class Tagger(nn.Module):
    def __init__(self, tags: list, tokens: list) -> None:
        super().__init__()
        self.tags, self.drop = tags, nn.Dropout(DROP)
        self.ids = {t: k for k, t in enumerate(tokens, 2)}
        self.embed = nn.Embedding(len(tokens) + 2, SIZE, 0)
        self.gru = nn.GRU(SIZE, HIDDEN, bidirectional=True)
        self.fc = nn.Linear(2 * HIDDEN, len(tags))

    def forward(self, batch: list) -> Tensor:
        n = [*map(len, batch)]  # 0 will pad, 1 is unknown
        x = [[self.ids.get(t, 1) for t in s] for s in batch]
        x = rnn.pad_sequence([*map(torch.tensor, x)])
        x = self.drop(self.embed(x.to(device)))
        x = rnn.pack_padded_sequence(x, n, False, False)
        x, _ = rnn.pad_packed_sequence(self.gru(x)[0])
        return self.fc(self.drop(x)).movedim(0, 2)

    def tag(self, s: list) -> list:
        best = self.eval()([s])[0].argmax(0)
        return [self.tags[t] for t in best]


def run(seed: int, file: str = "") -> dict[str, dict]:
    torch.manual_seed(seed)
    a, _, b = map(steps, (train, valid + test, scored))
    count = crosstab(a.token, a.tag)
    ids = [*count.index[count.sum(axis=1) > 1]]
    net = Tagger([*count], ids).to(device)
    y = [[net.tags.index(t) for t in y] for _, y in train]
    y = rnn.pad_sequence([*map(torch.tensor, y)], True, -1)
    loss = nn.CrossEntropyLoss(ignore_index=-1)
    adam = torch.optim.Adam(net.parameters(), RATE)
    for _ in range(EPOCHS):
        for k in randperm(len(y), device="cpu").split(256):
            answer = net([train[i][0] for i in k])
            goal = y[k, : answer.shape[2]].to(device)
            adam.zero_grad()
            loss(answer, goal).backward()
            adam.step()
    if file:
        torch.save([net.tags, ids, net.state_dict()], file)
    vec = text.CountVectorizer(analyzer=list)
    svm = LinearSVC(C=0.2, random_state=0)
    svm.fit(vec.fit_transform(a.near), a.tag)
    out = b[[]].assign(counts=b.token.map(count.idxmax(1)))
    out = out.fillna(count.sum().idxmax())
    out["SVM"] = svm.predict(vec.transform(b.near))
    out["GRU"] = [t for s, _ in scored for t in net.tag(s)]
    several = count.index[(count > 0).sum(axis=1) > 1]
    ok = out.eq(b.tag, axis=0)
    found = ok.groupby(b.tag).mean()
    found.loc["several"] = ok[b.token.isin(several)].mean()
    found.loc["all"] = ok.mean()
    return found.to_dict()


if __name__ == "__main__":
    print(DataFrame(run(0, "tag.pt")).round(3))
    *given, weights = torch.load("tag.pt", device)
    net = Tagger(*given).to(device)
    net.load_state_dict(weights)
    for s in new:
        print(*zip(s, net.tag(s), strict=True))
