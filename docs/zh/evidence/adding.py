# ---
# long_title: GRU 比 LSTM 学得快吗？加法任务实测
# description: GRU 真的比 LSTM 用更少的步数就能学会吗？加法任务，四个学习率，各五个种子，旁边放着同样大小和同样参数量的 LSTM。
# search:
#   words:
#     adding: 加法问题, 加法任务, 长期记忆, 基准, 加法实验, GRU 学得快, 长距离任务, adding problem, adding task, adding
#     answer: 谁先学会加法, 结果概要, 几步学会
#     question: 任务介绍, 任务是什么, 怎么设计
#     method: 标记, 50 步, T=50, 序列长度, 任务设置, 怎么设, 怎么设计, 任务设计, 任务的设置
#     result: 步数, 曲线, 需要的步数, 学会要几步, 各学习率, 学会步数, 步数表, 加法结果, 多少步学会, LSTM 学会, 几步
#     reading: 结论, 是因为参数少吗, 解读, RNN 能学会吗, 普通 RNN, RNN 学不会
# ---

# %% [markdown]
# # GRU 学得更快吗？两数相加 { #adding }
#
# 读完这一页，你会知道有这样一个任务：试过的每个学习率下，GRU 需要的训练步数都比 LSTM 少；你也说得清，这是不是因为它参数少。
#
# <!-- generated: verdict convergence -->
#
# ## 答案 { #answer }
#
# 在这个任务上，是的。四个学习率下，五个 GRU 里最慢的一个，也快过每一个 LSTM。参数少不是全部原因：小的 LSTM 参数更少。每个点是一个种子：

# %% alt="学习率为 0.005、0.01、0.02、0.04 时解出任务所用的步数，每个种子一个点。每个学习率下，GRU 的五个点都低于两种 LSTM 的所有点。GRU 从 350 左右降到 100；两种 LSTM 在 250 到 1000 之间，点混在一起。"
import adding
import harness
import plots

record = harness.load(adding.__file__)
title = "The GRU needs the fewest steps at each rate"
plots.points(adding.points(record), "learning rate", "steps until solved", title)

# %% [markdown]
# ## 问题 { #question }
#
# “GRU 参数少，所以更容易收敛。”这一句里有两个说法：一是步数更少，二是为什么。在我们的文本上，[大家都用学习率 0.005](../pytorch/training.md#learning-rate) 时 GRU 领先，各用各的就看不出了。下面是一个专考记忆的任务。
#
# 网络读一串数，其中两个做了记号，前一半一个，后一半一个。读完最后一步，它要给出这两个数的和：除了记住它们，没有别的办法。这个任务出自 [Hochreiter 和 Schmidhuber](../references.md#hochreiter-1997)，这里用的是简化的形式。看一条短的：

# %%
import torch

x, y = adding.sequences(1, 8, torch.Generator().manual_seed(0))
for name, values in ("number", x[0, :, 0]), ("mark", x[0, :, 1]):
    print(f"{name:6}", *(f"{value:5.2f}" for value in values))
print(f"sum    {y.item():5.2f}")

# %% [markdown]
# 和的平均值是 1。永远回答 1，均方误差是 $1/6 = 0.167$。在 1000 条没见过的序列上，误差低于 0.01，就算解出来了。
#
# ## 方法 { #method }
#
# 每条序列 50 步。四种网络，四个学习率，各五个种子，最多训练 2000 步，每步 64 条新序列；每 50 步看一次有没有解出来。GRU 旁边放着三个：隐藏单元一样多的 LSTM，参数差不多一样多的 LSTM，普通的 tanh RNN。先看一个，是构建页面时当场训练的：

# %%
torch.set_num_threads(1)
row = adding.train("GRU H=32", 0.02, seed=0, settings=adding.SETTINGS)
print(row)

# %% [markdown]
# ## 结果 { #result }
#
# 全部结果都记录在案。一行是一个学习率；每一格里，是五个种子用得最少和最多的步数：

# %%
adding.show(record)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# 两种网络里，前一种多用几步，以及这个差的 95% 置信区间：

# %%
import intervals

pairs = [
    ("LSTM H=32", "GRU H=32"),
    ("LSTM H=27", "GRU H=32"),
    ("LSTM H=27", "LSTM H=32"),
]
solved = adding.solved(record)
for rate in record["settings"]["learning_rates"]:
    print(rate)
    intervals.show([[(net, solved[net][rate]) for net in pair] for pair in pairs], places=0)

# %% [markdown]
# ## 怎么读 { #reading }
#
# - **每个学习率、每个种子，都是 GRU 先解出来。** 它最慢的种子，也快过两种 LSTM 最快的：学习率 0.005 时 450 比 650，0.01 时 250 比 450，0.02 时 200 比 300，0.04 时 100 比 250。
# - **参数少不是全部原因。** 27 个单元的 LSTM 有 3348 个参数，比 GRU 的 3456 还少；可按种子的中位数，哪个学习率下它的步数都至少是 GRU 的两倍，0.01 时是 500 步对 250 步。和 4608 个参数的 LSTM 比，它的中位数在每个学习率下都低一些，0.01 时是 500 步对 600 步；这是不是碰巧，是参数少的作用还是单元少的作用，五个种子说不准。
# - **学习率也有影响。** 从 0.005 到 0.04，GRU 的中位数从 350 步降到 100 步。只在一个学习率下比，会说同样大小的 LSTM 要用 2.4 倍的步数（0.01 时），或者 4.5 倍（0.04 时；每 50 步才看一次，所以 0.04 时从 4 倍到 9 倍都有可能）。
# - **普通 RNN 在这些学习率下一直没解出来。** 从 PyTorch 的默认初始化开始，学习率 0.005 到 0.04，跑了 20 次，每次 2000 步，误差最后在 0.07 到 0.26 之间；永远回答 1 的误差是 0.167。最好的一次用的是最低的学习率，更低的没有试过。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 一个任务，一种长度，一种大小；而且比的是步数，不是时间：[在 CPU 上](../pytorch/speed.md#cpu)，这么小的 GRU 走一步，要花 LSTM 几倍的时间。GRU 为什么更快，[另有一页](lstm-to-gru.py)来查。它也不说明 GRU 在别的任务上更好：在[文本](../pytorch/training.md#learning-rate)上，两者各用各的最佳学习率，看不出差别；一个 LSTM 单元可以[一个一个地数](../gates/compare.md#counting)，一个 GRU 单元不行。站得住的，比那句话窄：在这里，GRU 用的步数更少，而它参数少不是全部原因。
#
# ## 自己跑一遍 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约五分钟；加上 `--quick`，几秒钟。换成自己的任务，改 `sequences`；换成自己的网络，改 `NETS`，都在 `experiments/adding.py` 里：
#
# ```console
# .venv/bin/python experiments/adding.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/adding.py --fresh
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/adding.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 有人拿 0.01 那一行给你看，说 GRU 训练更快。你该问什么？"
#
#     各用各的最佳学习率，还成立吗？和参数一样多的 LSTM 比呢？换个任务呢？在这里，四个学习率下第二个都成立。第一个，后来的[一个实验](long-sequences.py#decided)里证实，[另一个](lstm-to-gru.py#reading)里未定；第三个，[文本](convergence.py#reading)上看不出差别。
#
# ??? question "2. 这里为什么用步数来比，而不比训练 300 步之后的误差？"
#
#     误差降得又晚又陡：很长一段时间，网络并不比永远回答 1 强，然后查几次的工夫就解出来了。训练 300 步之后的误差，说明的差不多只是这件事发生了没有。
