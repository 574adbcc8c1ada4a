# ---
# long_title: 用 GRU 预测时间序列：太阳黑子，和线性模型比
# description: 用 309 年的太阳黑子数训练 GRUModel，五个随机种子，和持续性预测、线性模型比一比。
# search:
#   words:
#     sunspots: 时间序列预测, 线性回归, 自回归, 基线, LSTM 做预测, 不如线性回归, 预测对比, 年度序列, 比线性回归好吗, 太阳黑子, 时间序列, 预测实验, 不如线性, AR 模型, ARIMA, 线性模型, 传统方法, AR(9), 和 AR 比, 神经网络预测
#     answer: GRU 比线性回归好吗, 结果概要
#     question: 预测基线, 朴素基线, 和简单模型比, 重复上一个值, baseline, 什么 baseline, 和什么比
#     method: 按年份划分, 设置, 窗口
#     live: 当场训练, 预测曲线
#     seeds: 五次运行, 种子间差异, RMSE, rmse, 五个种子结果, 误差表
#     roots: 序列变换, 开平方, 平方根变换, Box-Cox, 稳定方差, ARIMA 基线, 更强的基线
#     reading: 结论, 解读
#     run: 预测自己的序列, 自己的数据, 换数据集, CSV
# ---

# %% [markdown]
# # GRUModel 比得过线性模型吗？太阳黑子实测 { #sunspots }
#
# 读完这一页，你会知道 GRUModel 在一条真实的短序列上到底强多少，也知道自己做预测时，哪两个基线少不得。
#
# <!-- generated: verdict short-data -->
#
# ## 答案 { #answer }
#
# 看不出来：五个种子的 GRU，有的好过线性模型，有的不如它，而线性模型只有十个参数。每个点是一个种子，虚线是线性模型：

# %% alt="四种网络各五个种子的点图。GRU H=20 在 18.5 到 19.9 之间，LSTM H=20 在 18.7 到 19.7 之间，LSTM H=17 在 19.0 到 21.1 之间，普通 RNN 在 20.1 到 21.3 之间。虚线是线性 AR(9)，位于 19.3，在门控网络的那些点中间。"
import harness
import plots
import sunspots

record = harness.load(sunspots.__file__)
title = "No net is shown to beat the linear model"
plots.seeds(record["rows"], "rmse", beside="AR(9)", xlabel="test RMSE", title=title)

# %% [markdown]
# ## 问题 { #question }
#
# 太阳黑子已经有三百年的记录：一年一个数，大约十一年一个周期。给出过去 20 年，明年是多少？模型是 [GRUModel](../pytorch/gru-model.md)，一个输入，20 个隐藏单元，两层。要问的不是它学没学到东西，而是它学到的，有没有超过两个几乎零成本的模型：
#
# - **持续性预测**（persistence）：明年和今年一样；
# - **线性 AR(9)**：明年等于过去九年的加权和，再加一个常数，一共十个数。在 1 到 20 阶里，9 阶是 AIC 按测试之前的年份选出来的。
#
# ## 方法 { #method }
#
# 数据随 statsmodels 一起安装，属于公有领域。1920 年及以前用来训练，1921 到 1955 年用来挑最好的一轮（验证），1956 到 2008 年只用来测试，不参与任何挑选。缩放用的均值和标准差，只取自训练年份。误差一律是均方根误差（RMSE），单位就是黑子数。
#
# 先看数据，和不用神经网络的基线：

# %%
years, numbers = sunspots.load()
print(len(years), "years,", years[0], "to", years[-1])
print("order of the linear model:", sunspots.order_by_aic())

print(f"\n{'model':26} weights   RMSE")
for name, result in sunspots.baselines().items():
    print(f"{name:26} {result.parameters:7} {result.rmse:6.2f}")

# %% [markdown]
# 持续性预测的误差是 33，线性模型的误差是 19。一个网络要比两者都好，才值得费这个劲。
#
# ## 一个种子，当场训练 { #live }
#
# 下面这段代码在构建页面时当场训练这个网络：单线程，150 轮里的前 90 轮。

# %%
import torch

torch.set_num_threads(1)
live = sunspots.train(torch.nn.GRU, hidden_size=20, seed=0, epochs=90, progress=False)
test = sunspots.split(years)[2]
print(f"best epoch {live.best_epoch}, RMSE {live.rmse:.2f} on {years[test][0]}-{years[-1]}")

# %% alt="折线图：1956 到 2008 年每年的太阳黑子数。五个周期在大约 0 到 190 之间起落。GRU 和线性模型的预测都跟着真实值走。1957 年前后最高的那个峰，GRU 没够到；1990 年前后的峰，线性模型冲过了头。"
linear = sunspots.baselines()["AR(9)"]
series = {
    "truth": numbers[test],
    "GRU": live.forecast,
    "linear AR(9)": linear.forecast,
}
plots.lines(years[test], series, "year", "sunspot number")

# %% [markdown]
# 两者都跟得上周期，上升时都慢半拍。只有 GRU 没够到 1957 年前后最高的峰；只有线性模型在 1990 年前后冲过了头。单凭眼睛分不出胜负。何况一个种子说明不了什么：换个起点，就是另一个网络。
#
# ## 五个种子的结果 { #seeds }
#
# 所以每种网络都用五个随机种子各训练一遍，结果记录了下来。和 GRU 一起比的还有三种：隐藏单元数相同的 LSTM、参数量大致相同的 LSTM、普通的 tanh RNN。

# %%
harness.show(record, "rmse")

# %% [markdown]
# <details class="gg-fold" markdown>
# <summary>怎样记录的：日期、处理器、版本、设置</summary>

# %%
harness.show_origin(record)

# %% [markdown]
# </details>
#
# 两种模型相差多少，以及这个差的 95% 置信区间；最后两行是拿 GRU 的平均值和没有种子的一个数比：

# %%
import intervals

errors = harness.values(record, "rmse")
pairs = [
    ("LSTM H=20", "GRU H=20"),
    ("LSTM H=17", "GRU H=20"),
    ("RNN H=20", "GRU H=20"),
    ("GRU H=20", "AR(9)"),
    ("GRU H=20", "AR(9), training years only"),
]
intervals.show([[(name, errors[name]) for name in pair] for pair in pairs], places=2)
_, mean, _ = harness.spread(record, "rmse")["GRU H=20"]
print(f"GRU and persistence: {mean / errors['persistence'][0] - 1:.0%}")

# %% [markdown]
# ## 给平方根配一个线性模型 { #roots }
#
# 线性模型也有自己的办法。这些数不会是负的，大的波动也大；不用网络来预测的人，会先取一个幂，比如开平方，最后再还原。阶数还是 9。第一列误差，是 AR(9) 只用训练年份拟合，在验证年份上的，幂就按它来选；第二列是用两者一起拟合，在测试年份上的；最后一行是所有网络、所有种子里最低的误差：

# %%
_, targets = sunspots.windows(numbers)
fitted, validation, tested = sunspots.split(years[20:])


def error(power, known, asked):
    inputs, powers = sunspots.windows(numbers**power)
    found = sunspots.autoregression(inputs, powers, 9, known)
    forecast = found.clip(0) ** (1 / power)
    return sunspots.rmse(forecast[asked], targets[asked])


print("power  validation   test")
for quarters in (4, 3, 2, 1):
    power = quarters / 4
    print(f"{power:5.2f}", end=" ")
    print(f"{error(power, fitted, validation):11.2f}", end=" ")
    print(f"{error(power, fitted | validation, tested):6.2f}")
nets = [row for row in record["rows"] if row["seed"] is not None]
print(f"lowest of all nets: {min(row['rmse'] for row in nets):.2f}")

# %% [markdown]
# ## 怎么看这些数 { #reading }
#
# ± 后面是五个种子的样本标准差；两种模型有没有差别，看的是差的置信区间（Welch），每个区间单独算。
#
# - **GRU 明显好过持续性预测**：平均 19.03 对 33.42，误差小了 43%。其他网络也都一样。
# - **五个种子分不出 GRU 和 LSTM 的高下。** 19.03 ± 0.64 对 19.39 ± 0.43：LSTM 的误差大 0.37，区间是 −0.45 到 1.18。参数量和 GRU 差不多的 LSTM 是 19.78 ± 0.79，误差大 0.75，区间是 −0.30 到 1.81。
# - **没有看出 GRU 比线性模型好。** AR(9) 用 10 个参数得到 19.30，GRU 用 3921 个得到 19.03。这个 AR(9) 不用挑轮次，所以把验证年份也学进去了；只用训练年份来拟合，是 19.62。这两个数都在 GRU 平均值的区间里。
# - **给平方根配的线性模型，好过这里的每一个网络。** 验证年份选中的幂是 0.50，这时 AR(9) 是 16.36；所有网络、所有种子里，最低的是 18.48。网络读的是原来的数，换成平方根会怎样，没有记录。
# - **普通 RNN 差一些**，20.57 ± 0.48，误差大 1.55，区间是 0.71 到 2.38。它的参数只有 GRU 的三分之一，所以这也说明不了是门的功劳。
#
# ## 这个实验回答不了的问题 { #limits }
#
# 这只是一条 309 个数的序列，一种窗口，所有网络共用一个学习率。关于长序列、大数据、文本，它什么也没说。它说清的是下次该怎么做：**把持续性预测和线性模型摆在网络旁边，多用几个种子**，然后再谈差别算不算数。
#
# ## 换成你自己的序列 { #run }
#
# 先[把仓库克隆下来](../contribute/translate.md#begin)。单核大约一分钟；加上 `--quick`，几秒钟。改掉 `experiments/sunspots.py` 里 `load` 返回的数据，`SETTINGS` 里划分训练和验证的年份也跟着改。第二条命令重新记录结果，第三条把结果显示出来：
#
# ```console
# .venv/bin/python experiments/sunspots.py --quick
# .venv/bin/python experiments/sunspots.py --fresh
# PYTHONPATH=experiments .venv/bin/python -P docs/zh/evidence/sunspots.py
# ```
#
# ## 练习 { #exercises }
#
# ??? question "1. 你的网络在自己的序列上 RMSE 是 25，算好吗？"
#
#     说不好。先在同样的年份上算持续性预测和线性模型；在这里，25 比前者好，比后者差。
#
# ??? question "2. 为什么不能用测试年份来挑轮次？"
#
#     150 个测试误差里最低的那个，有一部分是运气，照这样报，就是把运气当成了本事。挑轮次时沾的运气，留给验证年份；测试年份什么都不挑。
