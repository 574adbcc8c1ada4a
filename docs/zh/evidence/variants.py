# ---
# long_title: LSTM 和 GRU 里哪个门最重要？轮流让一个门一直开着
# description: LSTM 和 GRU 里，真正干活的是哪个门？轮流让一个门一直开着，或给遗忘门加偏置，在加法和文本上各训练一遍，四个学习率，五个种子。
# search:
#   words:
#     variants: 消融实验, 去掉一个门, 哪个门最重要, 每个门都需要吗, LSTM 变体, 门的重要性, 最重要, 最重要的门, 去掉遗忘门, 哪个门有用, 真正起作用, 影响最大, 哪个门影响大, 不能少, 哪个门不能少, 离不开哪个门, 必不可少
#     answer: 少一个门会怎样, 逐个去掉, 结果概要, 不能少
#     method: 把门固定为 1, 设置, f=1, 固定为 1, 从不遗忘, 固定门
#     adding: 没有输入门, 加法上的消融, 去掉输入门, 输入门去掉
#     text: 没有遗忘门, 文本上的消融, 去掉遗忘门, 遗忘门去掉, 语言模型去门
#     reading: 结论, 遗忘偏置, Greff, 解读, 去掉重置门, 没有重置门, 重置门去掉
# ---

# %% [markdown]
# # 干活的是哪个门？让一个门一直开着 { #variants }
#
# 读完这一页，你会知道 LSTM 少了输入门、遗忘门或输出门会怎样，GRU 少了重置门会怎样，换个更好的起点又会怎样。
#
# <!-- generated: verdict output-gate -->
#
# <!-- generated: verdict forget-bias -->
#
# ## 答案 { #answer }
#
# 加法上是输入门：没有它，LSTM 一个也学不会。文本上，去掉遗忘门损失最大，但这不作数：那里的网络都不如[统计](convergence.py#counts)，而且五个种子分不开它和去掉输出门的损失。下面是学习率 0.01 时学会加法用的步数，每个点是一个种子；一个点也没有的，始终没学会：

# %% alt="学习率 0.01 时解出加法所用的步数，每个种子一个点。LSTM、遗忘门偏置为 1 的 LSTM 和没有输出门的 LSTM 在 350 到 800 之间。没有遗忘门的有三个点，在 750 到 1200 之间。没有输入门的一个点也没有。三种 GRU 在 200 到 300 之间。"
import harness
import plots
import variants

record = harness.load(variants.__file__)
adding = harness.part_of(record, "adding")
rows = variants.at_rate(adding, 0.01)
title = "Without its input gate no LSTM learns to add"
plots.seeds(rows, "solved_at", None, "steps until solved", title)

# %% [markdown]
# ## 问题 { #question }
#
# “遗忘门最重要。”“输出门不重要。”“遗忘门的偏置要设成 1。”这三句都出自论文：拿掉一个门，看会发生什么。它们在哪些任务上成立？
#
# ## 方法 { #method }
#
# 一个门要是永远是 1，就什么也不决定，全都放行。所以我们让一个门从头到尾停在 1，其余照旧，再像之前那样训练：[两数相加](adding.py)用 32 个单元，[文本](convergence.py#text)用 64 个，各四个学习率，五个种子。
#
# - `LSTM f=1` 从不遗忘，和 1997 年的 LSTM 一样；`LSTM i=1` 每一步都写；`LSTM o=1` 把记忆全露出来。
# - `GRU r=1` 没有重置门。（更新门不能停在 1，否则状态永远不变。）
# - `LSTM f+1` 和 `GRU z+1` 的门都在，只是管保留的那个门，偏置从 1 开始。
#
# 办法是把偏置设成 100：在 float32 里，sigmoid 这时恰好是 1，斜率是 0，训练就推不动这个门了。（实际训练的参数因此少一些。）先看两个，是构建页面时当场训练的：

# %%
import torch

torch.set_num_threads(1)
for net in "LSTM", "LSTM o=1":
    row = variants.train_adding(net, 0.02, 0, variants.SETTINGS)
    print(net, "solved at step", row["solved_at"])

# %% [markdown]
# ## 两数相加 { #adding }
#
# 每个学习率下，五个种子解出任务用得最少和最多的步数；2000 步之内没有全部解出来的，写的是解出了几个：

# %%
variants.show_adding(adding)

# %% [markdown]
# 其中两种在各个学习率下比完整的 LSTM 多用几步，以及这个差的 95% 置信区间：

# %%
import intervals

steps = harness.values(adding, "solved_at")
for rate in record["settings"]["learning_rates"]:
    print(rate)
    lstm = ("LSTM", steps[harness.label("LSTM", rate)])
    for net in "LSTM f+1", "LSTM o=1":
        intervals.show([[(net, steps[harness.label(net, rate)]), lstm]], places=0)

# %% [markdown]
# ## 文本 { #text }
#
# 训练 600 步之后每个字符的比特数，各用各的最佳学习率：

# %%
text = harness.part_of(record, "text")
harness.show_best(text, variants.NETS, "validation_bits", "test_bits")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# 每种改动多出几比特，区间同上；最后一行，是 LSTM 损失最大的两种改动相差多少：

# %%
changed = {net: "GRU" if net.startswith("GRU") else "LSTM" for net in variants.NETS}
pairs = [(net, whole) for net, whole in changed.items() if net != whole]
pairs.append(("LSTM f=1", "LSTM o=1"))
intervals.show_at_best(text, pairs, "validation_bits", "test_bits", places=3)

# %% [markdown]
# ## 怎么读 { #reading }
#
# 文本上，这些网络，包括完整的，都不如[统计](convergence.py#counts)。按[规则](method.md#verdicts)，它们在文本上什么也判定不了；这些数只说明这么短的训练给出了什么。
#
# - **要做加法，LSTM 离不开输入门。** 没有它，在哪个学习率下都没有一次解出来；在文本上看不出损失：多 0.025 比特，区间是 −0.025 到 0.075。没有遗忘门，加法还学得会，0.005 时每个种子都学会，再往上，5 个里依次有 3 个、2 个、4 个学会；在文本上，却是去掉遗忘门损失最大：2.28 ± 0.02 比特，原来是 2.11 ± 0.04，多 0.165，区间是 0.115 到 0.216。比去掉输出门多 0.062，区间是 −0.017 到 0.140，五个种子还分不出这两者。
# - **输出门值多少，未定。** 在文本上，少了它就多 0.104 比特，区间是 0.023 到 0.185：从 2.11 ± 0.04 变成 2.21 ± 0.06。加法里，哪个学习率下都看不出差别：0.01 时，没有它是 350 到 650 步，有它是 450 到 750 步；0.04 时是 350 到 1650 步对 250 到 650 步。
# - **遗忘门偏置设成 1 有没有好处，没有看出来。** 文本上，设了是 2.12 ± 0.03 比特，不设是 2.11 ± 0.04；加法上，学习率 0.005 时早一些（700 到 750 步，原来 750 到 1000 步），但种子排除不了碰巧，其他学习率下步数的范围都重叠。给 GRU 的更新门设 1 也是这样：文本上是 2.13 ± 0.03，原来是 2.10 ± 0.02，多 0.032，区间是 −0.003 到 0.068。
# - **去掉重置门，单元数不变，GRU 在文本上多 0.061 比特**，区间是 0.036 到 0.086：没有它是 2.16 ± 0.01 比特，有它是 2.10 ± 0.02。这时循环层训练的参数少了三分之一，没有试过把单元加多、补回参数的网络。加法任务里，学习率不超过 0.02 时，几乎用不着重置门；到 0.04，没有它每个种子都更慢，是 150 到 950 步，原来是 100 步。
# - **所以，没有哪个门一句话说得完。** [Jozefowicz 等，2015](../references.md#jozefowicz-2015) 说遗忘门“除了语言模型，在所有问题上都极其要紧”；在这里，语言模型没有它也变差。[1997](../references.md#hochreiter-1997) 年的 LSTM 根本没有遗忘门。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 两个任务，各一种大小，训练又短；测试用的文本，还有一部分[在训练文本里出现过](convergence.py#counts)。让门停在 1，只是拿掉它的一种办法；有的论文去掉门，再给网络多加单元，问的是另一个问题。偏置为 1 也只是一个数，[按任务的长度来定](../gates/why.md#exercises)也许更管用。
#
# ## 自己跑一遍 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约 20 分钟；加上 `--quick`，几秒钟。`experiments/variants.py` 里的 `change` 能停住 `nn.GRU` 或 `nn.LSTM` 的一个门，只要它是一层、单向、带偏置的，你的网络也可以试：
#
# ```console
# .venv/bin/python experiments/variants.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/variants.py --fresh
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/variants.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 每一步都写的 LSTM，学加法为什么难？"
#
#     读到的每个数，不管做没做记号，细胞都收进来，存下的是 50 份草稿的和。要只留下其中两份，另外 48 份就得接近 0，或者互相抵消。有输入门，关上就行了。
#
# ??? question "2. 遗忘门停在 1 的 LSTM，梯度沿着细胞一点也不衰减。为什么它并不因此更好？"
#
#     它没法把记忆清空，只能一份草稿一份草稿地减回去。在较高的三个学习率下，15 次里有 6 次没做到。
