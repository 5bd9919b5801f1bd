// From the guidance tables to Guidelines.
#include "pharmaco/knowledge/guideline_loader.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* guidelines_file = "guidance/guidelines.tsv";
constexpr const char* recommendations_file = "guidance/recommendations.tsv";

constexpr std::array<std::string_view, 3> programs_own = {"undetermined", "no_result", "no_advice"};

std::vector<std::string> items(std::string_view cell) {
  const auto parts = split(cell, " | ");
  return {parts.begin(), parts.end()};
}

std::optional<AdviceLevel> read_level(std::string_view text) {
  for (const auto level : {AdviceLevel::action, AdviceLevel::caution, AdviceLevel::unknown, AdviceLevel::none}) {
    if (text == to_string(level)) return level;
  }
  return std::nullopt;
}

/// `50` or `25-50`
bool is_percent(std::string_view text) {
  const auto ends = split(text, "-");
  std::int64_t low = 0;
  std::int64_t high = 0;
  return (ends.size() == 1 || ends.size() == 2) && read_number(ends.front(), low) && read_number(ends.back(), high) &&
         0 < low && (ends.size() == 1 || low < high);
}

bool asks_unknown(const GeneCondition& condition) {
  return std::ranges::any_of(condition.keys, [](const GeneKey& key) {
    return key.kind == GeneKey::Kind::no_result || key.kind == GeneKey::Kind::indeterminate;
  });
}

class GuidelineLoader {
 public:
  GuidelineLoader(const CatalogueFiles& files, std::span<const Gene> genes, const Phrases& phrases,
                  CatalogueFaults& faults)
      : files_{files}, genes_{genes}, phrases_{phrases}, faults_{faults} {}

  std::vector<Guideline> load() {
    read_guidelines();
    read_recommendations();
    for (const Guideline& guideline : guidelines_) check_drugs(guideline);
    return std::move(guidelines_);
  }

 private:
  [[nodiscard]] std::string_view text_of(const char* file) {
    const auto at = files_.texts.find(file);
    if (at != files_.texts.end()) return at->second;
    faults_.add(file, 0, "the file is missing");
    return {};
  }

  void read_guidelines() {
    static constexpr std::array<std::string_view, 8> columns = {"guideline", "source",     "drugs", "genes",
                                                                "version",   "annotation", "pmids", "title"};
    const std::string_view text = text_of(guidelines_file);
    if (text.empty()) return;
    for (const auto& row : read_tsv(guidelines_file, text, columns, faults_).rows) {
      const auto& cells = row.cells;
      Guideline guideline{std::string{cells[0]}, std::string{cells[1]}, items(cells[2]),
                          items(cells[3]),       std::string{cells[4]}, std::string{cells[5]},
                          items(cells[6]),       std::string{cells[7]}, {}};
      check(guideline, row.line);
      if (!number_of_.emplace(guideline.id, guidelines_.size()).second) {
        faults_.add(guidelines_file, row.line, "the guideline is there twice: " + guideline.id);
      }
      guidelines_.push_back(std::move(guideline));
    }
  }

  void check(const Guideline& guideline, std::size_t line) {
    if (guideline.id.empty() || guideline.drugs.empty() || guideline.genes.empty()) {
      faults_.add(guidelines_file, line, "guideline, drugs and genes must be given");
    }
    if (guideline.source != "CPIC" && guideline.source != "DPWG") {
      faults_.add(guidelines_file, line, "source: expected CPIC or DPWG");
    }
    for (const std::string& symbol : guideline.genes) {
      if (std::ranges::find(genes_, symbol, &Gene::symbol) == genes_.end()) {
        faults_.add(guidelines_file, line, "no such gene: " + symbol);
      }
    }
  }

  void read_recommendations() {
    static constexpr std::array<std::string_view, 13> columns = {
        "guideline",   "drug", "population", "when",         "action",  "level", "strength",
        "consequence", "dose", "limit",      "alternatives", "monitor", "note"};
    const std::string_view text = text_of(recommendations_file);
    if (text.empty()) return;
    for (const auto& row : read_tsv(recommendations_file, text, columns, faults_).rows) {
      const auto at = number_of_.find(row.cells[0]);
      if (at == number_of_.end()) {
        fault(row.line, "no such guideline: " + std::string{row.cells[0]});
        continue;
      }
      Guideline& guideline = guidelines_[at->second];
      Recommendation recommendation = read_row(row);
      check(recommendation, guideline, row);
      guideline.recommendations.push_back(std::move(recommendation));
    }
  }

  Recommendation read_row(const TsvTable::Row& row) {
    const auto& cells = row.cells;
    Recommendation made;
    made.drug = cells[1];
    made.population = cells[2];
    made.when = read_conditions(cells[3], genes_, row.line, faults_);
    made.action = cells[4];
    const auto level = read_level(cells[5]);
    if (!level) fault(row.line, "level: expected action, caution, unknown or none");
    made.level = level.value_or(AdviceLevel::unknown);
    made.strength = cells[6];
    made.consequences = items(cells[7]);
    made.dose_percent = cells[8];
    made.dose_limit = cells[9];
    made.alternatives = items(cells[10]);
    made.monitor = items(cells[11]);
    made.note = cells[12];
    return made;
  }

  void check(const Recommendation& made, const Guideline& guideline, const TsvTable::Row& row) {
    if (std::ranges::find(guideline.drugs, made.drug) == guideline.drugs.end()) {
      fault(row.line, "not a drug of the guideline: " + made.drug);
    }
    for (const GeneCondition& condition : made.when) {
      if (std::ranges::find(guideline.genes, condition.gene) == guideline.genes.end()) {
        fault(row.line, "not a gene of the guideline: " + condition.gene);
      }
    }
    check_key(row.line, "action", phrases_.actions, made.action);
    if (std::ranges::find(programs_own, made.action) != programs_own.end()) {
      fault(row.line, "action: only the program itself says " + made.action);
    }
    if (!made.population.empty()) check_key(row.line, "population", phrases_.populations, made.population);
    if (!made.strength.empty()) check_key(row.line, "strength", phrases_.strengths, made.strength);
    for (const std::string& key : made.consequences) check_key(row.line, "consequence", phrases_.consequences, key);
    for (const std::string& key : made.monitor) check_key(row.line, "monitor", phrases_.monitor, key);
    if (!made.dose_percent.empty() && !is_percent(made.dose_percent)) {
      fault(row.line, "dose: expected percent, `50` or `25-50`");
    }
    if (made.level == AdviceLevel::none && std::ranges::any_of(made.when, asks_unknown)) {
      fault(row.line, "level none for a result that is indeterminate or missing");
    }
  }

  void check_key(std::size_t line, const std::string& column, const Phrases::Words& words, const std::string& key) {
    if (!words.contains(key)) fault(line, column + ": not in phrases.yaml: " + key);
  }

  // A drug without any row would be a drug without any advice, which a reader could take for "as usual".
  void check_drugs(const Guideline& guideline) {
    for (const std::string& drug : guideline.drugs) {
      const auto& rows = guideline.recommendations;
      if (std::ranges::find(rows, drug, &Recommendation::drug) != rows.end()) continue;
      fault(0, guideline.id + " says nothing on " + drug);
    }
  }

  void fault(std::size_t line, const std::string& why) { faults_.add(recommendations_file, line, why); }

  const CatalogueFiles& files_;
  std::span<const Gene> genes_;
  const Phrases& phrases_;
  CatalogueFaults& faults_;
  std::vector<Guideline> guidelines_;
  std::map<std::string, std::size_t, std::less<>> number_of_;
};

}  // namespace

std::vector<Guideline> load_guidelines(const CatalogueFiles& files, std::span<const Gene> genes, const Phrases& phrases,
                                       CatalogueFaults& faults) {
  return GuidelineLoader{files, genes, phrases, faults}.load();
}

}  // namespace stardose::pharmaco
