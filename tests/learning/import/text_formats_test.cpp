// What is refused of the text formats, each with one thing changed.
#include <doctest/doctest.h>

#include "tests/builders/changed_file.h"

using stardose::test::ChangedFile;

TEST_CASE("LightGBM: trees that are none") {
  const ChangedFile file{"lightgbm_4.7.0_regression.txt"};
  const auto changed = [&](const std::string& from, const std::string& to) { return file.refusal(from, to); };
  CHECK_EQ(changed("left_child=-1 2", "left_child=-1 0"), "m: line 29: a node is the child of two");
  CHECK_EQ(changed("left_child=-1 2", "left_child=-1 5"), "m: line 29: not a whole number from -6 to 4: 5");
  CHECK_EQ(changed("left_child=-1 2", "left_child=-7 2"), "m: line 29: not a whole number from -6 to 4: -7");
  CHECK_EQ(changed("left_child=-1 2", "left_child=2"), "m: line 29: left_child has 4 numbers, not 5");
  CHECK_EQ(changed("split_feature=0", "split_feature=4"), "m: tree 0: node 0: splits on feature 4 of 4");
  CHECK_EQ(changed("threshold=-0.5", "threshold=nan"), "m: line 29: not a number: nan0499999999999989");
  CHECK_EQ(changed("decision_type=8", "decision_type=12"), "m: line 29: not a whole number from 0 to 11: 12");
  CHECK_EQ(changed("decision_type=8", "decision_type=9"), "m: line 29: a split has categories that are not listed");
  CHECK_EQ(changed("is_linear=0", "is_linear=1"),
           "m: line 29: a tree with linear leaves, which are not read: train with linear_tree=false");
  CHECK_EQ(changed("num_leaves=6", "num_leaves=7"), "m: line 29: leaf_value has 6 numbers, not 7");
  CHECK_EQ(changed("num_leaves=6", "num_leaves=6\nnum_leaves=6"), "m: line 14: a key is there twice: num_leaves");
}

TEST_CASE("LightGBM: what is cut off behind the trees could refuse them") {
  const ChangedFile file{"lightgbm_4.7.0_regression.txt"};
  const std::string why = "the file ends before what LightGBM writes behind the trees does";
  CHECK(file.refusal_cut_behind("end of trees\n").ends_with(why));
  CHECK(file.refusal_cut_behind("[boosting: ").ends_with(why));
  CHECK_NE(file.refusal_cut_behind("pandas_categorical:nu"), "read");
  CHECK_EQ(file.refusal_cut_behind("end of parameters\n"), "read");  // as its C library writes it
}

TEST_CASE("LightGBM: categories that are none") {
  const ChangedFile file{"lightgbm_4.7.0_binary.txt"};
  const auto changed = [&](const std::string& from, const std::string& to) { return file.refusal(from, to); };
  CHECK_EQ(changed("cat_boundaries=0 1", "cat_boundaries=1 0"), "m: line 88: cat_boundaries are not ascending");
  CHECK_EQ(file.with("num_cat=1", "num_cat=2").refusal("cat_boundaries=0 1", "cat_boundaries=0 9 1"),
           "m: line 88: cat_boundaries are not ascending");
  CHECK_EQ(changed("cat_boundaries=0 1", "cat_boundaries=0 2"), "m: line 88: cat_threshold has 1 numbers, not 2");
  CHECK_EQ(changed("e-35 0 -0.57", "e-35 1e300 -0.57"), "m: line 88: a split has categories that are not listed");
  CHECK_EQ(changed("e-35 0 -0.57", "e-35 -1 -0.57"), "m: line 88: a split has categories that are not listed");
}

TEST_CASE("LightGBM: what a prediction would mean must be known") {
  const ChangedFile file{"lightgbm_4.7.0_regression.txt"};
  const auto changed = [&](const std::string& from, const std::string& to) { return file.refusal(from, to); };
  CHECK_EQ(changed("version=v4", "version=v5"), "m: line 11: a version that is not known: v5");
  CHECK_EQ(changed("objective=regression", "objective=guess"),
           "m: line 11: an objective that is not known, so what predictions mean cannot be told: guess sqrt");
  CHECK_EQ(changed("label_index", "label_indices"), "m: line 5: a key that is not known: label_indices");
  CHECK_EQ(changed("max_feature_idx=3", "max_feature_idx=4"),
           "m: line 11: feature_names and feature_infos do not fit max_feature_idx");
  CHECK_EQ(changed("Tree=1\n", "Tree=2\n"), "m: line 31: expected the next tree");
  CHECK_EQ(changed("tree_sizes=649 ", "tree_sizes="), "m: line 107: has another number of trees than it says");
  CHECK_EQ(changed("end of trees", "end of tree"), "m: line 107: expected the next tree");
  CHECK_EQ(changed("pandas_categorical:null", "pandas_categorical:[[\"a\"]]"),
           "m: line 239: categories that pandas gave numbers: train with categories that are numbers already");
}

TEST_CASE("liblinear: what does not fit is refused") {
  const ChangedFile file{"liblinear_1_three.txt"};
  CHECK_EQ(file.refusal("solver_type L2R_L2LOSS_SVC_DUAL", "solver_type GUESS"),
           "m: line 6: a solver that is not known: GUESS");
  CHECK_EQ(file.refusal("nr_class 3", "nr_class 4"), "m: line 6: the labels are not as many as the classes");
  CHECK_EQ(file.refusal("nr_feature 3", "nr_feature 4"), "m: line 10: the file ends within its weights");
  CHECK_EQ(file.refusal("nr_feature 3", "nr_feature 2"), "m: line 10: something follows the weights");
  CHECK_EQ(file.refusal("nr_feature 3", "nr_feature 99999999"), "m: line 6: more weights than can be");
  CHECK_EQ(file.refusal("bias 1", "bias x"), "m: line 6: not a number: x");
  CHECK_EQ(file.refusal("bias", "bios"), "m: line 5: a key that is not known: bios");
  CHECK_EQ(file.refusal("\nw\n", "\n"), "m: line 6: a key that is not known: 2.0682931000212803");
}

TEST_CASE("libsvm: what does not fit is refused") {
  const ChangedFile file{"libsvm_0_1_three.txt"};
  CHECK_EQ(file.refusal("c_svc", "d_svc"), "m: line 11: a type of SVM that is not known: d_svc");
  CHECK_EQ(file.refusal("polynomial", "precomputed"), "m: line 11: a kernel that is not known: precomputed");
  CHECK_EQ(file.refusal("total_sv 29", "total_sv 30"), "m: line 40: fewer support vectors than total_sv");
  CHECK_EQ(file.refusal("total_sv 29", "total_sv 28"), "m: line 40: more support vectors than total_sv");
  CHECK_EQ(file.refusal("nr_class 3", "nr_class 2"), "m: line 11: rho is not a number for each pair");
  CHECK_EQ(file.refusal("nr_sv ", "nr_sv 1"), "m: line 40: nr_sv or label does not fit the support vectors");
  CHECK_EQ(file.refusal(" 1:", " 2:"), "m: line 40: indexes of a support vector that do not ascend");
  CHECK_EQ(file.refusal(" 1:", " 0:"), "m: line 12: not a whole number from 1 to 1000000: 0");
  CHECK_EQ(file.refusal(" 1:", " 1;"), "m: line 12: expected index:value");
  std::string wide = " 1000000:1";
  CHECK_EQ(file.refusal(" 3:", wide + " 3:"), "m: line 40: support vectors with far more features than values");
}
