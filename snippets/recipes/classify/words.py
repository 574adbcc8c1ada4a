from sklearn.feature_extraction.text import TfidfVectorizer

train = []
for k in range(1, 9):
    train.append((["a", "fine", "film"] * k, "+"))
    train.append((["a", "dull", "film"] * k, "-"))
valid = [(["fine", "day"], "+"), (["dull"], "-")]
test = [(["dull", "day"], "-"), (["fine"], "+")]
new, scored = [["a", "fine", "book"]], test

words = sorted({w for s, _ in train for w in s})
words = {w: k for k, w in enumerate(words, 1)}
tf = TfidfVectorizer(analyzer=list)
if __name__ == "__main__":
    print(len(words), [words.get(w, 0) for w in new[0]])
