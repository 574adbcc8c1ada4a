import torch
from torch import Tensor, nn
from torch.nn.utils import rnn

SIZE, HIDDEN, DROP = 64, 48, 0.3
device = "cuda" if torch.cuda.is_available() else "cpu"


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


# >>> saved; new: sequences of tokens
torch.manual_seed(0)
some = ["DET", "NOUN", "VERB"], ["The", "dog", "sleeps"]
saved = *some, Tagger(*some).state_dict()
new = [["The", "dog", "sleeps"], ["The", "cat", "barks"]]
# <<<
*given, weights = saved
net = Tagger(*given).to(device)
net.load_state_dict(weights)
for s in new:
    unknown = [t for t in s if t not in net.ids]
    print(*zip(s, net.tag(s), strict=True))
    print(f"{unknown = }")
