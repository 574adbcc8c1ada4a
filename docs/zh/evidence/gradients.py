# ---
# long_title: LSTM 和 GRU 能避免梯度消失吗？训练前后实测
# description: 有了门，就没有梯度消失了吗？没训练的 GRU、LSTM、普通 RNN，16 到 256 个单元，取最好的方向来量；训练之后再量。
# search:
#   words:
#     gradients: 测量, 梯度范数, 每步的梯度系数, 训练前后, 每步梯度, 训练前后对比, 梯度实测, 梯度还剩多少, 实测, 实验测量
#     answer: 结果概要, 门能不能防止, 保住梯度
#     method: 怎么测的, 设置, 测量方法, 系数怎么测, 怎么量的
#     untrained: 初始网络, 默认初始化, 系数, 正交 RNN, 正交矩阵, 训练前, 最大奇异值, 雅可比矩阵, 最好的方向, 隐藏单元数和梯度消失, 输入变大
#     remembers: 没训练的网络, 两条序列, 状态一样, 默认能记多少步, 忘掉开头, 初始状态的影响
#     trained: 学会保住梯度, 训练之后, 训练途中, 训练后
#     reading: 结论, 讨论, 解读
#     run: 测自己网络的梯度, 量自己的网络, 测我的网络, 诊断, 我的网络
# ---

# %% [markdown]
# # 有了门，就没有梯度消失了吗？ { #gradients }
#
# 读完这一页，你会知道训练前后，几种尺寸的网络每往回走一步要丢掉多少梯度；你自己的网络，也会量了。
#
# <!-- generated: verdict vanishing -->
#
# <!-- generated: verdict hundreds-of-steps -->
#
# ## 答案 { #answer }
#
# 光有门不够，可有了门，训练就能做到。没训练的 GRU 和 LSTM，不管是 16、64 还是 256 个单元，往回走 50 步，就连留得最多的那个方向，剩下的梯度也不到一亿分之一。在需要记忆的任务上训练之后，两种网络[每一步都几乎全留住](#trained)：走 50 步，GRU 还剩 16% 到 29%，LSTM 至少剩 32%。每个点是一个没训练的网络，取它最好的方向，输入取留得最多的那一种；上面那条线是一点没丢的梯度：

# %% alt="没训练的网络，16、64、256 个单元，最好的方向上每步剩下的梯度。GRU 和 LSTM 在 16 个单元时是 0.61 到 0.69，256 个单元时是 0.65 到 0.67；普通 RNN 在 0.42 到 0.63 之间，偏置为 1 的 LSTM 在 0.82 到 0.9 之间。没有一个够到 1 那条线。"
import gradient_sizes
import harness
import plots

sized = harness.load(gradient_sizes.__file__)
title = "Untrained, every direction fades at each size"
nets = "GRU", "LSTM", "RNN", "LSTM +1"
points = gradient_sizes.best_direction(sized, nets)
label = "gradient left per step"
plots.points(points, "units", label, title, level=1)

# %% [markdown]
# ## 问题 { #question }
#
# “LSTM 和 GRU 用门解决了梯度消失。”照字面讲，这说的是每一个 GRU 和 LSTM，包括你一秒钟前刚建好的那个。[为什么要有门](../gates/why.md#default)已经说明，对刚建好的网络，这话不成立，不过那里只有一种尺寸、一种输入。换了尺寸和输入还是这样吗？会不会有某个方向照样留得住？再说，网络是要训练的：任务非记住不可的时候，它会不会自己学着把梯度留住？
#
# ## 方法 { #method }
#
# 只看一个数：梯度每往回走一步，要乘上多少。是 1，就原样传到；是 0.64，走 40 步就剩不到百万分之一。
#
# - **训练前**：16、64、256 个单元，8 个或 64 个输入，输入是标准差为 1 或 5 的随机数，每样十个种子。第一，最后的输出对若干步之前的输入有多敏感，取往回 10 步到 50 步之间。第二，50 步的雅可比矩阵的最大奇异值，也就是状态的所有方向里最好的那个还剩多少，这样就不会漏掉哪个方向。LSTM 的状态是 $h$ 和 $c$ 合在一起。
# - **除了 PyTorch 的默认初始化**，旁边还放着遗忘门偏置为 1 的 LSTM，以及从状态到状态的矩阵都正交的网络（每个门一个矩阵）。
# - **训练途中**：做[加法任务](adding.py)的网络，这个任务要记住最多 50 步之前的数，训练 0 到 800 步，一路量过去。32 个单元的 GRU，旁边是参数一样多的 LSTM 和普通 RNN；32 个单元的 LSTM，旁边是参数一样多的 GRU。每样十个种子，学习率各自按验证序列上的误差选。这里量的是答案对若干步之前的记忆有多敏感，取 5 步到 45 步之间，在 200 条序列上取平均。记忆指 $h$，LSTM 则指 $c$。
#
# ## 训练前 { #untrained }
#
# 走 50 步，任何方向上最多还剩多少，写成 10 的几次方：每种尺寸的各种输入和种子里，取留得最多的那个网络。`+1` 是遗忘门的偏置：

# %%
gradient_sizes.show_most(sized)

# %% [markdown]
# 为什么这么少？PyTorch 把权重和偏置都取在 0 附近，门起初平均是半开；输入越多、越大，各个门离半开就散得越远。权重全取 0，每个门恰好半开。下面是 50 步之后记忆的梯度还剩多少，以及是不是每步恰好减半，一个比特也不差：

# %%
gradient_sizes.show_exact(sized)

# %% [markdown]
# “前一个比后一个剩得少”，宽度相同，尺寸和输入共十二种设置，[规则](method.md#verdicts)的判定如下。下面两行，是 10 的幂次相差最大和最小的设置，带 95% 置信区间。所有检验一起校正：

# %%
gradient_sizes.show_decided(gradient_sizes.decided(sized))

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>每种设置下每步的系数，十个种子的平均值 ± 标准差</summary>

# %%
gated = "RNN", "GRU", "LSTM"
gradient_sizes.show_factors(sized, gated)
print()
changed = "LSTM +1", "RNN orthogonal"
gradient_sizes.show_factors(sized, changed)

# %% [markdown]
# </details>
#
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(sized)

# %% [markdown]
# </details>
#
# ## 没训练的网络记得住什么 { #remembers }
#
# 梯度说的是小变化，所以再看一个大的：两条序列，先各有 50 步自己的随机输入，然后输入相同。共同的输入走过 0 步、50 步、100 步之后，两个状态里相差最多的那个数，还差多少？每种尺寸取各种输入和种子里最大的，构建页面时当场用 float64 算的：

# %%
import torch

torch.set_num_threads(1)
for name in ("GRU", "LSTM"):
    gradient_sizes.show_apart(name, (0, 50, 100))

# %% [markdown]
# 走过 100 步，除了 float64 的末几位，两个状态一模一样。开头的东西，哪个单元里都没剩下。
#
# ## 训练后 { #trained }
#
# 每条线是一个学加法的网络，从 PyTorch 的初始值开始：

# %% alt="横轴是训练步数，0 到 800；纵轴是每步剩下的梯度。所有线都从 0.55 到 0.7 之间开始。二十个 GRU 训练 50 步后都在 0.9 以上，最后在 0.97 附近。二十个 LSTM 至少有 100 步都在 0.8 以下，100 到 800 步之间升上去，最后在 1 附近。十个普通 RNN 一直在 0.53 到 0.87 之间。"
curves = gradient_sizes.curves_along(sized)
title = "GRUs keep their gradient by step 50, LSTMs later"
plots.curves(curves, "steps of training", label, title)

# %% [markdown]
# 训练这么多步之后，十个种子里最低和最高的系数，以及它们在测试序列上的平均误差；每种下面一行，是照最后的系数走 50 步还剩多少：

# %%
gradient_sizes.show_along(sized)

# %% [markdown]
# ## 怎么读 { #reading }
#
# - **光有门还不够，我们试过的尺寸都是这样。** 64 个单元、8 个输入、标准差 1，GRU 每步留住 0.643，LSTM 留住 0.635；输入大了，留得更少。在这种输入下，单元多了也不会多留多少：256 个单元时是 0.637 和 0.635；输入多或者大时会多留一些，可照样消失。
# - **普通 RNN 留得更少**，十二种设置都是，单元多到四倍，平均下来也还是少：上面那一种是 0.565，16 个单元、64 个输入、标准差 5 时是 0.126。
# - **正交矩阵不是到处管用。** 换上它，256 个单元的普通 RNN，在 8 个输入、标准差 1 时留住 0.925，比 GRU 多；16 个单元、64 个输入、标准差 5 时只留住 0.208。GRU 的矩阵换成正交的，每种设置都留得更多；LSTM 是十二种里的八种。
# - **遗忘门偏置取 1，十二种设置都有用**，但也留不全：走 50 步，最好的也只剩 $10^{-2.4}$，也就是千分之四。
# - **训练之后，梯度回来了。** 训练 800 步之后，每个 GRU 至少留住 0.965，每个 LSTM 至少留住 0.978。起初没有一个超过 0.703。
# - **GRU 是梯度先回来，误差后降。** 训练 50 步，每个 GRU 都留住 0.913 以上，而两种 GRU 的平均误差还是 0.165 和 0.168，和永远答同一个数的 0.167 差不多；到 100 步，误差才降到 0.013 和 0.085。这时没有一个 LSTM 超过 0.784，它们的梯度在 100 到 800 步之间才回来。两种网络就是在这里分开的，但这还不是原因：GRU 在这里为什么学得快，[从 LSTM 走到 GRU](lstm-to-gru.py) 那一页来查。
# - **普通 RNN 做不到。** 学习率也像别人一样替它选过，800 步之后还是在 0.596 到 0.867 之间，误差 0.171。
# - **最后是 LSTM 留得更多**：0.978 到 1.001，GRU 是 0.965 到 0.975，单元一样多是这样，参数一样多也是这样。LSTM 的门可以一边停在 1，一边写入；GRU 要保留，就得把草稿关在外面。
#
# 所以那句话该这么说：有了门，梯度*有可能*留得住，训练也找得到这条路。要是一开始就得留住，就[设一个偏置](../gates/why.md#bias)。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 训练前：输入是没有规律的随机数，三种宽度，只有一层；“最好的方向”，每个网络只在一条序列上量过。训练途中：一个任务，一种长度，只看了六个时刻。起初梯度几乎全丢了，网络还是学会了，可见在这里，起点的系数虽小，也没有难住它们；要记得更久，就难说了。另外，几次量的不是同一个东西，第一次看输入，第二次看整个状态，第三次看记忆：各自内部可以比，互相之间不能比。
#
# ## 量你自己的网络 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约 85 分钟；加上 `--quick`，几秒钟。`experiments/gradients.py` 里的 `gradients`，给它一个 `nn.RNN`、`nn.GRU` 或 `nn.LSTM`（单向、float64、不用 `batch_first`），它就告诉你梯度丢得多快：
#
# ```console
# .venv/bin/python experiments/gradient_sizes.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/gradient_sizes.py
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/gradients.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 训练好的网络每步留住 0.975，走 40 步还剩多少？"
#
#     $0.975^{40} = 0.363$。每步 0.64 的话是 $0.64^{40}$，一亿份里剩两份。
#
# ??? question "2. 系数大于 1，为什么不比小于 1 更好？"
#
#     步数一多，梯度就爆炸了。1.001 要走很久才看得出来：1000 步之后，梯度是原来的 $1.001^{1000} = 2.72$ 倍。
