import torch
from torch import Tensor, nn
from torch.nn.utils import rnn

SIZE, HIDDEN, DROP, BATCH = 32, 48, 0.3, 64
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


# >>> saved; new: sequences
torch.manual_seed(0)
classes = ["de", "fr", "nl"]
saved = classes, Classifier(classes).state_dict()
new = ["goedemorgen", "guten tag", "bonjour"]
# <<<
classes, weights = saved
net = Classifier(classes).to(device)
net.load_state_dict(weights)
for s, c in zip(new, net.predict(new), strict=True):
    print(s, c)
