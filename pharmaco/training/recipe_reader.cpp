// Reading a recipe's file.
#include <array>
#include <limits>

#include "genomics/io/whole_text.h"
#include "pharmaco/training/recipe.h"
#include "pharmaco/training/recipe_fields.h"
#include "pharmaco/training/step_reader.h"

namespace stardose::pharmaco {

namespace {

constexpr std::array<std::string_view, 4> fold_names = {"random", "stratified", "grouped", "leave_one_group_out"};
constexpr std::array<std::string_view, 8> objective_names = {"mean_absolute_error",
                                                             "root_mean_square_error",
                                                             "within_20_percent",
                                                             "r2",
                                                             "pearson",
                                                             "log_loss",
                                                             "brier",
                                                             "auroc"};
enum class LevelOf : std::uint8_t { band, group };
enum class PartKernel : std::uint8_t { linear, rbf };
constexpr std::array<std::string_view, 2> level_names = {"band", "group"};
constexpr std::array<std::string_view, 2> kernel_names = {"linear", "rbf"};
constexpr std::array<std::string_view, 2> band_names = {"prediction", "outcome"};

class RecipeReader {
 public:
  RecipeReader(const std::string& file, const YAML::Node& root, CatalogueFaults& faults)
      : file_{file},
        faults_{faults},
        fields_{file,
                root,
                {"recipe", "title", "columns", "missing", "id", "keep", "target", "group", "report_by", "ranges",
                 "steps", "contenders", "responses", "blends", "search", "folds", "intervals", "seed", "card"},
                faults} {}

  Recipe read() {
    recipe_.file = file_;
    recipe_.name = fields_.text("recipe");
    recipe_.title = fields_.text_or("title", recipe_.name);
    read_columns();
    if (fields_.has("missing")) recipe_.missing = fields_.texts("missing");
    recipe_.id = fields_.text_or("id", "");
    read_keep();
    read_target();
    recipe_.group = fields_.text_or("group", "");
    recipe_.report_by = fields_.texts("report_by");
    read_ranges();
    recipe_.seed = fields_.count_or("seed", 1);
    read_sets();
    read_contenders();
    read_search();
    read_blends();
    read_folds();
    read_intervals();
    read_responses();
    each("card", [&](const std::string& title, const YAML::Node& text) {
      recipe_.card.push_back({title, text.as<std::string>("")});
    });
    return std::move(recipe_);
  }

 private:
  /// Calls `take` with each key and value of a mapping.
  template <class Take>
  void each(const std::string& key, const Take& take) {
    if (!fields_.has(key)) return;
    const YAML::Node node = fields_.node(key);
    if (!node.IsMap()) fields_.fault(key, "expected `name: ...` lines");
    if (node.IsMap()) {
      for (const auto& item : node) take(item.first.as<std::string>(""), item.second);
    }
  }
  [[nodiscard]] RecipeFields map(const YAML::Node& node, const std::vector<std::string_view>& known) const {
    return {file_, node, known, faults_};
  }
  /// The mappings of a list.
  [[nodiscard]] std::vector<YAML::Node> list(const std::string& key) const {
    std::vector<YAML::Node> nodes;
    if (!fields_.has(key)) return nodes;
    const YAML::Node found = fields_.node(key);
    if (!found.IsSequence()) fields_.fault(key, "expected a list");
    for (const auto& item : found) nodes.push_back(item);
    return nodes;
  }

  void read_columns() {
    if (!fields_.has("columns")) fields_.fault("columns", "the key is missing");
    each("columns", [&](const std::string& name, const YAML::Node& node) {
      const YAML::Node body = node.IsNull() ? YAML::Node{YAML::NodeType::Map} : node;
      const RecipeFields fields = map(body, {"unit", "levels", "input", "required", "least", "greatest"});
      RecipeColumn column{
          {.kind = {name, fields.text_or("unit", ""), fields.texts("levels"), fields.text_or("input", "")},
           .lowest = {},
           .highest = {},
           .seen = {},
           .required = fields.yes("required"),
           .least = fields.number("least"),
           .greatest = fields.number("greatest")}};
      if (column.rule.kind.is_category() && name.find('*') != std::string::npos) {
        fields.fault("levels", "columns named with `*` are numbers");
      }
      if (const auto fault = learning::fault_of(column.rule)) fields_.fault("columns", *fault);
      recipe_.columns.push_back(std::move(column));
    });
  }
  void read_keep() {
    for (const YAML::Node& node : list("keep")) {
      const RecipeFields fields = map(node, {"column", "is", "least", "below"});
      recipe_.keep.push_back(
          {fields.text("column"), fields.texts("is"), fields.number("least"), fields.number("below")});
    }
  }
  void read_target() {
    if (!fields_.has("target")) {
      fields_.fault("target", "the key is missing");
      return;
    }
    const RecipeFields fields = map(fields_.node("target"), {"column", "name", "unit", "power", "classes"});
    recipe_.target = {fields.text("column"), fields.text_or("name", ""), fields.text_or("unit", ""),
                      fields.number_or("power", 1), fields.texts("classes")};
    if (recipe_.target.power < 0) fields.fault("power", "expected 0 (the logarithm) or more");
    if (recipe_.target.classes.size() == 1) fields.fault("classes", "expected two classes or more");
  }
  void read_ranges() {
    each("ranges", [&](const std::string& name, const YAML::Node& node) {
      const auto below = recipe_number(node);
      if (!below) fields_.fault("ranges", "expected `name: where it ends`, of the last one .inf");
      recipe_.ranges.push_back({name, below.value_or(std::numeric_limits<double>::infinity())});
    });
  }
  void read_sets() {
    each("steps",
         [&](const std::string& name, const YAML::Node& node) { sets_[name] = read_steps(file_, node, faults_); });
  }
  const std::vector<learning::Step>& steps_named(const std::string& set, const RecipeFields& fields) {
    if (!sets_.contains(set)) {
      std::vector<std::string_view> known;
      for (const auto& [name, steps] : sets_) known.push_back(name);
      fields.fault("steps", "no such steps: " + set + unknown_word(set, known));
    }
    return sets_[set];
  }
  void read_contenders() {
    for (const YAML::Node& node : list("contenders")) {
      const RecipeFields fields =
          map(node, {"name", "learner", "settings", "members", "columns", "steps", "grid", "weight", "repeats"});
      learning::Contender contender{fields.text("name"),
                                    {},
                                    fields.number_or("weight", 1),
                                    static_cast<std::uint32_t>(fields.count_or("repeats", 1))};
      const learning::LearnerSpec learner = read_learner(file_, fields, faults_);
      const std::vector<learning::GridAxis> grid = read_grid(fields);
      for (const std::string& set : fields.texts("steps")) {
        const auto& steps = steps_named(set, fields);
        for (const learning::LearnerSpec& spec : learning::expand(learner, grid)) {
          contender.candidates.push_back({steps, spec});
        }
      }
      if (!fields.has("steps")) fields.fault("steps", "the key is missing");
      recipe_.contenders.push_back(std::move(contender));
    }
    if (recipe_.contenders.empty() == !fields_.has("responses")) {
      fields_.fault("contenders", "expected a list of learners with their steps, or `responses`, and not both");
    }
  }
  void read_responses() {
    if (!fields_.has("responses")) return;
    const RecipeFields fields = map(fields_.node("responses"), {"kernels", "penalties", "fill_penalty", "fill_rounds"});
    learning::ResponsePlan plan;
    for (const auto& node : fields.node("kernels")) {
      const RecipeFields own = map(node, {"name", "steps", "kernel", "gamma", "weight"});
      plan.parts.push_back({own.text("name"), steps_named(own.text("steps"), own),
                            own.word("kernel", kernel_names, PartKernel::linear) == PartKernel::rbf
                                ? learning::Kernel::rbf
                                : learning::Kernel::linear,
                            own.number_or("gamma", 1), own.number_or("weight", 1)});
    }
    if (fields.has("penalties")) plan.ridge.penalties = fields.numbers("penalties");
    plan.ridge.fill_penalty = fields.number_or("fill_penalty", plan.ridge.fill_penalty);
    plan.ridge.fill_rounds = static_cast<std::uint32_t>(fields.count_or("fill_rounds", plan.ridge.fill_rounds));
    if (!recipe_.target.classes.empty()) fields.fault("kernels", "responses are quantities, not classes");
    if (recipe_.intervals) fields.fault("kernels", "there are no intervals of responses");
    recipe_.responses = std::move(plan);
  }
  [[nodiscard]] learning::FoldPlan fold_plan(const RecipeFields& fields) const {
    return {fields.word("kind", fold_names, learning::FoldKind::random),
            static_cast<std::uint32_t>(fields.count_or("folds", 5)), fields.count_or("seed", 1)};
  }
  void read_search() {
    if (!fields_.has("search")) return;
    const RecipeFields fields = map(fields_.node("search"), {"kind", "folds", "seed", "objective"});
    recipe_.search = {fold_plan(fields),
                      fields.word("objective", objective_names,
                                  recipe_.target.classes.empty() ? learning::Objective::mean_absolute_error
                                                                 : learning::Objective::log_loss),
                      {}};
  }
  void read_blends() {
    for (const YAML::Node& node : list("blends")) {
      std::vector<std::size_t> blend;
      for (const auto& name : node) {
        const auto written = name.as<std::string>("");
        const auto found = std::ranges::find(recipe_.contenders, written, &learning::Contender::name);
        if (found == recipe_.contenders.end()) {
          std::vector<std::string_view> known;
          for (const learning::Contender& contender : recipe_.contenders) known.push_back(contender.name);
          fields_.fault("blends", "no such contender: " + written + unknown_word(written, known));
        }
        blend.push_back(static_cast<std::size_t>(found - recipe_.contenders.begin()));
      }
      if (!node.IsSequence()) fields_.fault("blends", "expected lists of contenders: `- [first, second]`");
      recipe_.search.blends.push_back(std::move(blend));
    }
  }
  void read_folds() {
    for (const YAML::Node& node : list("folds")) {
      const RecipeFields fields = map(node, {"name", "kind", "folds", "seed"});
      recipe_.folds.push_back({fields.text("name"), fold_plan(fields)});
    }
  }
  void read_intervals() {
    if (!fields_.has("intervals")) return;
    const RecipeFields fields =
        map(fields_.node("intervals"), {"level", "level_of", "group", "bands_of", "edges", "misses", "fewest"});
    RecipeIntervals intervals{fields.number_or("level", 0.9),
                              fields.text_or("group", ""),
                              fields.word("bands_of", band_names, learning::BandsOf::prediction),
                              fields.numbers("edges"),
                              fields.numbers("misses"),
                              static_cast<std::uint32_t>(fields.count_or("fewest", 100)),
                              fields.word("level_of", level_names, LevelOf::band) == LevelOf::group};
    if (!(intervals.level > 0 && intervals.level < 1)) fields.fault("level", "expected a share between 0 and 1");
    for (std::size_t k = 1; k < intervals.edges.size(); ++k) {
      if (intervals.edges[k] <= intervals.edges[k - 1]) fields.fault("edges", "expected ascending numbers");
    }
    recipe_.intervals = std::move(intervals);
  }

  const std::string& file_;
  CatalogueFaults& faults_;
  RecipeFields fields_;
  Recipe recipe_;
  std::map<std::string, std::vector<learning::Step>> sets_;
};

}  // namespace

Recipe read_recipe(const std::string& path) {
  const std::string text = genomics::whole_text(path, "recipe", "the path");
  CatalogueFaults faults{path};
  const YAML::Node root = parse_yaml(path, text, faults);
  Recipe recipe;
  if (faults.none()) note_faults(path, faults, [&] { recipe = RecipeReader{path, root, faults}.read(); });
  refuse_faults(faults, "workflows/README.md, \"Training\", says what a recipe has");
  return recipe;
}

}  // namespace stardose::pharmaco
