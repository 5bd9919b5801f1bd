// Reading libsvm's text.
#include "learning/import/libsvm.h"

#include <algorithm>
#include <array>
#include <map>

#include "learning/document/lines.h"
#include "learning/model/enum_names.h"

namespace stardose::learning {

namespace {

constexpr std::int64_t most_numbers = 1 << 25;
// Vectors are held whole. Where this many zeros stand for each value written, a few lines would fill the memory.
constexpr std::size_t most_zeros = 64;
constexpr std::size_t always_held = 1 << 16;
constexpr std::int64_t most_features = 1'000'000;

constexpr std::array<std::string_view, 12> known_keys = {"svm_type", "kernel_type", "degree",   "gamma",
                                                         "coef0",    "nr_class",    "total_sv", "rho",
                                                         "label",    "probA",       "probB",    "nr_sv"};

using Head = std::map<std::string_view, std::string_view>;

Head read_head(Lines& lines) {
  Head head;
  while (lines.next() && lines.line() != "SV") {
    const std::size_t blank = std::min(lines.line().find(' '), lines.line().size());
    const std::string_view key = lines.line().substr(0, blank);
    if (std::ranges::find(known_keys, key) == known_keys.end())
      lines.fail("a key that is not known: " + std::string{key});
    if (!head.emplace(key, lines.line().substr(blank)).second) lines.fail("a key is there twice: " + std::string{key});
  }
  if (lines.line() != "SV") lines.fail("the file ends before its support vectors");
  return head;
}

/// A support vector as written: a coefficient for each class but its own, and values by index.
struct WrittenVector {
  std::vector<double> coefficients;
  std::vector<std::pair<std::int64_t, double>> values;
};

class SvmReader {
 public:
  SvmReader(const std::string& file, std::string_view text) : lines_{file, text}, head_{read_head(lines_)} {}

  Model run() {
    lines_.refuse_cut();
    const std::string type{one("svm_type")};
    const bool is_classifier = type == "c_svc" || type == "nu_svc";
    if (!is_classifier && type != "epsilon_svr" && type != "nu_svr" && type != "one_class") {
      lines_.fail("a type of SVM that is not known: " + type);
    }
    classes_ = static_cast<std::size_t>(lines_.integer(one("nr_class"), {2, 1000}));
    if (!is_classifier && classes_ != 2) lines_.fail("classes of what has none");
    read_kernel();
    read_vectors();
    expand();
    Model model{.source = "libsvm " + type};
    for (std::size_t i = 1; i <= features_; ++i) model.features.push_back({.name = std::to_string(i)});
    model.outputs = {"prediction"};
    if (is_classifier) spread_coefficients(model);
    if (type == "one_class") {
      model.link.function = LinkFunction::step;
      model.outputs = {"-1", "1"};
    }
    model.method = std::move(kernel_);
    if (const auto fault = fault_of(model)) lines_.fail_whole(*fault);
    return model;
  }

 private:
  std::string_view of(std::string_view key) const {
    const auto found = head_.find(key);
    if (found == head_.end()) lines_.fail("the lines before lack " + std::string{key});
    return found->second;
  }
  std::string_view one(std::string_view key) const {
    const auto words = words_of(of(key));
    if (words.size() != 1) lines_.fail("expected one word for " + std::string{key});
    return words[0];
  }

  void read_kernel() {
    const auto found = std::ranges::find(kernel_names, one("kernel_type"));
    if (found == kernel_names.end()) lines_.fail("a kernel that is not known: " + std::string{one("kernel_type")});
    kernel_.kernel = static_cast<Kernel>(found - kernel_names.begin());
    if (kernel_.kernel != Kernel::linear) kernel_.gamma = lines_.finite(one("gamma"));
    if (kernel_.kernel == Kernel::polynomial) {
      kernel_.degree = static_cast<std::int32_t>(lines_.integer(one("degree"), {0, 1000}));
    }
    if (kernel_.kernel == Kernel::polynomial || kernel_.kernel == Kernel::sigmoid) {
      kernel_.coef0 = lines_.finite(one("coef0"));
    }
    kernel_.offsets = lines_.numbers(of("rho"));
    if (kernel_.offsets.size() != classes_ * (classes_ - 1) / 2) lines_.fail("rho is not a number for each pair");
  }

  void read_vectors() {
    const auto total = static_cast<std::size_t>(lines_.integer(one("total_sv"), {1, 10'000'000}));
    while (lines_.next()) {
      const auto words = words_of(lines_.line());
      if (words.empty()) continue;
      if (words.size() < classes_ - 1) lines_.fail("a support vector without its coefficients");
      WrittenVector vector;
      for (std::size_t k = 0; k < classes_ - 1; ++k) vector.coefficients.push_back(lines_.finite(words[k]));
      for (std::size_t k = classes_ - 1; k < words.size(); ++k) vector.values.push_back(value(words[k]));
      vectors_.push_back(std::move(vector));
      if (vectors_.size() > total) lines_.fail("more support vectors than total_sv");
    }
    if (vectors_.size() != total) lines_.fail("fewer support vectors than total_sv");
  }

  std::pair<std::int64_t, double> value(std::string_view word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) lines_.fail("expected index:value");
    const std::int64_t index = lines_.integer(word.substr(0, colon), {1, most_features});
    features_ = std::max(features_, static_cast<std::size_t>(index));
    return {index, lines_.finite(word.substr(colon + 1))};
  }

  void expand() {
    if (features_ == 0 || vectors_.size() * std::max(features_, classes_ * classes_) > most_numbers) {
      lines_.fail("support vectors without values, or with more than can be held");
    }
    std::size_t written = 0;
    for (const auto& vector : vectors_) written += vector.values.size();
    if (vectors_.size() * features_ > always_held + most_zeros * written) {
      lines_.fail("support vectors with far more features than values");
    }
    kernel_.vectors.assign(vectors_.size() * features_, 0);
    for (std::size_t j = 0; j < vectors_.size(); ++j) {
      std::int64_t before = 0;
      for (const auto& [index, value] : vectors_[j].values) {
        if (index <= before) lines_.fail("indexes of a support vector that do not ascend");
        kernel_.vectors[j * features_ + static_cast<std::size_t>(index) - 1] = value;
        before = index;
      }
      kernel_.coefficients.push_back(vectors_[j].coefficients[0]);  // of the only pair, unless there are more classes
    }
  }

  /// As many vectors of each class as the sizes say, but none beyond those that there are.
  [[nodiscard]] std::vector<std::size_t> class_by_class(const std::vector<std::int64_t>& sizes) const {
    std::vector<std::size_t> class_of;
    for (std::size_t k = 0; k < sizes.size(); ++k) {
      if (class_of.size() + static_cast<std::size_t>(sizes[k]) > vectors_.size()) break;
      class_of.insert(class_of.end(), static_cast<std::size_t>(sizes[k]), k);
    }
    return class_of;
  }

  /// Vectors stand class by class. Of the pair (a, b) those of a have their coefficient in row b - 1, those of b in
  /// row a; the others do not count.
  void spread_coefficients(Model& model) {
    const auto sizes = lines_.integers(of("nr_sv"), {0, INT32_MAX});
    const auto labels = lines_.integers(of("label"), {INT32_MIN, INT32_MAX});
    if (has_repeats(labels)) lines_.fail("a label is there twice");
    const std::vector<std::size_t> class_of = class_by_class(sizes);
    if (sizes.size() != classes_ || labels.size() != classes_ || class_of.size() != vectors_.size()) {
      lines_.fail("nr_sv or label does not fit the support vectors");
    }
    kernel_.coefficients.clear();
    for (std::size_t a = 0; a < classes_; ++a) {
      for (std::size_t b = a + 1; b < classes_; ++b) {
        for (std::size_t j = 0; j < vectors_.size(); ++j) {
          const auto& written = vectors_[j].coefficients;
          kernel_.coefficients.push_back(class_of[j] == a ? written[b - 1] : class_of[j] == b ? written[a] : 0);
        }
      }
    }
    model.link.function = LinkFunction::pairwise_votes;
    model.outputs.clear();
    for (const std::int64_t label : labels) model.outputs.push_back(std::to_string(label));
  }

  Lines lines_;
  Head head_;
  std::size_t classes_ = 0;
  std::size_t features_ = 0;
  std::vector<WrittenVector> vectors_;
  KernelModel kernel_;
};

}  // namespace

bool is_libsvm(std::string_view text) { return text.starts_with("svm_type "); }

Model read_libsvm(const std::string& file, std::string_view text) { return SvmReader{file, text}.run(); }

}  // namespace stardose::learning
