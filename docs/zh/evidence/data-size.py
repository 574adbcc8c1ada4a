# ---
# description: 数据多就该用 LSTM，数据少就该用 GRU？4000 到 40 万字符的文本，四个学习率，三个种子，旁边放着参数量相同的 LSTM 和普通 RNN。
# ---

# %% [markdown]
# # 数据更多，LSTM 就更好吗？ { #data-size }
#
# 读完这一页，你会知道文本多到一百倍时 GRU、LSTM 和普通 RNN 怎么比；也会明白，多到一百万倍时的事，为什么笔记本电脑上定不了。
#
# ## 问题 { #question }
#
# “数据少用 GRU；数据很大用 LSTM，它表达能力更强。”要真是这样，数据一路增加，两者的次序总该在哪里换过来。
#
# ## 方法 { #method }
#
# 还是 Python 帮助的那份[文本](convergence.py#text)，一个字符一个字符地猜，只是先把主题打乱，这样截下一段，也和整体差不多。每种网络分别用开头的 4,000、40,000、400,000 个字符训练，各 1500 步，留下验证部分上最好的那一步的权重：小文本很快就被背熟了。验证和测试，各种大小共用同样的：

# %%
import data_size

training, validation, test, alphabet = data_size.load(data_size.SETTINGS)
print(len(training), "characters of training text,", alphabet, "different ones")
print(len(validation), "for validation,", len(test), "for the test")

# %% [markdown]
# 每种网络四个学习率，每个三个种子，学习率由验证部分来挑。GRU 旁边放着：单元一样多的 LSTM，参数差不多一样多的 LSTM 和普通 RNN，还有只统计前 0、1、2 个字符后面跟过什么的模型。
#
# ## 结果 { #result }
#
# 每个字符的比特数，越低越好，各用各的最佳学习率：

# %%
import harness

record = harness.load(data_size.__file__)
for characters in record["settings"]["characters"]:
    print(f"\n{characters:,} characters")
    sized = harness.part_of(record, data_size.part(characters))
    harness.show_best(sized, data_size.NETS, "validation_bits", "test_bits")
harness.show_origin(record)

# %% alt="训练文本为 4,000、40,000、400,000 个字符时每个字符的比特数，四种网络各三个点。都一起下降，左边在 4.1 到 4.5，中间在 2.6 到 2.7，右边在 2.0 左右；几种网络的点始终挨在一起。"
import plots

plots.points(data_size.points(record), "characters of training text", "bits per character")

# %% [markdown]
# 在 400,000 个字符上，各个网络是怎么走到那里的，一个种子一条线，看验证部分：

# %% alt="在 400,000 个字符上训练 50 步到 1500 步时每个字符的比特数，各三条线，都从 3.7 到 4.0 降到 2.0 到 2.2。普通 RNN 始终最低，小的 LSTM 最高；GRU 和大的 LSTM 走在一起。"
plots.curves(data_size.curves(record, 400_000), "steps of training", "bits per character")

# %% [markdown]
# ## 怎么读 { #reading }
#
# - **次序没有翻到 LSTM 那边去。** 大小相同时，三种数据量上两者都挨得很近：4.30 ± 0.06 对 4.24 ± 0.10，2.60 ± 0.04 对 2.62 ± 0.03，2.02 ± 0.02 对 2.00 ± 0.01 比特。到 400,000 个字符，LSTM 略微领先，领先的幅度和种子之间的波动差不多。
# - **参数相同时，要翻也是往另一边翻。** 小的 LSTM 在 4,000 个字符上领先（4.18 ± 0.08），在 40,000（2.69）和 400,000（2.07 ± 0.03）个字符上落后。所以大的那个在最大文本上的领先，靠的是多出来的参数。
# - **最大的文本上，最好的是普通 RNN**：1.98 ± 0.02，参数和 GRU 一样多。四种网络里只有它没有门，单元数差不多是两倍。
# - **文本太少，谁也学不到多少。** 只有 4,000 个字符时，统计一个字符后面跟什么是 4.48，网络是 4.18 到 4.42。两部分数据还互相矛盾：验证部分（表里没列）上 GRU 好过两种 LSTM，测试部分上却不如它们。
# - **多一百倍的文本，比换哪种单元都管用**：GRU 从 4.30 降到 2.02。和这个比，单元之间的差别很小。
#
# ## 它说明不了什么 { #limits }
#
# 400,000 个字符算不上“很大”。说这话的人，指的是几百万个句子、上千个单元的层，从这里到那里，什么都可能发生。这一页能说的是：数据多到一百倍，LSTM 的领先并没有跟着扩大。这也只是一份文本，一种大小的网络，三个种子，没有 dropout；[公开发表的结果](index.md#large-data)里，网络更大，也用了 dropout。另外，小文本上，多数网络最好的是最低的那个学习率，再低一些也许还能好一点。
#
# ## 换成你自己的文本 { #run }
#
# 单核大约 30 分钟；加上 `--quick`，几秒钟。你的文本放进 `snippets/experiments/learning_rate.py` 的 `text`，大小写进 `snippets/experiments/data_size.py` 的 `characters`：
#
# ```console
# .venv/bin/python snippets/experiments/data_size.py --quick
# .venv/bin/python snippets/experiments/data_size.py --fresh
# PYTHONPATH=snippets/experiments .venv/bin/python -P docs/zh/evidence/data-size.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 为什么每种网络留下的是最好那一步的权重，而不是最后一步的？"
#
#     4,000 个字符，1500 步要把文本过几百遍。到那时每种网络都背熟了，碰到新文本反而不如开头。拿最后一步来比，比的是谁背得更远。
#
# ??? question "2. 要看到什么，你才会相信数据很大时 LSTM 更好？"
#
#     领先随着数据一起扩大；在好几种大小上都是这样；各用各的学习率；参数一样多；而且比种子之间的波动大。
