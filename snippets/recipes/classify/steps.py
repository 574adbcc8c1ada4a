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

every = [step for s, _ in train for step in s]
steps = torch.tensor(every).float()
MEAN, STD = steps.mean(0), steps.std(0) + 1e-6
F = len(MEAN)
tf = pipeline.make_pipeline(
    pre.FunctionTransformer(
        lambda x: [np.mean(s, 0) for s in x]
    ),
    pre.StandardScaler(),
)
print(F, MEAN.round(decimals=1), STD.round(decimals=1))
