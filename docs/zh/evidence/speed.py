# ---
# long_title: GRU 比 LSTM 快吗？CPU 和 H100 上的用时实测
# description: GRU 真的比 LSTM 算得省吗？运算量是四分之三；在 CPU 上用的时间多到九倍，在 H100 上，层大的时候更快。有记录，也有原因。
# search:
#   words:
#     speed: 基准, 计时, GRU 和 LSTM 的速度, 实测时间, GRU 比 LSTM 慢, 速度实验, 耗时实测, 速度对比实验, CPU 用时, 测速, CPU 测速, 速度测量
#     answer: GRU 更快吗, 哪个更快, 快还是慢, 结果概要
#     method: 怎么计时, 设置
#     result: 时间比, 表格, 一次一条, 耗时对比, 耗时对比表, 时间表, 倍数, 一条序列, 慢几倍, 9 倍, 时间除以, GRU 时间, 相对时间
#     h100: GPU, CUDA, cuDNN, GPU 上 GRU 更快吗, GPU 上哪个快, 显卡, GPU 测速, tf32, bfloat16, GPU 训练时间, 英伟达
#     reading: 结论, oneDNN, 解读, 证据, oneDNN 更快, 原因
#     run: 在自己机器上测, 自己的尺寸
# ---

# %% [markdown]
# # GRU 算得更省吗？ { #speed }
#
# 读完这一页，你会知道 GRU 什么时候比 LSTM 快，什么时候反而慢；换成你的尺寸，你也会量了。
#
# <!-- generated: verdict cheaper -->
#
# ## 答案 { #answer }
#
# 论运算，是；论时间，要看机器、软件和尺寸。照 PyTorch 默认的来，在我们的 CPU 上，按中位数，这些尺寸的 GRU 都比 LSTM 慢，因为那里只有 LSTM 有 oneDNN 的融合算子。[在 H100 上](#h100)，层大就训练得快：2048 或 4096 个单元的 GRU，时间是 LSTM 的 0.72 到 0.88；再小，就很难分出快慢。下面是 CPU。每个点是一次重复；虚线处两者一样快：

# %% alt="GRU 的时间除以 LSTM 的时间，横轴是单元数，从 32 到 512，一次 32 条序列，各七个点。用 oneDNN 时，从 32 个单元的 4 左右降到 512 个单元的 1 左右。不用时都在 0.6 到 1.1 之间，从 0.9 左右降到 0.7。"
import harness
import plots
import speed

record = harness.load(speed.__file__)
title = "With oneDNN the GRU takes longer up to 256 units"
points = speed.points(record, batch=32)
plots.points(points, "units", "time, GRU ÷ LSTM", title, level=1)

# %% [markdown]
# ## 问题 { #question }
#
# “GRU 的计算量更小。”LSTM 的权重有四块，GRU 只有三块，所以[乘加次数](../gates/compare.md#operations)是四分之三。PyTorch 自带的计数器也这么说，这里是 64 个单元，32 条序列，每条 50 步（融合算子先关掉，计数器看不进它里面）：

# %%
import torch
from torch.utils.flop_counter import FlopCounterMode

torch.backends.mkldnn.enabled = False
for cell in torch.nn.GRU, torch.nn.LSTM:
    with FlopCounterMode(display=False) as counter:
        cell(32, 64)(torch.randn(50, 32, 32))
    print(f"{cell.__name__:4} {counter.get_total_flops():,}")

# %% [markdown]
# 可是没有人在等运算次数，大家等的是时间。
#
# ## 方法 { #method }
#
# CPU 上是一层网络，32 个输入，读 50 步并算出梯度，单线程。普通 RNN、GRU 和 LSTM 都计时，单元从 32 个到 512 个，一次一条序列或 32 条。几种网络轮流跑，机器慢下来就大家一起慢；重复七次。GRU 和 LSTM 都量两遍：一遍照 PyTorch 默认的来，也就是用 oneDNN 这个 kernel 库；一遍不用。
#
# ## 在 CPU 上 { #result }
#
# LSTM 的时间算 1，表里是另外两种的时间，按七次重复的中位数算：

# %%
speed.show(record)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# 一次只有一条序列：

# %% alt="同样的图，一次一条序列。用 oneDNN 时，从 32 个单元的 9 左右降到 512 个单元的 2 左右，128 个单元处有一个点在 9。不用时从 1 左右降到 0.8 左右；128 个单元处有一个点在 1.9。"
title = "One sequence at a time, the gap is wider"
points = speed.points(record, batch=1)
plots.points(points, "units", "time, GRU ÷ LSTM", title, level=1)

# %% [markdown]
# ## 在 H100 上 { #h100 }
#
# NVIDIA 的 kernel 库 cuDNN，对 GRU 和 LSTM 都有 kernel。这里一层网络的输入和单元一样多，一次 64 条序列，每条 64 步，前向加反向；几种网络轮流跑，重复七次，用 GPU 自己的时钟计时。tf32 把乘法的因数舍入，bfloat16 的每个数只占十六位：

# %% alt="H100 上 GRU 的时间除以 LSTM 的时间，横轴是单元数，从 128 到 4096，float32、tf32、bfloat16 各七个点。1024 个单元以内，大多在 0.8 到 1.1 之间，有两个低得多，在 0.2 和 0.4。2048 个单元时在 0.8 到 0.9 之间，4096 个时在 0.7 到 0.8 之间。"
import gpu_rows

title = "On an H100 a large GRU trains in less time"
points = gpu_rows.points()
plots.points(points, "units", "time, GRU ÷ LSTM", title, level=1)

# %% [markdown]
# 下表是七次的中位数，括号里是最小和最大的一次；前面一列是 CPU，一次 32 条序列，输入和步数也和这里不同：

# %%
cpu = speed.medians(record, batch=32)
gpu_rows.show(beside=cpu)

# %% [markdown]
# 一层、两层、四层，三种精度，每种尺寸就有九行。其中有几行，[按规则](method.md#verdicts)能判定 GRU 用时更少（less）？equal 是差别在规则的界限（一成）以内，open 是未定；所有行一起校正。前面是中位数，最小的和最大的；最后一列是和参数一样多的 LSTM 比：

# %%
gpu_rows.show_decided()

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、GPU、CUDA 和 cuDNN 的版本、设置</summary>

# %%
gpu_rows.show_origin()

# %% [markdown]
# </details>
#
# ## 怎么读 { #reading }
#
# - **在 CPU 上，照 PyTorch 默认的来，这些尺寸里 GRU 没有一个更快。** 按中位数，它用的时间是 LSTM 的 1.03 到 9.22 倍；其中 1.03（512 个单元、32 条序列）算打平，有的重复低于 1，有的高于 1。
# - **活越少，差得越多**：一条序列、32 个单元时是 9.22，32 条序列、512 个单元时是 1.03。
# - **原因在 kernel，不在单元。** PyTorch 把 LSTM 交给 oneDNN 的一个 kernel，所有步一次调用就做完；GRU 却是[一步一步调用](../pytorch/speed.md#fused)的。不用 oneDNN，两者都一步一步来：这时 GRU 用的时间是 LSTM 的 0.72 到 1.03，活多的时候，接近运算量的四分之三。
# - **按中位数，连普通 RNN 都更慢**：一条序列、256 个单元以内，它用的时间是 LSTM 的 1.10 到 3.33 倍，运算量却只有四分之一。256 个单元时，七次重复里有一次反过来。
# - **在 H100 上训练，按规则，大的 GRU 更快**：4096 个单元的九行全是，2048 个的九行里有五行，更小的三十六行里有两行；其余未定。大的那些，中位数是 0.72 到 0.88，和运算量的四分之三差不多。
# - **推理时，各行说法不一。** 一次多条和一次一条，各 54 行里，分别有 25 行和 20 行是 GRU 用时更少，128 个单元时最少只要 0.48；另有九行，256 到 1024 个单元，两者一样快。所以合起来看，未定。
# - **起作用的主要是大小，不是单元。** 和参数一样多的 LSTM 比，2048 和 4096 个单元的中位数是 0.89 到 1.08。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 一种处理器，一块 GPU，PyTorch 各一个版本。单独一次可能偏得很远：看看那些落单的点。H100 上的七次，几秒钟里接连跑完，也只在一台机器上；隔几天、换一台会差多少，没有量过；别的 GPU、别的长度，那里的打包序列、双向、编译，也都没有量过。尺寸相同的公开计时，我们只找到一份，用的是较老的 GPU，也是 [GRU 领先](../claims/cheaper.md#for)。这些说的都是软件：下个版本就可能变，运算量可变不了。
#
# ## 在你的机器上跑 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。大约两分钟，其中大半分钟用在 `torch.compile` 的比较上，那要有 C++ 编译器；加上 `--quick` 就跳过它，几秒钟跑完。你的尺寸写进 `experiments/speed.py` 的 `SIZES` 和 `BATCHES`：
#
# ```console
# .venv/bin/python experiments/speed.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/speed.py --fresh
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/speed.py
# ```
#
# 有 NVIDIA 的 GPU，就运行下面两行：先取文本，再跑实验；计时排在最前面，记录写进一个已有的文件夹：
#
# ```console
# .venv/bin/python experiments/texts.py
# .venv/bin/python experiments/gpu.py --out FOLDER --minutes 3
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 为了在 CPU 上训练得快些，你把 LSTM 换成 64 个单元的 GRU。会怎样？"
#
#     更慢：按这里量的，一次 32 条序列时要用 2.15 倍的时间。省下来的是参数，还有存状态的内存。
#
# ??? question "2. 有人在 CPU 上量出来，GRU 只用 LSTM 的 0.8 倍时间。他那里可能有什么不同？"
#
#     PyTorch 编译时没带 oneDNN；LSTM [走不了快速路径](../pytorch/speed.md#fused)，比如用了长短不一的打包序列；也许是网络大得多，那我们没有量过。
