# ---
# long_title: GRU 比 LSTM 更容易收敛吗？文本实测
# description: GRU 真的比 LSTM 更容易收敛吗？一个字符一个字符地读文本，五个学习率，各五个种子，旁边放着循环层参数一样多的 LSTM 和普通 RNN，还有不用神经网络的统计。
# search:
#   words:
#     convergence: 语言模型, 训练曲线, 文本实验, 字符模型
#     answer: 哪个收敛快, 结果概要
#     text: 每字符比特, 语言模型, bpc, 字符级, 语言模型上, 语言模型对比
#     counts: n-gram, 文本基线, n-gram 基线, 统计模型, 比 LSTM 强, 马尔可夫链, 统计语言模型
#     reading: 结论, 解读
# ---

# %% [markdown]
# # GRU 更容易收敛吗？看文本 { #convergence }
#
# 读完这一页，你能分清是一种单元学得快，还是它碰上了合适的学习率；你也会知道，同样的数据，不用网络、只靠统计能做到什么程度。
#
# <!-- generated: verdict convergence -->
#
# ## 答案 { #answer }
#
# 文本上看不出。各用各的最佳学习率，训练结束时看不出 GRU 和 LSTM 的差别。好不好，看学习率多过看用哪种单元。下面是验证部分，每个点是一个种子；虚线不用网络，只统计前面最多四个字符之后跟过什么：

# %% alt="学习率从 0.0025 到 0.04 时每个字符的比特数，GRU 和两种 LSTM 各五个点。GRU 从 2.5 左右降到 0.01 处的 2.3，到 0.04 又升到 2.6。两种 LSTM 从 2.7 和 2.8 左右降到 0.02 处的 2.3 和 2.4，之后差不多持平。统计的虚线在 2.1，比所有的点都低。"
import harness
import learning_rate
import ngrams
import plots

training, validation, test, alphabet = learning_rate.load()
text = harness.load(learning_rate.__file__)
time = text["settings"]["time"]
counts = ngrams.bits(validation, training, alphabet, 4, time)
title = "The learning rate matters more than the cell"
seeds, y = learning_rate.points(text), "bits per character"
plots.points(seeds, "learning rate", y, title, counts)

# %% [markdown]
# ## 问题 { #question }
#
# [两数相加](adding.py)是专为记忆设计的任务，在那里，哪个学习率下都是 GRU 用的步数少。换成不是为此设计的数据，还是这样吗？
#
# ## 方法 { #method }
#
# 猜 Python 自带帮助文本（PSF 许可）的下一个字符，训练 600 步，每次看 64 个字符。文本随 Python 一起装好，不用下载。成绩看留出来的那部分：每个字符要多少比特，越低越好。不过那部分也有一些话，训练文本里就有：[有多少](#counts)。
#
# GRU 旁边放着：单元一样多的 LSTM，循环层参数差不多一样多的 LSTM 和普通 tanh RNN，还有统计：前面几个字符之后跟过什么。每种网络试五个学习率，一个是前一个的两倍，各五个种子。学习率由验证部分来挑，测试部分什么都不挑。± 后面是各个种子的标准差；两种网络有没有差别，看的是差的置信区间（Welch），每个区间单独算，没有因为比得多而放宽。这里的“参数一样多”，配齐的是循环层，不是整个模型（单元越多，输出层越大）：

# %%
import sizes

sizes.show(
    {
        net: learning_rate.CharacterModel(cell, units, alphabet)
        for net, (cell, units) in learning_rate.NETS.items()
    }
)

# %% [markdown]
# ## 文本 { #text }
#
# 各用各的最佳学习率，记录在案：

# %%
nets = learning_rate.NETS
harness.show_best(text, nets, "validation_bits", "test_bits")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(text)

# %% [markdown]
# </details>
#
# 两种网络相差多少，以及这个差的 95% 置信区间：

# %%
import intervals

pairs = [
    ("LSTM H=64", "GRU H=64"),
    ("LSTM H=54", "GRU H=64"),
    ("LSTM H=54", "LSTM H=64"),
    ("RNN H=121", "GRU H=64"),
]
intervals.show_at_best(text, pairs, "validation_bits", "test_bits", places=3)

# %% [markdown]
# 先让所有网络都用*同一个*学习率 0.005，一个种子一条线，看验证部分：

# %% alt="训练 100 步到 600 步时每个字符的比特数，所有网络的学习率都是 0.005。普通 RNN 起初最低，从 3.0 降到 2.35；GRU 紧跟着，从 3.1 到 2.4，最后和它混在一起；64 个单元的 LSTM 从 3.3 到 2.5，小的 LSTM 从 3.4 到 2.6。"
one = learning_rate.curves(text, dict.fromkeys(nets, 0.005))
title = "At one rate the GRU is ahead of the LSTM"
plots.curves(one, "steps of training", "bits per character", title)

# %% [markdown]
# 再让每种网络用*自己的*最佳学习率：

# %% alt="同样的图，每种网络用自己的最佳学习率。所有的线都挨在一起，从 100 步时的 2.7 到 3.0 降到 600 步时的 2.3 到 2.4；小的 LSTM 最后比别的略高。"
best = harness.best_rates(text, nets, "validation_bits")
own = learning_rate.curves(text, best)
title = "At own rates, no GRU lead shows at equal width"
plots.curves(own, "steps of training", "bits per character", title)

# %% [markdown]
# 图里 64 个单元的 LSTM 比 GRU 高多少，小的 LSTM 又比大的高多少，每 100 步看一次：

# %%
steps, _ = own["GRU H=64"][0]
for look, step in enumerate(steps):
    print(step)
    seeds = {net: [curve[look] for _, curve in own[net]] for net in nets}
    intervals.show([[(net, seeds[net]) for net in pair] for pair in (pairs[0], pairs[2])], places=3)

# %% [markdown]
# ## 同样的文本，不用神经网络 { #counts }
#
# Python 的帮助文本里，整段的话会在好几个主题下重复，而三部分是按位置切开的，所以留出来的部分里，有些话训练时已经读过。下面是每一部分里，有多大比例落在 100 个字符以上、与训练文本一字不差的段落里：

# %%
for name, part in ("validation", validation), ("test", test):
    print(f"{name:10} {ngrams.shared(part, training):4.1f} %")

# %% [markdown]
# 各种网络在验证部分上的比特数，再看统计：前面最多 1、2、……6 个字符之后跟过什么，长的上文和短的按 Witten–Bell 的办法混合。和网络一样，每 64 个字符重新开始：

# %%
harness.show_best(text, nets, "validation_bits", "validation_bits")
print()
ngrams.show(range(1, 7), training, validation, test, alphabet, time)

# %% [markdown]
# ## 手写数字 { #digits }
#
# 现在[另有一页](digits.py)，也另做了实验：2026 年 11 月之前，手写数字放在这一页，而那时的几部分数据看来多半出自[不同的人](digits.py#writers)。
#
# ## 怎么读 { #reading }
#
# - **大家用同一个学习率，GRU 显得更快。** 用 0.005，每一次查看，它都领先两种 LSTM。到了最高的 0.04，它又显得更差。
# - **各用各的最佳学习率，单元一样多的 GRU 和 LSTM 看不出差别。** 2.10 ± 0.02 对 2.11 ± 0.04 比特，LSTM 多 0.009，区间是 −0.041 到 0.060，而 LSTM 的整个模型更大。LSTM 的最佳学习率是 GRU 的两倍，用这个学习率，起初是 LSTM 领先：100 步之后少 0.088 比特，区间是 0.042 到 0.135；不过这个学习率是按最后一次查看选的，不是按第一次。
# - **把 LSTM 的参数减到和 GRU 一样多，最后并不更好。** 2.17 ± 0.01，比 GRU 差 0.064，区间是 0.038 到 0.091；也比大的 LSTM 差，而且从头到尾都差。可见单靠参数少，学起来并不会变容易。换个任务，参数少也许起一部分作用：[两数相加](adding.py#reading)里，按中位数，哪个学习率下都是小的 LSTM 领先。而且它的单元也更少，这里分不开是哪个的作用。
# - **循环层参数一样多的普通 RNN，看不出落后**：2.11 ± 0.01 比特，比 GRU 多 0.006，区间是 −0.019 到 0.031。论整个模型，它比 GRU 大：34617 个参数对 28807 个。
# - **光靠统计就超过所有网络。** 验证部分没有一段 100 个字符的文字出现在训练文本里，最多看 4 个字符的统计在那里是 2.09 比特，最好的网络是 2.32。测试部分上，同样的统计是 1.79，最好的网络是 2.10；那里有 16.7% 在训练文本里出现过，谁能逐字记住，谁就占便宜。所以训练 600 步之后，网络连四个字符能告诉它的都没学全，谁领先，和能不能记得久没有多大关系。（只看两个字符、不和更短的混合，统计停在 2.41。）
#
# ## 这个实验回答不了的问题 { #limits }
#
# 一个小任务，训练又短；在这里看不出差别，不等于别处也没有，[两数相加](adding.py#reading)就是例子。[文本更少、训练更久](data-size.py)，另有一个实验。另外，每一段的开头，记录里最多看两个字符的统计能看到前面两个字符，网络看不到，这些统计稍占便宜。
#
# ## 换成你自己的数据 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约 10 分钟；加上 `--quick`，几秒钟。你的文本放进 `experiments/learning_rate.py` 的 `text`：
#
# ```console
# .venv/bin/python experiments/learning_rate.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/learning_rate.py --fresh
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/convergence.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 有篇论文在学习率 0.005 下比较 GRU 和 LSTM，结论是 GRU 收敛更快。你拿这一页的哪张图给作者看？"
#
#     [两张曲线图](#text)都给。第一张是他们看到的；第二张让他们看到，其中有多少是学习率的功劳。
#
# ??? question "2. 学习率为什么由验证部分来挑，不由测试部分来挑？"
#
#     五个学习率里，测试误差最低的那个，低得有一部分是运气。用测试部分来挑，就把运气当成了本事。
