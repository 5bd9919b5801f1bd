// What is refused of XGBoost's files, each with one thing changed.
#include "learning/import/xgboost.h"

#include <doctest/doctest.h>

#include "tests/builders/changed_file.h"

using stardose::test::ChangedFile;

namespace {

const std::string tree = "m: learner.gradient_booster.model.trees[0]";

}  // namespace

TEST_CASE("XGBoost: trees that are none") {
  const ChangedFile file{"xgboost_1.7.4_poisson.json"};
  const auto children = [&](const std::string& left) {
    return file.refusal("\"left_children\":[1,3,5,7,9,11,", "\"left_children\":[" + left);
  };
  CHECK_EQ(children("0,3,5,7,9,11,"), tree + ": has a node with a wrong child: 0");  // a cycle
  CHECK_EQ(children("1,3,5,7,3,11,"), tree + ": has a node with a wrong child: 4");  // two parents
  CHECK_EQ(children("1,3,5,7,9,99,"), tree + ": has a node with a wrong child: 5");  // out of range
  CHECK_EQ(children("1,3,5,7,9,-1,"),
           "m: tree 0: node 5: has a value that is not a finite number");  // a lost threshold
  CHECK_EQ(children("1,3,5,7,9,-2,"), tree + ".left_children: expected whole numbers from -1 to 2147483647");
  CHECK_EQ(children("1,3,5,7,9,"), tree + ": has lists of different lengths");
  CHECK_EQ(file.refusal("\"split_indices\":[0,", "\"split_indices\":[4,"),
           "m: tree 0: node 0: splits on feature 4 of 4");
  CHECK_EQ(file.refusal("\"split_conditions\":[", "\"split_conditions\":[NaN,"),
           tree + ": has lists of different lengths");
  CHECK_EQ(file.refusal("\"sum_hessian\":[3", "\"sum_hessian\":[-3"),
           "m: tree 0: node 0: has a cover that is not a number from 0 on");
  CHECK_EQ(file.refusal("\"categories_sizes\":[1,2]", "\"categories_sizes\":[1,3]"),
           tree + ": has categories that are listed twice");
  CHECK_EQ(file.refusal("\"categories_segments\":[0,1]", "\"categories_segments\":[0,2]"),
           tree + ": has categories that are not listed");
  // A few bytes each, and the whole list for every one.
  CHECK_EQ(file.refusal("\"categories_nodes\":[3,5]", "\"categories_nodes\":[3,3]"),
           tree + ": has categories that are listed twice");
  CHECK_EQ(file.refusal("\"categories_sizes\":[1,2]", "\"categories_sizes\":[3,2]"),
           tree + ": has categories that are listed twice");
  CHECK_EQ(file.refusal("\"categories_nodes\":[3,5]", "\"categories_nodes\":[3,4]"),
           tree + ": has a split without its categories");
  CHECK_EQ(file.refusal("\"num_nodes\":\"", "\"num_nodes\":\"1"), tree + ": has another number of nodes");
  CHECK_EQ(file.refusal("\"default_left\":[0", "\"default_left\":[2"),
           tree + ".default_left: expected whole numbers from 0 to 1");
}

TEST_CASE("XGBoost: what a prediction would mean must be known") {
  const ChangedFile file{"xgboost_1.7.4_poisson.json"};
  CHECK_EQ(file.refusal("count:poisson", "count:fish"),
           "m: learner.objective.name: an objective that is not known: count:fish");
  CHECK_EQ(file.refusal("\"base_score\":\"5E-1\"", "\"base_score\":\"x\""),
           "m: learner.learner_model_param.base_score: a score that cannot be: x");
  CHECK_EQ(file.refusal("\"base_score\":\"5E-1\"", "\"base_score\":\"-1\""),
           "m: learner.learner_model_param.base_score: a score that cannot be: -1");
  CHECK_EQ(file.refusal("\"base_score\":\"5E-1\"", "\"base_score\":\"[1,2]\""),
           "m: learner.learner_model_param.base_score: has 2 scores for 1 outputs");
  CHECK_EQ(file.refusal("\"size_leaf_vector\":\"0\"},\"tree_info\"", "\"size_leaf_vector\":\"0\"},\"tree_inf\""),
           "m: learner.gradient_booster.model: has `tree_inf`, which is not known");
  CHECK_EQ(file.refusal("\"tree_info\":[0", "\"tree_info\":[1"),
           "m: learner.gradient_booster.model.tree_info: expected whole numbers from 0 to 0");
  CHECK_EQ(file.refusal("\"num_trees\":\"5\"", "\"num_trees\":\"6\""),
           "m: learner.gradient_booster.model.gbtree_model_param: has another number of trees");
  CHECK_EQ(file.refusal("\"feature_names\":[\"a\",", "\"feature_names\":["),
           "m: learner.feature_names: has 3 names for 4 features");
  CHECK_EQ(file.refusal("\"feature_names\":[\"a\",\"b\"", "\"feature_names\":[\"a\",\"a\""),
           "m: two features of one name: a");
  CHECK_EQ(file.refusal("\"version\":[1,7,4]", "\"version\":[1,5,2]"),
           "m: version: is before 1.6, whose files say less");
  CHECK_EQ(file.refusal("\"version\":[1,7,4]", "\"version\":[4,0,0]"),
           "m: version: is 4.0.0; XGBoost is known to its version 3");
  CHECK_EQ(file.refusal("\"name\":\"gbtree\"", "\"name\":\"gbforest\""),
           "m: learner.gradient_booster.name: a booster that is not known: gbforest");
  CHECK_EQ(file.refusal("\"num_class\":\"0\"", "\"num_class\":\"0\",\"num_x\":\"4\""),
           "m: learner.learner_model_param: has `num_x`, which is not known");
}

TEST_CASE("XGBoost: stopping early leaves a remark") {
  const std::string path = STARDOSE_SOURCE_DIR "/tests/learning/import/models/xgboost_1.7.4_poisson.json";
  std::string text = stardose::test::read_bytes(path);
  const std::string last = R"("best_iteration":"4")";
  CHECK(stardose::learning::import_model_from("m", text).remarks.empty());
  text.replace(text.find(last), last.size(), R"("best_iteration":"2")");
  const auto model = stardose::learning::import_model_from("m", text);
  REQUIRE_EQ(model.remarks.size(), 1);
  CHECK(model.remarks[0].starts_with("Training was best after 3 of 5 rounds. "));
}

TEST_CASE("XGBoost 3: leaves with several numbers and recoded categories are refused") {
  const ChangedFile file{"xgboost_3.2.0_poisson.json"};
  CHECK_EQ(file.refusal("\"size_leaf_vector\":\"1\"", "\"size_leaf_vector\":\"2\""),
           tree + ": has leaves with several numbers");
  CHECK_EQ(file.refusal("\"enc\":[]", "\"enc\":[{}]"),
           "m: learner.gradient_booster.model.cats: has categories that training gave numbers");
}
