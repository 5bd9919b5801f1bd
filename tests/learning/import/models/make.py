"""Makes the models of this folder and what their own libraries predict, from numbers made up here.

python3 make.py xgboost|lightgbm FOLDER   with that library installed; the version goes into the names
python3 make.py svm FOLDER                with liblinear-tools and libsvm-tools
"""
import os
import random
import subprocess
import sys

ROWS, PROBES, FEATURES = 300, 40, 4


def made():
    """Rows with categories in the last column and values missing, and a label for each."""
    rng = random.Random(7)
    rows, labels = [], []
    for _ in range(ROWS):
        row = [round(rng.gauss(0, 1), 2) for _ in range(FEATURES - 1)] + [rng.randrange(6)]
        labels.append(row[0] + 0.5 * (row[1] > 0) - 0.4 * row[2] * (row[3] in (1, 4)) + rng.gauss(0, 0.1))
        if rng.random() < 0.3:
            row[rng.randrange(FEATURES)] = float("nan")
        rows.append(row)
    probes = rows[:PROBES]
    probes[0] = [0.0, float("nan"), 1e-36, 9]
    probes[1] = [float("nan")] * 3 + [-1]
    return rows, labels, probes


def write(path, predictions):
    """A line a row."""
    with open(path, "w", encoding="utf-8") as file:
        for row in predictions:
            numbers = row if hasattr(row, "__len__") else [row]
            file.write(",".join(repr(float(x)) for x in numbers) + "\n")


def levels(labels, *cuts):
    """Labels as classes."""
    return [sum(y > cut for cut in cuts) for y in labels]


def make_xgboost(folder):
    """One model an objective or booster."""
    import numpy
    import xgboost

    rows, labels, probes = made()
    kinds = ["q"] * (FEATURES - 1) + ["c"]
    data = {"feature_names": ["a", "b", "c", "d"], "feature_types": kinds, "enable_categorical": True}
    tests = xgboost.DMatrix(numpy.array(probes), **data)
    for name, objective, target, more, ending in [
        ("regression", "reg:squarederror", labels, {"max_cat_to_onehot": 1}, "json"),
        ("binary", "binary:logistic", levels(labels, 0), {}, "ubj"),
        ("softprob", "multi:softprob", levels(labels, -0.5, 0.5), {"num_class": 3}, "json"),
        ("softmax", "multi:softmax", levels(labels, -0.5, 0.5), {"num_class": 3}, "ubj"),
        ("poisson", "count:poisson", [abs(y) for y in labels], {}, "json"),
        ("dart", "binary:logistic", levels(labels, 0), {"booster": "dart", "rate_drop": 0.5}, "json"),
    ]:
        options = {"objective": objective, "max_depth": 3, "nthread": 1, "tree_method": "approx", **more}
        booster = xgboost.train(options, xgboost.DMatrix(numpy.array(rows), label=target, **data), 5)
        path = os.path.join(folder, f"xgboost_{xgboost.__version__}_{name}")
        booster.save_model(f"{path}.{ending}")
        write(path + ".margins", booster.predict(tests, output_margin=True))
        write(path + ".predictions", booster.predict(tests))


def make_lightgbm(folder):
    """One model an objective or kind of boosting."""
    import lightgbm
    import numpy

    rows, labels, probes = made()
    for name, objective, target, more in [
        ("regression", "regression", labels, {"reg_sqrt": True}),
        ("zero_missing", "regression_l1", labels, {"zero_as_missing": True}),
        ("no_missing", "huber", labels, {"use_missing": False}),
        ("binary", "binary", levels(labels, 0), {"sigmoid": 1.5}),
        ("softmax", "multiclass", levels(labels, -0.5, 0.5), {"num_class": 3}),
        ("one_vs_all", "multiclassova", levels(labels, -0.5, 0.5), {"num_class": 3}),
        ("lambda", "cross_entropy_lambda", levels(labels, 0), {}),
        ("tweedie", "tweedie", [abs(y) for y in labels], {}),
        ("dart", "binary", levels(labels, 0), {"boosting": "dart"}),
        ("forest", "binary", levels(labels, 0), {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.7}),
    ]:
        categories = {"min_data_per_group": 5, "cat_smooth": 1, "cat_l2": 1, "max_cat_to_onehot": 1}
        options = {"objective": objective, "num_leaves": 6, "num_threads": 1, "verbosity": -1, "min_data_in_leaf": 5,
                   **categories, **more}
        data = lightgbm.Dataset(numpy.array(rows), label=target, categorical_feature=[FEATURES - 1])
        booster = lightgbm.train(options, data, 5)
        path = os.path.join(folder, f"lightgbm_{lightgbm.__version__}_{name}")
        booster.save_model(path + ".txt")
        write(path + ".margins", booster.predict(numpy.array(probes), raw_score=True))
        write(path + ".predictions", booster.predict(numpy.array(probes)))
        write(path + ".contributions", booster.predict(numpy.array(probes), pred_contrib=True))


def make_svm(folder):
    """Models of liblinear and libsvm, and what their programs print for the probes without missing values."""
    rows, labels, _ = made()
    whole = [(row[:3], y) for row, y in zip(rows, labels) if all(x == x for x in row)][:40]
    lines = [" ".join(f"{k + 1}:{x}" for k, x in enumerate(row) if x != 0) for row, _ in whole]
    targets = {
        "two": [1 if y > 0 else -1 for _, y in whole],
        "three": [3 if y > 0.5 else 1 if y > -0.5 else 7 for _, y in whole],
        "numbers": [y for _, y in whole],
    }
    write(os.path.join(folder, "svm.rows"), [row for row, _ in whole])
    for name, target in targets.items():
        with open(f"{folder}/{name}.train", "w", encoding="utf-8") as file:
            file.writelines(f"{y} {line}\n" for y, line in zip(target, lines))
    linear = [("0", "two"), ("2", "two"), ("4", "three"), ("0", "three"), ("1", "three"), ("11", "numbers")]
    kernels = [("0", "2", "two"), ("0", "1", "three"), ("3", "0", "numbers"), ("2", "3", "two"), ("3", "2", "numbers")]
    for solver, data in linear:
        path = f"{folder}/liblinear_{solver}_{data}"
        subprocess.run(["liblinear-train", "-q", "-s", solver, "-B", "1", f"{folder}/{data}.train", path + ".txt"], check=True)
        more = ["-b", "1"] if solver == "0" else []
        subprocess.run(["liblinear-predict", "-q", *more, f"{folder}/{data}.train", path + ".txt", path + ".predictions"], check=True)
    for kind, kernel, data in kernels:
        path = f"{folder}/libsvm_{kind}_{kernel}_{data}"
        options = ["-q", "-s", kind, "-t", kernel, "-c", "0.3", "-g", "0.4", "-r", "0.5", "-d", "2", "-n", "0.4"]
        subprocess.run(["svm-train", *options, f"{folder}/{data}.train", path + ".txt"], check=True)
        subprocess.run(["svm-predict", "-q", f"{folder}/{data}.train", path + ".txt", path + ".predictions"], check=True)
    for name in targets:
        os.remove(f"{folder}/{name}.train")


if __name__ == "__main__":
    {"xgboost": make_xgboost, "lightgbm": make_lightgbm, "svm": make_svm}[sys.argv[1]](sys.argv[2])
    write(os.path.join(sys.argv[2], "probes.rows"), made()[2])
