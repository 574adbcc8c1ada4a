import random

import numpy as np
import torch
from sklearn import pipeline
from sklearn import preprocessing as pre

draw = random.Random(0).gauss
train, valid, test = parts = [], [], []
for k in range(120):
    n = 5 + k % 7
    s = [[draw(k % 2, 0.5), draw(80, 9)] for _ in range(n)]
    parts[(k > 79) + (k > 99)].append((s, "ab"[k % 2]))
new, scored = [[[0.9, 79.0], [1.1, 81.0]]], test

for s, _ in train + valid + test:
    assert isinstance(s, list), "an array: s.tolist()"
    assert np.isfinite(s).all(), "NaN: fill or drop it"
every = [step for s, _ in train for step in s]
fit = pre.StandardScaler().fit(every)  # spread 0 gives 1
MEAN, STD = map(torch.Tensor, (fit.mean_, fit.scale_))
F = len(MEAN)
STATS = np.mean, np.std, np.min, np.max
tf = pipeline.make_pipeline(
    pre.FunctionTransformer(
        lambda x: [
            [*np.ravel([f(s, 0) for f in STATS])] for s in x
        ]
    ),
    pre.StandardScaler(),
)
if __name__ == "__main__":
    print(F, MEAN.round(decimals=1), STD.round(decimals=1))
