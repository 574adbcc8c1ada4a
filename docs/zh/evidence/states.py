# ---
# long_title: "细胞状态和隐藏状态、重置门和更新门，谁管长期，谁管短期？实测"
# description: LSTM 的 c 是长期记忆、h 是短期记忆吗？GRU 的重置门管短期依赖、更新门管长期依赖吗？把训练好的网络一次拿掉一样，看它丢了什么。
# search:
#   words:
#     states: 状态消融, 替换隐藏状态, 替换细胞状态, 记忆存在哪, c 和 h 实测, 长短期记忆实验
#     answer: 哪个状态重要, c 和 h 的结论
#     method: 换成别的序列的状态, 干预实验, 激活替换, 冻结一个门
#     adding: 去掉细胞状态, 去掉隐藏状态, 记忆在 c 里
#     text: 文本里能记多久, 上文管多远, 上文多少字符
#     gates: 固定重置门, 固定更新门, 冻结门, 门取常数, 门的消融
#     units: 单元的时间尺度, 快单元慢单元, 记得久的单元
#     run: 换掉自己网络的状态
# ---

# %% [markdown]
# # c 是长期记忆，h 是短期记忆吗？ { #states }
#
# 读完这一页，你会知道 LSTM 没了 $c$、没了 $h$ 各丢什么，GRU 没了 $r$、没了 $z$ 各丢什么，也能拿自己的网络照样问一遍。
#
# <!-- generated: verdict long-short -->
#
# <!-- generated: verdict near-far -->
#
# ## 答案 { #answer }
#
# 加法上，要记住的在 $c$ 里：学会了的 LSTM，读到一半把 $h$ 换掉，十个里至少有九个照答不误；换掉 $c$，就什么都不知道了。但 $c$ 并不天生就长：在文本上，过了 20 个字符左右，两个状态都没用了。GRU 的 $z$ 也不是只管远的：$z$ 不许动，近处的数照样丢；$r$ 不许动，丢得少得多。每条线是一个网络：

# %% alt="纵轴是加法的误差，写成永远答同一个数的百分之几；横轴是在第几步之后换掉状态，1 到 50；各十条线。没了自己的 c，误差从 15 左右升到 200 以上。没了自己的 h，九个网络一直在 4 左右，第十个在 17 以下，到最后几步才跳上去。"
import harness
import plots
import states_apart

record = harness.load(states_apart.__file__)
title = "Without its c an LSTM forgets, without its h not"
curves = states_apart.curves(record, "adding", 50)
label = "step after which it is replaced"
error = "error, % of a constant's"
plots.curves(curves, label, error, title)

# %% [markdown]
# ## 问题 { #question }
#
# “细胞状态是长期记忆，隐藏状态是短期记忆。”“重置门有助于捕获短期依赖，更新门有助于捕获长期依赖。”很多课程都这么讲各部分的用处。训练好的网络真是这样用的吗？
#
# ## 方法 { #method }
#
# 想知道一个部件有什么用，就从一个好好的网络里把它拿掉。
#
# - **状态。** 走完某一步，把 LSTM 的 $h$、$c$ 或者两个一起，换成另一条序列走到同一步时的状态。这样的状态，网络自己也走得到，只是对这条序列一无所知。然后接着往下读。
# - **门。** 在 GRU 里，把 $r$ 或 $z$ 固定在它自己的平均值上，每个单元各用各的。这样门开得和以前一样大，只是不再变了。
# - **加法**：把 50 个数里做了记号的两个加起来，没有记忆就做不成。LSTM 有 37 个单元，GRU 有 43 个，两者一样大。误差写成永远答同一个数的误差的百分之几。
# - **文本**：$10^5$ 个字符的 Python 代码，64 个单元的网络，单位是每个字符的比特数。旁边放着数次数的基线，它在这里更好；所以按[规则](method.md#verdicts)，文本不作判定，只供参看。
#
# 每样十个种子，学习率各自选。
#
# ## 加法：c 还是 h { #adding }
#
# 误差的百分数，十个网络的平均，括号里是最好和最差的：一列是在前 45 步里的某一步之后换掉，一列是在最后一步之后换掉：

# %%
states_apart.show_adding(record)

# %% [markdown]
# 最后一步之后正好反过来：答案是从 $h$ 里读出来的，再没有人去问 $c$。
#
# 规则的判定，以及误差之差和它的区间：

# %%
import decide

found = states_apart.decided(record)
said = {
    "adding": "h < c, adding",
    "text": "h < c, text",
}
decide.show(found["states"], 2, said)

# %% [markdown]
# ## 文本：能管多久 { #text }
#
# 状态换掉之后，往后每个字符要多花几个比特？

# %% alt="纵轴是每个字符多花的比特，横轴是状态换掉之后过了几个字符，1 到 24；各十条线。没了自己的 h，第一个字符多花 1.6 比特左右，没了自己的 c 多花 0.8；从第三个字符起，没了 c 的稍多。到 20 个字符左右都降到 0。"
title = "On text neither is missed after twenty characters"
curves = states_apart.curves(record, "text", 24)
label = "characters since"
plots.curves(curves, label, "bits more", title)

# %%
after = 1, 2, 5, 10, 20, 64
states_apart.show_text(record, after)

# %% [markdown]
# ## r 和 z { #gates }
#
# 把 GRU 的一个门固定住，一个数会丢掉百分之几？一列是最后五个位置上的数，也就是最近的；一列是最前五个位置上的，也就是最远的。再往下是答案的误差，写成永远答同一个数的百分之几：

# %% alt="纵轴是丢掉的百分数，横轴是读过这个数之后走了几步，各十条线。固定 z，最近的丢 85 到 97，最远的丢 96 到 100。固定 r，线都在 1 到 14 之间。"
title = "Without a moving z the near is lost, too"
label = "steps since the number"
lost = states_apart.lost_curves(record)
plots.curves(lost, label, "% lost", title)

# %%
states_apart.show_lost(record)
said = {
    "near": "z < r, nearest",
    "far": "r < z, farthest",
    "text": "z < r, text",
}
print()
decide.show(found["gates"], 2, said)

# %% [markdown]
# 文本上每个字符的比特数：两个门都不固定，固定其中一个，以及数次数的基线：

# %%
states_apart.show_bits(record)

# %% [markdown]
# ## 记得久的单元 { #units }
#
# [Cho 等，2014](../references.md#cho-2014) 预料单元会分工：学短期依赖的，重置门“经常激活”；学长期依赖的，更新门“大部分时间激活”（第 2.3 节）。那么记得久的单元，$r$ 开得多大？下面是一个网络的各个单元之间的等级相关，两者无关就是 0：

# %%
states_apart.show_units(record)

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
# - **以后要用的，在 c 里。** 换上别人的 $h$，十个 LSTM 的误差平均是 5.0%，用自己的是 4.0%；换上别人的 $c$，是 120.8%，比永远答同一个数还差。两个一起换，也不比只换 $c$ 更差。道理就在公式里：每一步的 $h$ 都是从 $c$ 重新算出来的，一个错的 $h$ 只会误导门一次。
# - **有一个网络不一样。** 换掉 $h$，它的误差升到 12.3%。可见网络也可以在 $h$ 里存东西，只是多数网络没有这么做。
# - **文本上，h 当下更要紧，c 略微久一点。** 换上别人的 $h$，下一个字符多花 1.632 比特，换上别人的 $c$ 多花 0.780；到第五个字符是 0.109 和 0.166。过了 20 个字符是 0.001 和 0.004。所以在这里，就算“长期”也不到 20 个字符。
# - **z 也管近的。** 固定 $z$，最近的数丢 88%，最远的丢 98%：选不了留什么的网络，也选不了写什么。固定 $r$，丢 4% 和 5%；都不固定，丢 2% 和 4%。但 $r$ 也不是闲着：固定它，十个里有两个网络最近的数最多丢 12%，其中一个的误差升到 41%，平均从 3% 升到 8%。
# - **文本上，少了 r 比少了 z 更糟**：3.761 比特对 3.402，都不固定是 2.699。文本里要紧的是近处。这和常见的说法对得上；加法上看到的对不上。
# - **文本上单元有分工，加法上没有。** 文本上记得久的单元 $r$ 开得更大，十个网络都是这样，平均 0.44。如果“激活”指的是 $r$ 在重置，那正是 Cho 等人预料的。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 两个任务，一种尺寸，一层。加法只要求记住和累加；要把近处的和远处的合在一起用的任务，也许离不开 $r$。换上的是另一条序列的状态，不是没有状态；固定在平均值上的门，也不是从头就没有这个门的网络。在文本上这些网络不如数次数，所以看到的是这种尺寸的网络怎样用它的状态，不是怎样最好。
#
# ## 量你自己的网络 { #run }
#
# 先[下载全部代码](../take-along.md#code)，或者[把仓库克隆下来](../contribute/translate.md#begin)。单核大约 50 分钟；加上 `--quick`，几秒钟。`experiments/states_apart.py` 里的 `replaced` 给一批里的每条序列换上旁边那条的状态，`hold` 把一个门固定住：
#
# ```console
# .venv/bin/python experiments/states_apart.py --quick
# ```
#
# 完整跑一遍：
#
# ```console
# .venv/bin/python experiments/states_apart.py
# ```
#
# 这一页的单元格，数字取自记录：
#
# ```console
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/states.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 读到一半，LSTM 带着自己的 h 和别人的 c 接着走，加法做得怎么样？"
#
#     和永远答同一个数差不多：在前 45 步里换，十个网络的误差是它的 94.4% 到 137.0%。所以半路停下来，[两个状态都要留着](../gates/lstm.md#two-states)。
#
# ??? question "2. 为什么误差会到 200%，而不是 100%？"
#
#     永远答同一个数，误差就是和的方差，算作 100%。把别人的数加起来，差的是两个互不相干的和之差，方差是两倍。
