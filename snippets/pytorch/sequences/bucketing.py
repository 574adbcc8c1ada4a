from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Sampler


class BucketSampler(Sampler):
    def __init__(
        self, lengths: Sequence, batch_size: int, pool: int
    ):
        lengths = torch.as_tensor(lengths, device="cpu")
        self.lengths = lengths
        self.batch_size, self.pool = batch_size, pool

    def __iter__(self) -> Iterator[list[int]]:
        n, size = len(self.lengths), self.batch_size
        order = torch.randperm(n, device="cpu")
        batches = []
        for part in order.split(size * self.pool):
            part = part[self.lengths[part].argsort()]
            batches += part.split(size)
        for i in torch.randperm(len(batches), device="cpu"):
            yield batches[i].tolist()

    def __len__(self) -> int:
        return -(-len(self.lengths) // self.batch_size)


def collate(sequences: list[Tensor]) -> tuple:
    lengths = torch.tensor([len(s) for s in sequences])
    x = pad_sequence(sequences, batch_first=True)
    return x, lengths


torch.manual_seed(0)
lengths = torch.randint(5, 100, (1000,)).tolist()
data = [torch.randn(n, 3) for n in lengths]
print(f"{sum(lengths) = }")
print("pool steps padding longest")
for pool in 1, 4, 32:
    sampler = BucketSampler(lengths, 32, pool)
    loader = DataLoader(
        data, batch_sampler=sampler, collate_fn=collate
    )
    shapes = [x.shape[:2] for x, _ in loader]
    steps = sum(batch * time for batch, time in shapes)
    padding = 1 - sum(lengths) / steps
    longest = sum(time for _, time in shapes)
    print(f"{pool:4} {steps:5} {padding:7.0%} {longest:7}")
