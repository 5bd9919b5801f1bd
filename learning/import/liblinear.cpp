// Reading liblinear's text.
#include "learning/import/liblinear.h"

#include <algorithm>
#include <array>
#include <map>

#include "learning/document/lines.h"

namespace stardose::learning {

namespace {

enum class Task : std::uint8_t { probabilities, classes, regression };

struct Solver {
  std::string_view name;
  Task task;
  bool one_weight_for_two = true;  ///< two classes share one column of weights
};

// liblinear's README, `solver_type`.
constexpr std::array solvers = {
    Solver{"L2R_LR", Task::probabilities},           Solver{"L2R_LR_DUAL", Task::probabilities},
    Solver{"L1R_LR", Task::probabilities},           Solver{"L2R_L2LOSS_SVC", Task::classes},
    Solver{"L2R_L2LOSS_SVC_DUAL", Task::classes},    Solver{"L2R_L1LOSS_SVC_DUAL", Task::classes},
    Solver{"L1R_L2LOSS_SVC", Task::classes},         Solver{"MCSVM_CS", Task::classes, false},
    Solver{"L2R_L2LOSS_SVR", Task::regression},      Solver{"L2R_L2LOSS_SVR_DUAL", Task::regression},
    Solver{"L2R_L1LOSS_SVR_DUAL", Task::regression},
};

constexpr std::int64_t most_weights = 1 << 28;

struct Head {
  const Solver* solver = nullptr;
  std::int64_t classes = 0;
  std::int64_t features = 0;
  double bias = -1;
  std::vector<std::int64_t> labels;
};

Head read_head(Lines& lines) {
  std::map<std::string_view, std::string_view> values;
  while (lines.next() && lines.line() != "w") {
    const std::size_t blank = std::min(lines.line().find(' '), lines.line().size());
    const std::string_view key = lines.line().substr(0, blank);
    constexpr std::array<std::string_view, 5> known = {"solver_type", "nr_class", "label", "nr_feature", "bias"};
    if (std::ranges::find(known, key) == known.end()) lines.fail("a key that is not known: " + std::string{key});
    if (!values.emplace(key, lines.line().substr(blank)).second) lines.fail("a key is there twice");
  }
  if (lines.line() != "w") lines.fail("the file ends before its weights");
  const auto word = [&](std::string_view key) {
    const auto found = values.find(key);
    const auto words = found == values.end() ? std::vector<std::string_view>{} : words_of(found->second);
    if (words.size() != 1) lines.fail("the lines before say no " + std::string{key});
    return words[0];
  };
  Head head;
  const std::string_view name = word("solver_type");
  const auto found = std::ranges::find(solvers, name, &Solver::name);
  if (found == solvers.end()) lines.fail("a solver that is not known: " + std::string{name});
  head.solver = &*found;
  head.classes = lines.integer(word("nr_class"), {1, 100'000});
  head.features = lines.integer(word("nr_feature"), {1, 100'000'000});
  head.bias = lines.finite(word("bias"));
  if (values.contains("label")) head.labels = lines.integers(values.at("label"), {INT32_MIN, INT32_MAX});
  if (head.solver->task != Task::regression &&
      (head.labels.size() != static_cast<std::size_t>(head.classes) || head.classes < 2)) {
    lines.fail("the labels are not as many as the classes");
  }
  if (has_repeats(head.labels)) lines.fail("a label is there twice");
  if (head.classes * head.features > most_weights) lines.fail("more weights than can be");
  return head;
}

/// A line for each feature, and one for the bias; in it a weight for each output.
LinearModel read_weights(Lines& lines, const Head& head, std::size_t outputs) {
  const auto features = static_cast<std::size_t>(head.features);
  LinearModel model{{}, std::vector<double>(outputs, 0)};
  std::vector<double> rows;
  for (std::size_t i = 0; i < features + (head.bias >= 0 ? 1 : 0); ++i) {
    if (!lines.next()) lines.fail("the file ends within its weights");
    const std::vector<double> weights = lines.numbers(lines.line());
    if (weights.size() != outputs) lines.fail("expected " + std::to_string(outputs) + " weights");
    if (i < features) {
      rows.insert(rows.end(), weights.begin(), weights.end());
    } else {
      for (std::size_t k = 0; k < outputs; ++k) model.intercepts[k] = weights[k] * head.bias;
    }
  }
  while (lines.next()) {
    if (!words_of(lines.line()).empty()) lines.fail("something follows the weights");
  }
  for (std::size_t k = 0; k < outputs; ++k) {
    for (std::size_t i = 0; i < features; ++i) model.weights.push_back(rows[i * outputs + k]);
  }
  return model;
}

/// The one margin of two classes speaks for the first label.
void name_two_classes(const Head& head, Model& model) {
  const std::string first = std::to_string(head.labels[0]);
  if (head.solver->task == Task::probabilities) {
    model.link = {LinkFunction::logistic, 1};
    model.outputs = {first};
  } else {
    model.link = {LinkFunction::step, 1};
    model.outputs = {std::to_string(head.labels[1]), first};
  }
}

}  // namespace

bool is_liblinear(std::string_view text) { return text.starts_with("solver_type "); }

Model read_liblinear(const std::string& file, std::string_view text) {
  Lines lines{file, text};
  lines.refuse_cut();
  const Head head = read_head(lines);
  const bool is_regression = head.solver->task == Task::regression;
  const bool shares = head.classes == 2 && head.solver->one_weight_for_two;
  const std::size_t outputs = is_regression || shares ? 1 : static_cast<std::size_t>(head.classes);
  Model model{.source = "liblinear " + std::string{head.solver->name}};
  model.method = read_weights(lines, head, outputs);
  for (std::int64_t i = 1; i <= head.features; ++i) model.features.push_back({.name = std::to_string(i)});
  if (is_regression) {
    model.outputs = {"prediction"};
  } else if (shares) {
    name_two_classes(head, model);
  } else {
    const bool probabilities = head.solver->task == Task::probabilities;
    model.link = {probabilities ? LinkFunction::normalized_logistic : LinkFunction::largest, 1};
    for (const std::int64_t label : head.labels) model.outputs.push_back(std::to_string(label));
  }
  if (const auto fault = fault_of(model)) lines.fail_whole(*fault);
  return model;
}

}  // namespace stardose::learning
