from torch import nn

gru = nn.GRU(10, 20)
saved = nn.DataParallel(gru).state_dict()
try:
    gru.load_state_dict(saved)
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}".expandtabs(2))
print(gru.load_state_dict(saved, strict=False).missing_keys)
