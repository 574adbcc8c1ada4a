from sklearn.feature_extraction import text
from sklearn.svm import LinearSVC

NEAR = (2,), (1,), (3,), (1, 2), (2, 3), (0, 2), (2, 4)


def near(
    s: list,
) -> list:  # of each token what is around it
    q = ["", "", *s, "", ""]
    return [
        [(a, *[q[k + j] for j in a]) for a in NEAR]
        for k in range(len(s))
    ]


# >>> saved; new: sequences of tokens
vec = text.CountVectorizer(analyzer=list)
svm = LinearSVC(C=0.2, random_state=0)
svm.fit(vec.fit_transform(near([*"abcabc"])), [*"xyzxyz"])
saved, new = (vec, svm), [[*"cab"], [*"bca"]]
# <<<
vec, svm = saved
for s in new:
    said = svm.predict(vec.transform(near(s))).tolist()
    print(*zip(s, said, strict=True))
