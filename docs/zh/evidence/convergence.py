# ---
# description: GRU 真的比 LSTM 更容易收敛吗？文本和手写数字，五到七个学习率，各五个种子，旁边放着参数量相同的 LSTM、普通 RNN 和不用网络的模型。
# ---

# %% [markdown]
# # GRU 更容易收敛吗？文本和手写数字 { #convergence }
#
# 读完这一页，你能分清是一种单元学得快，还是它碰上了合适的学习率；你也会知道，同样的数据，不用网络能做到什么程度。
#
# ## 问题 { #question }
#
# [两数相加](adding.py)是专为记忆设计的任务，在那里，哪个学习率下都是 GRU 用的步数少。换成不是为此设计的数据，还是这样吗？
#
# ## 方法 { #method }
#
# 两个任务，数据都随软件包一起装好，不用下载：
#
# - **文本**：猜 Python 自带帮助文本（PSF 许可）的下一个字符，训练 600 步，每次看 64 个字符。成绩看没训练过的那部分：每个字符要多少比特，越低越好。
# - **数字**：一张 8 × 8 像素的图，一行一行读进去，说出是哪个数字。1797 张图随 scikit-learn 安装，出自 Alpaydin 和 Kaynak，1998（UCI 机器学习库，CC BY 4.0）；997 张训练，400 张验证，400 张测试，20 轮。成绩看一百张里认错几张。
#
# 每个 GRU 旁边都放着：单元一样多的 LSTM，参数差不多一样多的 LSTM 和普通 tanh RNN，还有不用网络的模型：统计前 0、1、2 个字符后面跟过什么，以及一次看全 64 个像素的逻辑回归。每种网络试五个或七个学习率，一个是前一个的两倍，各五个种子。学习率由验证部分来挑，测试部分什么都不挑。先看一个，是构建页面时当场训练的：

# %%
import torch
import digits

torch.set_num_threads(1)
row = digits.train("GRU H=32", 0.016, 0, digits.SETTINGS)
print("wrong after each epoch, %:", *row["curve"])
print("wrong on the test part, %:", row["test_wrong"])

# %% [markdown]
# ## 文本 { #text }
#
# 各用各的最佳学习率，记录在案：

# %%
import harness
import learning_rate

text = harness.load(learning_rate.__file__)
nets = learning_rate.NETS
harness.show_best(text, nets, "validation_bits", "test_bits")
harness.show_origin(text)

# %% [markdown]
# 先让所有网络都用*同一个*学习率 0.005，一个种子一条线，看验证部分：

# %% alt="训练 100 步到 600 步时每个字符的比特数，所有网络的学习率都是 0.005。普通 RNN 起初最低，从 3.0 降到 2.35；GRU 紧跟着，从 3.1 到 2.4，最后和它混在一起；64 个单元的 LSTM 从 3.3 到 2.5，小的 LSTM 从 3.4 到 2.6。"
import plots

one = learning_rate.curves(text, dict.fromkeys(nets, 0.005))
plots.curves(one, "steps of training", "bits per character")

# %% [markdown]
# 再让每种网络用*自己的*最佳学习率：

# %% alt="同样的图，每种网络用自己的最佳学习率。所有的线都挨在一起，从 100 步时的 2.7 到 3.0 降到 600 步时的 2.3 到 2.4；小的 LSTM 最后比别的略高。"
best = harness.best_rates(text, nets, "validation_bits")
own = learning_rate.curves(text, best)
plots.curves(own, "steps of training", "bits per character")

# %% [markdown]
# ## 数字 { #digits }
#
# 各用各的最佳学习率，记录在案；数字是认错的百分比：

# %%
images = harness.load(digits.__file__)
harness.show_best(images, digits.NETS, "validation_wrong", "test_wrong")
harness.show_origin(images)

# %% [markdown]
# 还是各自的最佳学习率，20 轮里只过了 5 轮时，验证部分上的情况：

# %%
rates = harness.best_rates(images, digits.NETS, "validation_wrong")
for net, seeds in harness.curves(images, rates, every=1).items():
    print(f"{net:10} {sum(y[4] for _, y in seeds) / len(seeds):5.2f}")

# %% [markdown]
# 再看各个学习率，都是测试部分：先是平均值，再是每个种子一个点。虚线是逻辑回归：

# %%
harness.show_rates(images, digits.NETS, "test_wrong")

# %% alt="学习率从 0.001 到 0.064 时认错的百分比，GRU 和两种 LSTM 各五个点。都从左边的 20 到 25 左右降到 0.016 处的 10 左右，到右边又升上去。中间的 0.004 处，GRU 比大的 LSTM 低。逻辑回归的虚线在 10，穿过最低的那些点。"
linear = harness.values(images, "test_wrong")["linear"][0]
plots.points(digits.points(images), "learning rate", "images wrong, %", level=linear)

# %% [markdown]
# ## 怎么读 { #reading }
#
# - **大家用同一个学习率，GRU 显得更快。** 文本上用 0.005，每一次查看，它都领先两种 LSTM。数字上用 0.004，它认错 12.10%，单元一样多的 LSTM 认错 19.40%。到了最高的学习率，它又显得更差：0.064 时是 19.25% 对 14.75%。
# - **各用各的最佳学习率，同样大小的 GRU 和 LSTM 最后打平。** 文本：2.10 ± 0.02 对 2.11 ± 0.04 比特。数字：认错 10.10 ± 1.21% 对 10.65 ± 1.72%。两个任务上，差距都比种子之间的波动小。文本上，LSTM 的最佳学习率是 GRU 的两倍；数字上，两者的一样，而 GRU 走得早些：5 轮之后，验证部分它认错 8.10%，LSTM 认错 14.35%。
# - **参数和 GRU 一样多的 LSTM，最后并不更好。** 文本：2.17 ± 0.01，落后 GRU 的幅度大过波动。数字：11.60 ± 3.12%。要是参数少就学得容易，它就该处处领先大的那个 LSTM。文本上它从没领先过；数字上，从 0.002 到 0.008 它领先，可到了两者各自最好的学习率，又不领先了。
# - **参数一样多的普通 RNN，也差不多。** 文本：2.11 ± 0.01 比特；数字：11.30 ± 0.84%。这两个任务要的记忆，它都够用；何况 8 行很快就读完了。
# - **不用网络的模型给出了尺度。** 统计两个字符后面跟什么，就到了 2.41 比特，网络是 2.1 左右。数字上，逻辑回归认错 10.00%，按平均没有一种网络更好。
#
# ## 它说明不了什么 { #limits }
#
# 两个小任务，训练又短；在这里谁也不领先，不等于在别处也是，[两数相加](adding.py#reading)就是例子。[文本更少、训练更久](data-size.py)，另有一个实验。400 张测试图很少，差一张就差 0.25 个百分点。另外，每一段的开头，统计能看到前面两个字符，网络看不到，统计稍占便宜。
#
# ## 换成你自己的数据 { #run }
#
# 两个加起来，单核大约 10 分钟；加上 `--quick`，几秒钟。你的文本放进 `snippets/experiments/learning_rate.py` 的 `text`，带类别的序列放进 `snippets/experiments/digits.py` 的 `load`（特征数、类别数不同，`DigitModel` 里的 8 和 10 也要改，还有 `SETTINGS` 里各部分的张数）：
#
# ```console
# .venv/bin/python snippets/experiments/digits.py --quick
# .venv/bin/python snippets/experiments/digits.py --fresh
# .venv/bin/python snippets/experiments/learning_rate.py --fresh
# PYTHONPATH=snippets/experiments .venv/bin/python -P docs/zh/evidence/convergence.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 有篇论文在学习率 0.005 下比较 GRU 和 LSTM，结论是 GRU 收敛更快。你拿这一页的哪张图给作者看？"
#
#     文本的两张都给。第一张是他们看到的；第二张让他们看到，其中有多少是学习率的功劳。
#
# ??? question "2. 学习率为什么由验证部分来挑，不由测试部分来挑？"
#
#     五到七个学习率里，测试误差最低的那个，低得有一部分是运气。用测试部分来挑，就把运气当成了本事。
