# ---
# long_title: LSTM 和 GRU 能避免梯度消失吗？训练前后实测
# description: 有了门，就没有梯度消失了吗？GRU、LSTM、普通 RNN，训练前和训练后各量一次，每种五个种子。
# search:
#   words:
#     gradients: 测量, 梯度范数, 每步的梯度系数, 训练前后, 每步梯度, 训练前后对比, 梯度实测, 梯度还剩多少, 实测, 实验测量
#     answer: 结果概要, 门能不能防止, 保住梯度
#     method: 怎么测的, 设置, 测量方法, 系数怎么测, 怎么量的
#     untrained: 初始网络, 默认初始化, 系数, 正交 RNN, 正交矩阵, 0.868, 训练前
#     trained: 学会保住梯度, 训练之后, 0.997, 0.976, 训练后
#     reading: 结论, 讨论, 解读
#     run: 测自己网络的梯度, 量自己的网络, 测我的网络, 诊断, 我的网络
# ---

# %% [markdown]
# # 有了门，就没有梯度消失了吗？ { #gradients }
#
# 读完这一页，你会知道训练前后，网络每往回走一步要丢掉多少梯度；你自己的网络，也会量了。
#
# <!-- generated: verdict vanishing -->
#
# ## 答案 { #answer }
#
# 光有门不够，可有了门，训练就能做到。没训练时，三种网络每往回走一步，梯度都要丢掉三分之一以上。在需要记忆的任务上训练之后，GRU 和 LSTM 几乎全留住了，普通 RNN 没有学会。每个点是一个种子：

# %% alt="三种网络各五个种子，每步剩下的梯度。训练前，三种都在 0.53 到 0.67 之间。训练后，GRU 在 0.97 到 1 之间，LSTM 都在 1 处，普通 RNN 散在 0.1 到 0.7 之间。"
import harness
import plots
import trained_gradients

trained = harness.load(trained_gradients.__file__)
rows = trained_gradients.points(trained)
title = "Trained, GRU and LSTM keep their gradient"
plots.seeds(rows, "factor", beside=None, xlabel="gradient left per step", title=title)

# %% [markdown]
# ## 问题 { #question }
#
# “LSTM 和 GRU 用门解决了梯度消失。”照字面讲，这说的是每一个 GRU 和 LSTM，包括你一秒钟前刚建好的那个。[为什么要有门](../gates/why.md#default)已经说明，对刚建好的网络，这话不成立。可网络是要训练的：任务非记住不可的时候，它会不会自己学着把梯度留住？
#
# ## 方法 { #method }
#
# 只看一个数：梯度每往回走一步，要乘上多少。是 1，就原样传到；是 0.64，走 40 步就剩不到百万分之一。
#
# - **训练前**：最后的输出对若干步之前的输入有多敏感。输入是随机的，64 个单元，8 个输入，取往回 10 步到 50 步之间，五个种子。除了 PyTorch 的默认初始化，旁边还放着矩阵正交的普通 RNN，以及管保留的门偏置为 1 或 3 的 GRU 和 LSTM。
# - **训练后**：[加法任务](adding.py)的那几种网络，32 个单元，学习率 0.01，训练到解出来为止，最多 2000 步。这个任务要记住最多 50 步之前的数。这里量的是答案对若干步之前的记忆有多敏感，取 5 步到 45 步之间，在 200 条序列上取平均。记忆指 $h$，LSTM 则指 $c$。
#
# 先看一个 GRU，训练前和训练后都是构建页面时当场量的：

# %%
import torch

torch.set_num_threads(1)
row = trained_gradients.measure("GRU H=32", 0, trained_gradients.SETTINGS)
print("untrained:", row["before"], "a step")
print("trained:  ", row["after"], "a step, after", row["solved_at"], "steps of training")

# %% [markdown]
# ## 训练前 { #untrained }
#
# 记录在案的结果，五个种子的平均值 ± 标准差。名字后面的数，是管保留的那个门的偏置：

# %%
import gradients

record = harness.load(gradients.__file__)
for name, (_, mean, sd) in harness.spread(record, "per_step").items():
    print(f"{name:15} {mean:.3f} ± {sd:.3f}")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# 相差多少，以及差的 95% 置信区间：

# %%
import intervals

factors = harness.values(record, "per_step")
pairs = ("GRU", "RNN"), ("LSTM", "RNN"), ("GRU", "LSTM")
intervals.show([[(name, factors[name]) for name in pair] for pair in pairs], places=3)

# %% [markdown]
# ![剩下的梯度随往回步数变化的折线图，纵轴是对数刻度，横轴从 0 到 50，每种网络五条线，都近乎直线下降。RNN 降到 10 的负 11 次方和 10 的负 14 次方之间，GRU 和 LSTM 挨在一起，降到 10 的负 10 次方左右。](plot:gradients-default)
#
# ## 训练后 { #trained }
#
# 五个种子里最低和最高的系数，以及其中有几个解出了任务：

# %%
trained_gradients.show(trained)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(trained)

# %% [markdown]
# </details>
#
# ## 怎么读 { #reading }
#
# - **光有门还不够。** 训练前，64 个单元、8 个输入，GRU 每步留住 0.639，LSTM 留住 0.630：比普通 RNN 的 0.562 多，离 1 还远；矩阵正交的普通 RNN 反而有 0.868。
# - **门是训练打开的。** 学会了加法的 GRU，每一个都至少留住 0.976；LSTM 每一个都至少留住 0.997。这些网络是 32 个单元，起初在 0.603 到 0.665 之间（其中 LSTM 是 0.603 到 0.655），普通 RNN 在 0.536 到 0.644 之间。
# - **普通 RNN 在这个学习率下做不到。** 用 PyTorch 的默认初始化，学习率 0.01，没有一个种子解出任务，训练也没有把它的系数带到 1 附近，最后散在 0.135 到 0.638 之间。
# - **LSTM 走得更远。** 它的门可以一边停在 1，一边写入；GRU 要保留，就得把草稿关在外面。有一个 LSTM 甚至超过了 1，是 1.001。不过 LSTM 训练得也更久：每个网络都是解出任务就停；单元一样多，它的参数也多三分之一。
#
# 所以那句话该这么说：有了门，梯度*有可能*留得住，训练也找得到这条路。要是一开始就得留住，就[设一个偏置](../gates/why.md#bias)。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 一个任务，一种长度。起初梯度几乎全丢了，网络还是解出了任务，可见在这里，起点的系数虽小，也没有难住它们；要记得更久，就难说了。另外，两次量的不是同一个东西，前一次看输入，后一次看记忆：各自内部可以比，互相之间不能比。
#
# ## 量你自己的网络 { #run }
#
# 先[把仓库克隆下来](../contribute/translate.md#begin)。单核大约一分钟；加上 `--quick`，几秒钟。`experiments/gradients.py` 里的 `gradients`，给它一个 `nn.RNN`、`nn.GRU` 或 `nn.LSTM`（单向、float64、不用 `batch_first`），它就告诉你梯度丢得多快：
#
# ```console
# .venv/bin/python experiments/trained_gradients.py --quick
# .venv/bin/python experiments/trained_gradients.py --fresh
# .venv/bin/python experiments/gradients.py --fresh
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/gradients.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 训练好的网络每步留住 0.976，走 40 步还剩多少？"
#
#     $0.976^{40} = 0.378$。每步 0.64 的话是 $0.64^{40}$，一亿份里剩两份。
#
# ??? question "2. 系数大于 1，为什么不比小于 1 更好？"
#
#     步数一多，梯度就爆炸了。1.001 要走很久才看得出来：1000 步之后，梯度是原来的 $1.001^{1000} = 2.72$ 倍。
