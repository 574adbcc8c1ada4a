# ---
# long_title: GRU 能精确计数吗？手工设权重的二进制计数器
# description: GRU 会计数，还是只有 LSTM 会？手工设好权重的 GRU，一个单元管一位二进制数：怎样进位、能数到多少、权重上带多少噪声还数得对。
# search:
#   words:
#     binary-counter: 精确计数, 构造, 表达能力, 证明, 二进制, 计数器, 二进制计数器, 神经元计数
#     answer: 手工设权重, 精确计数, GRU 计数器
#     carry: 二进制位, 进位, 各位数字, 触发器, 加法器, 逐位翻转, 加一, 状态机, 进位实现, 二进制加一, 翻转, 进位逻辑
#     wrong: 溢出, 归零, 失效, 计数上限, 模 16, 会溢出, 数到头, 最大计数, 几位, 计数到头, 归 0
#     reading: 鲁棒性, 容错, 权重误差, 抗噪声, 权重扰动, 加噪声, 噪声, 扰动, 还能数对, 鲁棒
#     limits: 可学习性, 无界计数, 有限精度
# ---

# %% [markdown]
# # GRU 会数数吗？用二进制，会 { #binary-counter }
#
# 读完这一页，你会知道几个 GRU 单元怎样用二进制数数、进位靠哪个门、权重上带多少噪声还数得对，也知道这个实验说明不了什么。
#
# <!-- generated: verdict counting -->
#
# ## 答案 { #answer }
#
# 会：手工设好权重，一个单元管一位二进制数，GRU 就数得一个不差，我们一直试到 10,000。每个权重都带上不超过 3% 的噪声，GRU 20 个里还是 20 个全对，LSTM 也是 20 个里 20 个。噪声再大，先出错的是 GRU：10% 时，20 个里只剩 2 个。图上每个点表示 20 个计数器里有几个在 10、100、1000 个 a 的词上一次也没错，穿过它的竖线是 95% 置信区间：

# %% alt="七种噪声下，20 个计数器里有几个全对。噪声是 0.1%、0.3%、1%、3% 时，GRU 和 LSTM 都是 20 个。再往上，GRU 在 5% 降到 16 个，10% 剩 2 个，30% 是 0 个；LSTM 一直是 20 个。20 个全对时，区间的下端约为 17。"
import binary_counter
import harness
import plots
import torch

torch.set_num_threads(1)
record = harness.load(binary_counter.__file__)
recorded = record["rows"]
to_1000 = [10, 100, 1000]
now = binary_counter.more([0.05, 0.1, 0.3], to_1000)
noisy = [row for row in recorded if row["noise"]] + now
right = binary_counter.right(noisy, to_1000)
noise = [f"{100 * each:.3g}" for each in right["GRU"]]
counts = {net: [*of.values()] for net, of in right.items()}
title = "GRU and LSTM count alike up to 3 % noise"
x, y = "noise on each weight, in %", "counters right, of 20"
plots.shares(noise, counts, x, y, title)

# %% [markdown]
# 3% 及以下取自记录，再往上的是构建页面时当场跑的。
#
# ## 问题 { #question }
#
# 有人说：“只有 LSTM 会计数。”也有人说：“GRU 会是会，权重稍有偏差就数错。”后一句，说[用极小步子数数的单个单元](../gates/compare.md#counting)，没说错。可网络有很多单元。几个单元合起来会不会数？权重稍有偏差，会不会也坏事？
#
# 这里问的是 GRU **能**做到什么。训练能学到什么，是[另一个实验](counting.py)的事。
#
# ## 怎样数 { #carry }
#
# 一个单元就是一位：1 是一，−1 是零。下面是四个单元读 16 个符号，每一列是读过这么多个之后的状态：

# %% alt="由 1 和 0 排成的格子，四行是 8、4、2、1 四位，17 列对应读过 0 到 16 个符号。每一列就是符号个数的二进制写法：0000、0001、0010，直到 15 个时的 1111；读到第 16 个，全部变回 0。"
states = binary_counter.held(4, 16)
title = "A digit turns when all lower ones turn back"
plots.bits(states, "symbols read", "digit", title)

# %% [markdown]
# 最低位每读一个符号翻转一次。其他各位，要等比它低的位全是 1 才翻转：同一步里，那些低位全翻回 0。这就是进位。它不像笔算那样一位一位往上传：每个单元看的都是低位原来的值，所以该翻的在同一步里一起翻。
#
# **进位靠更新门。** 一个单元下面有 $i$ 个单元时：
#
# $$
# \begin{aligned}
# z_i &= \sigma\Big(B \, \big(i + 1 - 2 x - \sum_{j < i} h_j\big)\Big) \\
# n_i &= \tanh(-B \, h_i)
# \end{aligned}
# $$
#
# 读到这个单元管的符号时 $x$ 是 1，否则是 0。$B$ 取 100，大到门非开即关。
#
# - 低位全是 1：和是 $i$，括号里是 −1。于是 $z_i = 0$，单元换成草稿 $-h_i$，翻转。
# - 低位里有 −1：和最多是 $i - 2$，括号里至少是 1。于是 $z_i = 1$，保持不动。
# - 读到别的符号：括号里至少是 1，保持不动。
#
# 重置门一直开着，因为草稿要看到这一位原来的值。全部写成代码如下，四个单元，打印时高位在前：

# %%
from torch import nn

K, B = 4, 100.0
gru = nn.GRU(1, K).requires_grad_(False)
for p in gru.parameters():
    p.zero_()
W_ih, W_hh, b_ih, _ = gru.parameters()
r, z, n = torch.arange(3 * K).view(3, K)
b_ih[r] = B
W_ih[z] = -2 * B
for i in range(K):
    b_ih[z[i]] = B * (i + 1)
    W_hh[z[i], r[:i]] = -B
    W_hh[n[i], r[i]] = -B
h, _ = gru(torch.ones(16, 1), -torch.ones(1, K))
for t, ones in enumerate((h > 0).int().tolist()):
    print(f"{t + 1:2} ", *reversed(ones))

# %% [markdown]
# 权重稍有偏差，为什么不碍事？每个门都离中间很远，而且每翻转一次，单元就重新变成 −1 或 1，误差一翻就没了；用极小的步子数，误差会越积越多。到实验台里[看两个单元进位](../lab.md?preset=binary#cell)，再改一个权重试试。
#
# ## 方法 { #method }
#
# 一个词是 n 个 a 接 n 个 b，n 取 10、100、1000、10,000。GRU 的单元一半数 a，一半数 b，各 14 个。每读一个符号，就问网络：b 和 a 一样多了吗？一次也没答错，才算对；总是回答“没有”的，每个词会错一次，所以永远不算对。
#
# 每个权重、每个偏置都带噪声，取零的也算上：先乘上 1 加一个随机数，再加上另一个随机数。3% 就是说，两个随机数都服从正态分布，标准差 0.03。每种大小的噪声用 20 个种子。同一个种子在各种大小下抽到的是同一份噪声，只是放大了，所以几种大小的结果并不独立。没有噪声时，跑一次就够了。
#
# 旁边的 LSTM 是[只有一个单元的那个](counting.py#wired)，一个一个地数。两者的权重，偏置也算在内：

# %%
binary_counter.show_sizes()

# %% [markdown]
# ## 结果 { #result }
#
# 各种长度的词上，各有几个计数器一次也没错；各种长度全没错的有几个，以及这个比例的精确 95% 置信区间（Clopper–Pearson）：

# %%
lengths = record["settings"]["lengths"]
binary_counter.show(recorded, lengths)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# ## 什么时候出错 { #wrong }
#
# **噪声太大。** 同样的做法，噪声换成 5%、10% 和 30%，词最多 1000 个 a，是构建页面时当场跑的：

# %%
binary_counter.show(now, to_1000)

# %% [markdown]
# **位数太少。** 四位的计数器数到 15 为止，再来一个符号，四位全翻回去。15 个和 16 个 a 的词，各答错几次？14 位能数到多少，权重和偏置里最大的是多少？

# %%
four = binary_counter.gru(4)
says = binary_counter.gru_says_equal
for n in 15, 16:
    print(n, binary_counter.wrong(four, says, n))
bits = record["settings"]["bits"]
weights = binary_counter.gru(bits).parameters()
largest = max(each.abs().max() for each in weights)
print(bits, 2**bits - 1, f"{largest:.0f}")

# %% [markdown]
# 读完 16 个 a，一个 b 也没有，两边记的都是 0，网络就说“一样多”。
#
# ## 怎么读 { #reading }
#
# - **GRU 数得分毫不差。** 没有噪声时，试过的长度上一次也没错，最长 10,000。LSTM 也是。
# - **噪声不超过 3%，看不出差别。** 每种大小下，两者都是 20 个里 20 个全对。置信区间是 83% 到 100%，说的是所有这样的计数器里数得对的比例，所以偶尔出错的可能还排除不了。
# - **再往上，LSTM 更耐噪声。** 5% 时，20 个 GRU 里对 16 个（56% 到 94%），10% 时对 2 个（1% 到 32%），30% 时一个不剩（0% 到 17%）。LSTM 每次都是 20 个。
# - **先出错的是高位。** 噪声 10% 时，20 个 GRU 里，数到 10 还对的有 15 个，数到 100 的 5 个，数到 1000 的 2 个。一个单元下面的位越多，偏置就越大，最大 1400，门离中间却始终只有 100。噪声是按权重的比例来的，权重大，误差就大。
#
# ## 这个实验回答不了的问题 { #limits }
#
# - **训练找不找得到这样的权重，这里没有问。** 没有人说找得到；[我们训练的 GRU](counting.py#reading) 也没有一个能在远超训练长度的词上数对。[这条说法](../claims/counting.md)把两件事分开判定。
# - **不是没有尽头。** 14 位数到 16383 为止，想翻一倍，每个符号就得多一个单元。LSTM 一个单元就够，一直数到浮点精度用完。
# - **没有包办整个任务。** GRU 的状态从 −1 开始，不是 0。a 和 b 是否一样多，是在 GRU 外面读出来的：把各位换算成数，再比较。
# - **只试了一种干扰。** 噪声抽一次，整个词里不变。每一步都变的噪声、加在输入上的噪声、低精度带来的舍入误差，都没有试。
#
# ## 自己跑一遍 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约五分钟；加上 `--quick`，几秒钟。噪声、长度和位数都在 `experiments/binary_counter.py` 的 `SETTINGS` 里：
#
# ```console
# .venv/bin/python experiments/binary_counter.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/binary_counter.py --fresh
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/binary-counter.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 一个单元下面有两个单元，一个是 1，一个是 −1。读到它管的符号，它翻转吗？"
#
#     不翻。和是 0，括号里是 $2 + 1 - 2 - 0 = 1$，所以 $z = \sigma(100) = 1$，保持不动。两个都是 1，括号里才是 −1。
#
# ??? question "2. GRU 要数清 a 和 b 各有多少个，最多一百万，需要几个单元？"
#
#     40 个。二十位数到 $2^{20} - 1 = 1{,}048{,}575$，十九位只有一半，不够；符号又有两种。
#
# ??? question "3. 就算把这些权重交给训练，训练也几乎推不动它们，为什么？"
#
#     每个门都停在 sigmoid 最平的地方：在 100 处，斜率在浮点数里就是 0；在 −100 处，不到 $10^{-43}$。梯度几乎过不去。
