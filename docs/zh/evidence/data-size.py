# ---
# long_title: 数据多用 LSTM、数据少用 GRU？实测
# description: 数据多就该用 LSTM，数据少就该用 GRU？4000 到 40 万字符的文本，四个学习率，三个种子，旁边放着循环层参数一样多的 LSTM 和普通 RNN。
# search:
#   words:
#     data-size: 数据量, 学习曲线, 数据多少, 更多数据, 更少数据, 字符数, 4 千, 40 万字符, 4 千到 40 万, 增加十倍, 数据增加, 数据规模, 数据变多, 语料, 小语料, 大语料, 语料大小, 训练数据量, 数据量与模型, 大小数据
#     answer: 数据少用哪个, 数据多用哪个, 结果概要
#     result: 各数据量的比特数, 表格
#     h100: GPU, 一亿个字符, Linux 内核, Kneser-Ney, 更大的网络, 百万字符, 大 LSTM
#     reading: 结论, 解读, 多给数据, 换网络, 加数据, 换模型, 更有效
#     run: 用自己的文本训练, 自己的语料, 重跑
# ---

# %% [markdown]
# # 数据更多，LSTM 就更好吗？ { #data-size }
#
# 读完这一页，你会知道文本多到一百倍时 GRU、LSTM 和普通 RNN 怎么比；也会明白，三个种子为什么分不出先后，以及文本再多，我们在 GPU 上跑到了哪一步。
#
# <!-- generated: verdict large-data -->
#
# <!-- generated: verdict short-data -->
#
# ## 答案 { #answer }
#
# 分不出来：从最少的文本到最多的，三个种子都分不出 GRU 和 LSTM。文本多了，各种网络的比特数都少得多；其中多少来自重复的段落，没有量。[多到一亿个字符](#h100)也一样定不下来，因为那里看得出胜过统计的网络只有一种。每个点是一个种子：

# %% alt="训练文本为 4,000、40,000、400,000 个字符时每个字符的比特数，四种网络各三个点。都一起下降，左边在 4.1 到 4.5，中间在 2.6 到 2.7，右边在 2.0 左右；几种网络的点始终挨在一起。"
import data_size
import harness
import plots

record = harness.load(data_size.__file__)
title = "At no size can GRU and LSTM be told apart"
x, y = "characters of training text", "bits per character"
plots.points(data_size.points(record), x, y, title)

# %% [markdown]
# ## 问题 { #question }
#
# “数据少用 GRU；数据很大用 LSTM，它表达能力更强。”要真是这样，数据一路增加，两者的次序总该在哪里换过来。
#
# ## 方法 { #method }
#
# 还是 Python 帮助的那份[文本](convergence.py#text)，一个字符一个字符地猜，只是先把主题打乱，这样截下一段，也和整体差不多。每种网络分别用开头的 4000、4 万、40 万个字符训练，各 1500 步，留下验证部分上最好的那一步的权重：文本小，最后一步并不是最好的。验证和测试，各种大小共用同样的；训练文本里重复了它们多少，却各不相同：

# %%
training, validation, test, alphabet = data_size.load(data_size.SETTINGS)
print(len(training), "characters of training text,", alphabet, "different ones")
print(len(validation), "for validation,", len(test), "for the test")

# %% [markdown]
# 帮助文本里，整段的话会在好几个主题下重复。所以训练文本越大，留出来的部分里，就有越多的话在训练文本里一字不差地出现过（100 个字符以上的段落）。最后一列是 1500 步把文本过了几遍：

# %%
import ngrams

settings = data_size.SETTINGS
read = settings["steps"] * settings["batch_size"] * settings["time"]
print("characters  validation    test  times read")
for size in settings["characters"]:
    known = (ngrams.shared(part, training[:size]) for part in (validation, test))
    print(f"{size:10,}", *(f"{share:9.1f} %" for share in known), f"{read / size:7.3g}")

# %% [markdown]
# 每种网络四个学习率，每个三个种子，学习率由验证部分来挑。GRU 旁边放着：单元一样多的 LSTM，循环层参数差不多一样多的 LSTM 和普通 RNN，还有只统计前面几个字符之后跟过什么的模型。
#
# ## 结果 { #result }
#
# 每个字符的比特数，越低越好，各用各的最佳学习率：

# %%
import intervals

for characters in record["settings"]["characters"]:
    print(f"\n{characters:,} characters")
    sized = harness.part_of(record, data_size.part(characters))
    harness.show_best(sized, data_size.NETS, "validation_bits", "test_bits")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# 两种网络相差多少，以及差的 95% 置信区间；然后是验证部分上的差，以及各个种子最好的那一步：

# %%
pairs = [
    ("LSTM H=64", "GRU H=64"),
    ("LSTM H=54", "GRU H=64"),
    ("LSTM H=54", "LSTM H=64"),
    ("RNN H=121", "GRU H=64"),
    ("RNN H=121", "LSTM H=64"),
]
for characters in record["settings"]["characters"]:
    print(f"\n{characters:,} characters, test")
    sized = harness.part_of(record, data_size.part(characters))
    intervals.show_at_best(sized, pairs, "validation_bits", "test_bits", places=3)
    print("validation")
    intervals.show_at_best(sized, pairs[:1], "validation_bits", "validation_bits", places=3)
    for net in data_size.NETS:
        curves = intervals.at_best(sized, net, "validation_bits", "curve")
        steps = (settings["check_every"] * (c.index(min(c)) + 1) for c in curves)
        print(f"{net:10} best at step", *steps)

# %% [markdown]
# 光靠统计能到多少：前面最多 1、2、……6 个字符之后跟过什么，[混合的办法、多久重新开始](convergence.py#counts)，都和那里一样。还有各个网络的大小：

# %%
import sizes

for size in settings["characters"]:
    print(f"\n{size:,} characters")
    known = training[:size]
    ngrams.show(range(1, 7), known, validation, test, alphabet, settings["time"])
print()
sizes.show(
    {
        net: data_size.learning_rate.CharacterModel(cell, units, alphabet)
        for net, (cell, units) in data_size.NETS.items()
    }
)

# %% [markdown]
# 在 400,000 个字符上，各个网络是怎么走到那里的，一个种子一条线，看验证部分：

# %% alt="在 400,000 个字符上训练 50 步到 1500 步时每个字符的比特数，各三条线，都从 3.7 到 4.0 降到 2.0 到 2.2。普通 RNN 始终最低，小的 LSTM 最高；GRU 和大的 LSTM 走在一起。"
title = "On the most text a plain RNN is not behind"
curves = data_size.curves(record, 400_000)
plots.curves(curves, "steps of training", "bits per character", title)

# %% [markdown]
# ## 在 H100 上：多到一亿个字符 { #h100 }
#
# 换一份文本：Linux 内核的 C 源码。GPU 把开头的一百万个字符读十遍，一千万个读四遍，一亿个读一遍。整个模型一样大，LSTM 为此少用几个单元。每种网络用的学习率，是一千万个字符上三四个（相邻差一倍）里最好的。测试部分没有一段 100 个字符也出现在训练部分：这样的段落都[去掉了](method.md#parts)。下面是测试部分的比特数，一个种子一个数；旁边是最多看 24 个字符的统计，按 Kneser–Ney 平滑；两种网络下面是它们的差，以及“LSTM 的比特数更少”这句话，[按规则](method.md#verdicts)怎么判：

# %%
import gpu_rows

gpu_rows.show_text()

# %% [markdown]
# 什么也没有判定，因为不如统计的网络什么也定不了。看得出胜过统计的只有一种：一千万个字符上 884 个单元的 LSTM；旁边的 GRU 看不出。一亿个字符上，三个 LSTM 里有一个训练坏了，它的学习率来自较短的训练；在那里，统计比每种网络都好。还缺：那里较大的 GRU，那里更低的学习率，别处的普通 RNN，十个种子，以及和 GRU 一样宽的 LSTM。学习率还是由一个种子挑的，这个种子也参加了比较；规则要求另用种子。
#
# ## 怎么读 { #reading }
#
# - **哪种数据量上，三个种子都分不出 GRU 和 LSTM。** 4.30 ± 0.06 对 4.24 ± 0.10，2.60 ± 0.04 对 2.62 ± 0.03，2.02 ± 0.02 对 2.00 ± 0.01 比特。LSTM 减 GRU，是 −0.054（−0.250 到 0.142）、0.016（−0.075 到 0.108）、−0.027（−0.066 到 0.011）；验证部分上是 0.036、0.020、−0.008。后一行和那种说法的走向一致，前一行不一致，而且每个区间里都有 0。
# - **循环层参数相同时也分不出。** 小的 LSTM 在 4,000 个字符上领先 GRU（4.18 ± 0.08），在 40,000（2.69）和 400,000（2.07 ± 0.03）个字符上落后，区间里同样都有 0。和大的 LSTM 比，它在较大的两种文本上落后 0.075 和 0.074。它的参数少，单元也少，这里看不出是哪一样的代价。
# - **最大的文本上，看不出普通 RNN 比 LSTM 差**：1.98 ± 0.02，少 0.021，区间是 −0.056 到 0.013。它领先 GRU 0.048，区间是 0.008 到 0.089。它的循环层和 GRU 的参数一样多；论整个模型，它有 34617 个，GRU 有 28807 个，大的 LSTM 有 35079 个，因为它有 121 个单元接到输出层。
# - **文本最多时，光靠统计就超过所有网络。** 400,000 个字符上，最多看 5 个或 6 个字符的统计，测试部分是 1.70，那里有 33.8% 在训练文本里出现过；看几个字符由验证部分来挑，而它有 61.6% 出现过。40,000 个字符上没有重复，最多看 3 个字符的统计是 2.58，GRU 是 2.60。4,000 个字符上是网络领先：4.18 到 4.42，统计是 4.47。所以在这一页上，几个字符能告诉网络的，它们都还没学全，更谈不上别的。
# - **文本太少，两部分数据互相矛盾**：验证部分上 GRU 好过两种 LSTM，测试部分上却不如它们。
# - **文本多到一百倍，各种网络的比特数都少得多**：GRU 从 4.30 降到 2.02。其中有多少是大文本里重复的话带来的，这里没有量。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 400,000 个字符算不上“很大”，[更多的](#h100)我们只有几次运行。说这话的人，指的是几百万个句子、上千个单元的层，从这里到那里，什么都可能发生。它考的也不是单元的**表达能力**：每种网络都是 1500 步，小文本过了 768 遍，大文本只过了 7.68 遍；到 400,000 个字符，最好的一步就是最后一步，或者离它不远，可见网络还没学完。重复的部分又随数据量一起增加，所以是数据量还是重复，分不开。这也只是一份文本，一种大小的网络，三个种子，没有 dropout；[公开发表的结果](../claims/large-data.md)里，网络更大，也用了 dropout。另外，4,000 个字符上，四种网络最好的都是最低的那个学习率，再低一些也许还能好一点。
#
# ## 换成你自己的文本 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约 30 分钟；加上 `--quick`，几秒钟。你的文本放进 `experiments/learning_rate.py` 的 `text`，大小写进 `experiments/data_size.py` 的 `characters`：
#
# ```console
# .venv/bin/python experiments/data_size.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/data_size.py --fresh
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/data-size.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 为什么每种网络留下的是最好那一步的权重，而不是最后一步的？"
#
#     4,000 个字符，1500 步要把文本过几百遍。到那时，每种网络碰到新文本，反而都不如第 50 步。拿最后一步来比，比的是谁过了头更多。
#
# ??? question "2. 要看到什么，你才会相信数据很大时 LSTM 更好？"
#
#     领先随着数据一起扩大；在好几种大小上都是这样；各用各的学习率；整个模型的参数一样多；差的置信区间里没有 0；而且训练文本里没有测试文本的段落。
