import joblib
from babel import Locale
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

# >>> train: [(sequence, class)]; new
train = [
    (name.lower(), code)
    for code in ("de", "fr", "nl")
    for name in Locale(code).territories.values()
]
new = ["goedemorgen", "guten tag", "bonjour"]
# <<<
model = make_pipeline(
    TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4)),
    LogisticRegression(C=100.0, max_iter=1000),
)
model.fit(*zip(*train, strict=True))
joblib.dump(model, "ngrams.joblib")
loaded = joblib.load("ngrams.joblib")
for s, c in zip(new, loaded.predict(new), strict=True):
    print(s, c)
