# ---
# long_title: "长序列用 GRU 还是 LSTM？走 50 步和 200 步的加法，实测"
# description: 长序列上 LSTM 更好吗？一样大的 GRU 和 LSTM，学着把 50 步和 200 步里的两个数加起来，各十个种子，学习率各自选，再让门一开始就开着，重来一遍。
# search:
#   words:
#     long-sequences: 走 200 步, 长序列实验, 不同长度比较, 更长的间隔, 记几百步
#     answer: 长输入用哪个
#     result: 步数随长度变化, 一个没学会, 失败的种子
#     start: chrono 初始化, 开着的门, 长序列的偏置, 一开始就记得住
#     decided: 长序列的判定
#     reading: 种子失败, 稳还是快
#     run: 换一个长度
# ---

# %% [markdown]
# # 长序列用 GRU 还是 LSTM？ { #long-sequences }
#
# 读完这一页，你会知道要把一个数记上 200 步，两种网络谁先学会，各失败几次，以及一开始就让门开着有什么用。
#
# <!-- generated: verdict long-sequences -->
#
# ## 答案 { #answer }
#
# 在这个任务上，是 GRU，只要你可以重来。走 200 步，十个 GRU 里有六个比最快的 LSTM 还早学会加法；可有一个始终没学会，而 LSTM 一个也没失败。让门一开始就开着，二十个全学会了，还是 GRU 更快。每个点是一个种子，3000 处的那个没有学会：

# %% alt="学会加法用的步数，序列长 50 步和 200 步，每种网络各十个点。50 步：GRU 在 80 到 370 之间，LSTM 在 270 到 810 之间。200 步：九个 GRU 在 110 到 920 之间，一个在 3000；LSTM 在 440 到 1230 之间。"
import adding_long
import harness
import plots

record = harness.load(adding_long.__file__)
title = "Most GRUs are done sooner at 200 steps, one never"
steps = "steps until solved"
found = adding_long.points(record)
length = "length of a sequence"
plots.points(found, length, steps, title)

# %% [markdown]
# ## 问题 { #question }
#
# “长序列用 LSTM，短序列用 GRU。”听起来有道理：多一个门，要保留的东西还有自己的状态。序列长到四倍，别的都不变，会怎样？
#
# ## 方法 { #method }
#
# [加法](adding.py#question)：有两个数做了记号，前一半里一个，后一半里一个；走完最后一步，网络答出两数之和。一次走 50 步，一次走 200 步。GRU 有 43 个单元，LSTM 有 37 个，整个模型是 6107 和 6106 个参数；走 50 步时还有一个 76 个单元的 RNN。每训练一步用 64 条新序列；50 步的最多训练 2000 步，200 步的最多 3000 步。在 500 条验证序列上连着两次误差小于 0.01，就算学会；永远答同一个数，误差在 0.167 左右。每种网络在每个长度上各有自己的学习率，由不参加比较的种子来选。然后各十个种子。
#
# ## 结果 { #result }
#
# 每种网络、每个长度：学习率，几个种子学会了，2000 条测试序列上的平均误差，以及十个种子各自的步数。有一个没学会的，平均数至少是印出来的这么多：

# %%
adding_long.show(record)
adding_long.show_constant(record)

# %% [markdown]
# 走 200 步时替 GRU 选学习率的种子，一行一个学习率，各用了多少步：

# %%
net = "GRU H=43, default, T=200"
harness.show_choice(record, net)

# %% [markdown]
# ## 一开始就开着的门 { #start }
#
# 在这里，PyTorch 的门都从半开左右起步，所以网络在学会记住之前，[走几步就忘了](gradients.py#remembers)。[Tallec 和 Ollivier，2018](../references.md#tallec-2018) 换了一种起点：每个单元记多少步，在 2 和序列长度之间抽签。在 LSTM 里，就是给遗忘门 $\log u$ 的偏置，给输入门 $-\log u$，$u$ 在 1 到 199 之间；在 GRU 里，我们把偏置给 $z$。同样的网络，走 200 步，从这里开始：

# %%
adding_long.show(record, "long memory")

# %% [markdown]
# ## 判定 { #decided }
#
# “前一个用的步数更少”这句话，按[规则](method.md#verdicts)怎么判，平均数差多少，95% 的区间在哪里。这一页的检验一起校正。没学会的网络，只知道它*至少*要 3000 步；再多走多少步也改变不了的，才作判定：

# %%
import decide

decide.show(adding_long.decided(record), 0)

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>

# %% [markdown]
# ## 怎么读 { #reading }
#
# - **序列变长，步数要多用一些，还有一个 GRU 没学会。** 长到四倍，LSTM 的步数不到两倍，平均 750 对 408。GRU 只能看中位数，245 对 120：十个里有一个没学会。
# - **GRU 多半更快。** 走 200 步，有六个训练 110 到 310 步就会了，比最快的 LSTM（440 步）还早；另外三个用了 470、660 和 920 步。十个里有一个是“3000 以上”，平均就是 604 以上，LSTM 是 750；所以不作判定。
# - **第十个 GRU 不是学得晚，是没学会。** 最后误差比永远答同一个数还大。它的学习率 0.08 是另外三个种子选的，那三个训练 110、130、170 步就会了。[三五个种子会选中一个十次失败一次的学习率](lstm-to-gru.py#rate)，走 50 步时我们也见过。
# - **一开始就开着，有用。** LSTM 从 750 步降到 422 步，GRU 一个也没失败，平均 209 步。对 GRU 有没有用，未定，因为不这样时的平均数不知道。从这个起点出发，说 LSTM 先学会，就被否定了：它多用 213 步，区间是 83 到 343。
# - **普通 RNN 走 50 步就学不会。** 学习率也像别人一样替它选过，训练 2000 步，十个里一个也没学会。200 步没有让它跑。
#
# ## 没有说明什么 { #limits }
#
# 只有一个任务，要记的只是两个数；说的是步数，不是时间；网络很小；长度是 50 和 200，不是几千。把学习率调小，能不能救回第十个 GRU，没有试：那就是看了结果再选学习率了。要是考的长度比训练时更长，[LSTM 数得更远](counting.py)。
#
# ## 自己跑一遍 { #run }
#
# 在[全部代码](../take-along.md#code)的文件夹或[仓库的克隆](../contribute/translate.md#begin)里，单核跑完记录下来的这些，约 125 分钟；中断了会接着跑。加上 `--quick`，几秒钟。换一个长度，就在 `experiments/adding_long.py` 的 `plan` 里加一行：
#
# ```console
# .venv/bin/python experiments/adding_long.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/adding_long.py
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/long-sequences.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. GRU 的平均步数为什么不直接写成 604 步？"
#
#     因为 3000 是我们停下来的地方，不是那个网络学会的地方。要是允许走 6000 步，平均也许就是 904。知道的只是，平均在 604 步以上。
#
# ??? question "2. 你的 GRU 在长序列上，误差一直和永远答同一个数一样。先试什么？"
#
#     换一个种子，再让门一开始就开着：从 PyTorch 的起点，十个里学会九个；从那个起点，十个全学会了。然后是把学习率调小，这个我们没有跑过。
