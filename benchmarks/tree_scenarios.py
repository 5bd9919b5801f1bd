"""Tree ensembles beside XGBoost's own predictor: our program runs either, and says what the call alone took."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "build", "release", "stardose_bench_trees")
MODEL = os.path.join(ROOT, "build", "bench", "trees-500x6.json")
ROWS = os.path.join(ROOT, "build", "bench", "trees-rows.f32")


def prepare():
    """Trains the model and makes the rows if they are not there; also checks that predictions are equal to the bit."""
    if os.path.exists(MODEL) and os.path.exists(ROWS):
        return
    print("making 500 trees of depth 6 with XGBoost", file=sys.stderr, flush=True)
    if subprocess.run([PROGRAM, "make", MODEL, ROWS + ".partial"], check=False).returncode != 0:
        sys.exit("trees: cannot be made")
    os.rename(ROWS + ".partial", ROWS)


def tree_scenarios(scenario, peer, ratio_below):
    """Returns the scenarios; none where the program is not built."""
    if not os.path.exists(PROGRAM):
        print("trees: build/release/stardose_bench_trees is not there (./dev bench builds it): left out", file=sys.stderr)
        return []
    os.environ["OMP_NUM_THREADS"] = "1"  # OpenMP's threads wait busily for each other
    made = []
    for name, title, work, goal in [
        ("trees-predict", "100,000 rows through 500 trees of depth 6", "predict", 1 / 1.3),
        ("trees-explain", "400 rows explained, 500 trees of depth 6", "explain", 1 / 2.5),
    ]:
        theirs = peer("XGBoost 1.7.4, one thread", [PROGRAM, "xgboost", work, MODEL, ROWS])
        made.append(
            scenario(name, title, [PROGRAM, "ours", work, MODEL, ROWS], [theirs], f"{1 / goal:.1f} times as fast",
                     ratio_below(goal), reported=True, prepares=prepare)
        )
    return made
