"""What people ask is found: the questions of tests/search, and a few words from public threads."""

import pytest

from tests import asked
from tests.sources import LANGUAGES, ROOT, SOURCES
from tools.theme import asking

FIRST = 5
QUESTIONS = {  # what is typed: where the answer, or a link to it, stands; the thread that asks it
    "en": {
        "output and hidden state": ("pytorch/shapes/#output", "stackoverflow 48302810"),
        "batch_first hidden shape": ("pytorch/shapes/", "pytorch #19675"),
        "h0 shape batch_first": ("pytorch/shapes/", "pytorch #144116"),
        "bidirectional last hidden state": ("pytorch/gru-model/#bidirectional", "pytorch #3587"),
        "Sequential tuple": ("pytorch/errors/#sequential", "pytorch #3349"),
        "tuple object has no attribute size": ("pytorch/errors/", "pytorch-summary #130"),
        "last output padding": ("pytorch/silent/#padded-last", "practical-torchtext #5"),
        "hidden state at every step": ("pytorch/", "pytorch #21571"),
        "Expected hidden size got": ("pytorch/errors/#hidden-size", "KnowIt #252"),
        "hx should also be 3-D": ("pytorch/errors/", "lstm-vae-torch #2"),
        "lengths must be sorted": ("pytorch/errors/#sorted", "pytorch #8026"),
        "lengths CPU int64": ("pytorch/errors/#lengths-device", "pytorch #43227"),
        "pad_packed_sequence shorter": ("pytorch/", "pytorch #144207"),
        "dropout argument lstm": ("pytorch/", "pytorch #5985"),
        "forget gate bias": ("", "pytorch #750"),
        "reset gate before or after": ("conventions/equations/#reset", "pytorch #8153"),
        "update gate sign": ("conventions/equations/#update", "pytorch #20129"),
        "update gate keeps or renews": ("conventions/equations/", "pytorch #60645"),
        "which GRU formula": ("conventions/equations/", "pytorch #99531"),
        "layouts order of gates": ("conventions/weights/", "pytorch #36905"),
        "keras weights pytorch": ("conventions/weights/", "pytorch #750"),
        "number of parameters lstm": ("", "prokoding"),
        "lstm faster than gru cpu": ("pytorch/speed/", "pytorch #2895"),
        "seeds same results gpu": ("pytorch/", "pytorch #18110"),
        "quantize lstm": ("pytorch/", "pytorch #74953"),
        "onnx variable length": ("pytorch/deploy/", "pytorch #191855"),
        "torch.compile lstm": ("pytorch/", "pytorch #158007"),
        "DistributedDataParallel GRU": ("references/#pytorch-ddp", "pytorch #70404"),
        "backward a second time": ("pytorch/errors/#backward-twice", "MorvanZhou #57"),
        "flatten_parameters warning": ("pytorch/errors/#contiguous-weights", "examples #248"),
        "predicts the mean": ("pytorch/silent/#all-pairs", "symptom"),
        "loss NaN": ("pytorch/silent/", "symptom"),
        "forecast one step late": ("pytorch/silent/#one-late", "symptom"),
        "missing values trend": ("pytorch/training/#trend", "symptom"),
        "export LSTM two states": ("pytorch/", "symptom"),
        "δ_{t,k} diag(f'(z)) U^T": ("gates/derivation/#rnn", "Qiu, equation 6.36"),
        "W_qh W_hx": ("gates/derivation/#rnn", "d2l, section 9.7"),
    },
    "zh": {
        "隐藏状态 传给下一个批次": ("pytorch/", "ELMoForManyLangs #68"),
        "隐藏状态 detach": ("pytorch/errors/#tuple-detach", "Dive-into-DL-PyTorch #146"),
        "重置门 公式": ("conventions/equations/", "pytorch #8153"),
        "权重 次序 框架": ("conventions/weights/", "pytorch #750"),
        "变长序列 填充": ("pytorch/sequences/", "ATAE-LSTM #2"),
        "LSTM 输入 形状": ("", "Chinese-Text-Classification-Pytorch #75"),
        "size mismatch 加载": ("pytorch/errors/#size-mismatch", "UER-py #115"),
        "input_size 不匹配": ("pytorch/errors/#input-size", "W2NER #23"),
        "权重 警告 contiguous chunk": ("pytorch/errors/#contiguous-weights", "aster.pytorch #59"),
        "双向 最后状态": ("pytorch/", "pytorch #3587"),
        "只会预测平均值": ("pytorch/silent/#all-pairs", "symptom"),
        "预测 晚一步": ("pytorch/silent/#one-late", "symptom"),
        "缺失值 趋势": ("pytorch/training/#trend", "symptom"),
        "δ_{t,k} diag(f'(z)) U^T": ("gates/derivation/#rnn", "邱锡鹏，式 6.36"),
        "W_qh W_hx": ("gates/derivation/#rnn", "《动手学深度学习》，8.7 节"),
        "随时间反向传播 邱锡鹏": ("conventions/books/#qiu", "邱锡鹏，6.4.1 节"),
    },
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_as_many_questions_are_answered_as_the_table_says(ask, code):
    questions = [question for question in asked.read("seen") if question.language == code]
    lists = ask(code, [question.words for question in questions])
    measured = {code: asking.score(questions, lists, SOURCES)}
    assert list(asking.worse(measured, asking.read(ROOT / asking.FILE))) == []


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_search_of_a_few_words_finds_where_a_question_is_answered(ask, code):
    questions = QUESTIONS[code]
    faults = [
        f"{query!r} ({thread}) gives {places[:FIRST]}, not {wanted}"
        for (query, (wanted, thread)), places in zip(
            questions.items(), ask(code, list(questions)), strict=True
        )
        if not any(place.startswith(wanted) for place in places[:FIRST])
    ]
    assert not faults, "\n".join(faults)
