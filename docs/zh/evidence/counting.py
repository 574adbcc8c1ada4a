# ---
# long_title: GRU 能像 LSTM 那样计数吗？实测
# description: GRU 会数数吗？a…ab…b 这样的词，b 和 a 一样多。一个手工设好的计数器，数到 10,000 分毫不差；再看训练出来的网络，遇到没见过的更长的词会怎样。
# search:
#   words:
#     counting: a^n b^n, 计数语言, 实验, 推广到更长, 计数实验, 外推, 训练出来, 更长的串, 外推到更长, 学会计数, 计数任务, 数数任务, 谁数得远
#     answer: GRU 能学会计数吗, 结果概要, 能数多远
#     question: a^n b^n, a^n b^n c^n, 形式语言
#     wired: 构造, 手工构造, 手工计数器, 手工设的 LSTM
#     method: 训练长度, 设置
#     result: 更长时的正确率, 表格, 泛化到更长, 更长序列, 泛化, 51 到 100, 数对几个, 数对, 数多远, 能数多远
#     reading: 结论, 解读
# ---

# %% [markdown]
# # GRU 会数数吗？ { #counting }
#
# 读完这一页，你会知道训练出来的 GRU 和 LSTM 能数到见过的长度之外多远，换个种子会差多少；也会明白，“LSTM 能数数”和“这个 LSTM 在数数”是两句话。
#
# <!-- generated: verdict counting -->
#
# ## 答案 { #answer }
#
# 这样训练，几乎不会：长度超出训练时的，最好的 GRU 数对的也比最差的 LSTM 少。这说的是训练；手工设好权重，GRU 也会数。每个点是一个种子：

# %% alt="四种网络，各五个种子，51 到 100 里数对的长度。普通 RNN 在 0 和 1，GRU 在 0 到 4，10 个单元的 LSTM 在 9、46 和 50，8 个单元的 LSTM 在 8 到 50。"
import counting
import harness
import plots

record = harness.load(counting.__file__)
counts = counting.counts(record)
rows = [
    {"model": name, "seed": seed, "right": number}
    for name, by_range in counts.items()
    for seed, number in enumerate(by_range["51-100"])
]
title = "Trained alike, LSTMs count further"
label = "lengths right, of 51 to 100"
plots.seeds(rows, "right", None, label, title)

# %% [markdown]
# ## 问题 { #question }
#
# 一个词由几个 a 和同样多的 b 组成：ab、aabb、aaabbb。读到第一个 b 之后，后面是什么就定了：接着是 b，直到和 a 一样多，然后结束。要知道这些，网络就得数数。
#
# LSTM 有地方放这个数：细胞状态每一步可以加 1。GRU 的状态[出不了 −1 到 1](../gates/compare.md#counting)，一个单元只能把这个数压进极小的步子里。几个单元合起来可以按二进制数，[手工设好](binary-counter.py)就做得到。训练又能练出什么？
#
# ## 手工设好的 { #wired }
#
# 先看看办不办得到。一个 LSTM 单元，权重用手工设好：门全开，读到 a 加 1，读到 b 减 1。七种长度，最长 10,000，从第一个 b 到结束，全对的有几种？

# %%
import torch

torch.set_num_threads(1)
lengths = [1, 2, 3, 10, 100, 1000, 10000]
print(counting.right(counting.WiredCounter(), lengths), "of", len(lengths))

# %% [markdown]
# ## 方法 { #method }
#
# 再看训练出来的：GRU 和 LSTM 各 10 个单元，一个 8 个单元的 LSTM（参数比 GRU 少），一个普通的 tanh RNN。训练用的词有 1 到 50 个 a，训练 2500 步，每步 16 个词，学习率从 0.02 降到 0，各种网络都用这一个，没有另外挑过，五个种子。网络要预测下一个符号。从第一个 b 起每次都预测对，这个长度才算对。
#
# ## 结果 { #result }
#
# 每个种子在每一段长度里数对了几种。第一段是训练时的长度；后两段有 50 种和 100 种长度，哪个网络都没见过：

# %%
counting.show(record)

# %% [markdown]
# 51 到 100 的长度，LSTM 平均多对几种，以及这个数的 95 % 置信区间：

# %%
import intervals

right = counting.counts(record)
pairs = [
    [(net, right[net]["51-100"]) for net in (lstm, "GRU H=10")]
    for lstm in ("LSTM H=10", "LSTM H=8")
]
intervals.show(pairs, places=1)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# ## 怎么读 { #reading }
#
# - **训练过的长度，GRU 和 LSTM 一样好。** 50 种里，每个 GRU 都对 49 或 50 种，每个 LSTM 都对满 50 种。普通 RNN 最多对 22 种。
# - **再往外就不一样了。** 51 到 100 的长度，GRU 对 0 到 4 种，10 个单元的 LSTM 对 9 到 50 种。最差的 LSTM 也强过最好的 GRU；从 101 起，GRU 没有一次对过。
# - **参数比 GRU 少，领先就不那么有把握。** 8 个单元的 LSTM 有 416 个参数，GRU 有 450 个。五个都比哪个 GRU 对得多，是 8 到 50 种；可它们彼此差得太远，领先的区间 −0.7 到 45.5 把 0 包了进去。
# - **不是每个 LSTM 都在数数。** 10 个单元的五个里，有两个到 100 全对，其中一个到 200 全对。其余的也和 GRU 一样，到了某个长度就不行了，只是晚一些。“LSTM 能数数”，说的是这种单元；某一个数不数，要看训练，看种子。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 这里并没有证明 GRU 不会数：手工设好，它[用极小的步子](../gates/compare.md#counting)、[用二进制](binary-counter.py)都数得出来。这里看到的，只是这样的训练、这样的大小、这一个学习率、最多 50 个 a 的词，练出了什么；换个学习率，也许更合其中一种的意。词更长、训练更久，界限会往后移。再说，这只是一个任务、一个计数器，和文本没有多大关系：文本里要数得一个不差的东西很少。
#
# ## 自己跑一遍 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约五分钟；加上 `--quick`，十秒钟。换成自己的语言，改 `words`；换成自己的网络，改 `NETS`，都在 `experiments/counting.py` 里：
#
# ```console
# .venv/bin/python experiments/counting.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/counting.py --fresh
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/counting.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 为什么只看第一个 b 之后的部分，不看整个词？"
#
#     读 a 的时候，后面再来一个 a，或者来第一个 b，都不算错。从第一个 b 起，正确答案只有一个。
#
# ??? question "2. 一个网络，训练过的长度全对，再长一点全错。它学会数数了吗？"
#
#     它学会的只是一张对照表，或者一个凑合够用的计时器。真会数数，不会刚好在训练数据的尽头停下来。所以要用它没见过的长度来考。
