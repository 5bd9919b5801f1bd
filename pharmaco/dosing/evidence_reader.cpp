// Intervals, performance, and what is left out.
#include "pharmaco/dosing/evidence_reader.h"

#include <algorithm>
#include <cstdint>

#include "pharmaco/covariates/unit.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

class EvidenceReader {
 public:
  EvidenceReader(const std::string& file, const YamlFields& fields, DosingAlgorithm& algorithm, CatalogueFaults& faults)
      : file_{file}, fields_{fields}, algorithm_{algorithm}, faults_{faults} {}

  void read() {
    if (fields_.has("interval")) read_interval();
    if (fields_.has("performance")) read_performance();
    if (!fields_.has("interactions_not_modelled")) return;
    const YamlFields drugs{file_, fields_.node("interactions_not_modelled"), {"drugs", "source"}, faults_};
    algorithm_.unmodelled = {drugs.list("drugs"), drugs.text("source")};
    if (algorithm_.unmodelled->drugs.empty()) drugs.fault("drugs", "expected a list of drugs");
  }

 private:
  static double read_number_of(const YamlFields& fields, const std::string& key, double least, double most) {
    double number = 0;
    if (!read_decimal(fields.text(key), number) || number < least || number > most) {
      fields.fault(key, "expected a number in its range");
    }
    return number;
  }

  static int read_patients(const YamlFields& fields, int least) {
    std::int64_t patients = 0;
    if (!read_number(fields.text_or("n", "0"), patients) || patients < least || patients > 100'000'000) {
      fields.fault("n", "expected a number of patients");
      return 0;
    }
    return static_cast<int>(patients);
  }

  /// The categories that patients are told apart by; one without a name where they are not.
  std::vector<std::string> categories_of(const YamlFields& fields, const std::string& by) {
    if (by.empty()) return {""};
    const DoseInput* input = algorithm_.find_input(by);
    if (input != nullptr && !input->categories.empty()) return input->categories;
    fields.fault("by", "not an input with categories: " + by);
    return {};
  }

  static void read_cuts(const YamlFields& fields, DoseSpread& spread) {
    for (const std::string& text : fields.list("cuts")) {
      double cut = 0;
      const bool rises = spread.cuts.empty() || cut_is_above(text, spread.cuts.back());
      if (!read_decimal(text, cut) || cut <= 0 || !rises) fields.fault("cuts", "expected rising doses");
      spread.cuts.push_back(cut);
    }
  }

  void read_interval() {
    const YamlFields fields{file_,
                            fields_.node("interval"),
                            {"level", "scale", "by", "cuts", "groups", "everyone", "at_other_sites", "source"},
                            faults_};
    DoseSpread spread{.by = fields.text_or("by", ""), .source = fields.text("source")};
    spread.level = read_number_of(fields, "level", 0.01, 0.999);
    const std::string scale = fields.text("scale");
    if (scale != "plain" && scale != "root" && scale != "log") fields.fault("scale", "expected plain, root or log");
    spread.scale = scale == "root"  ? DoseSpread::Scale::root
                   : scale == "log" ? DoseSpread::Scale::log
                                    : DoseSpread::Scale::plain;
    read_cuts(fields, spread);
    for (const std::string& category : categories_of(fields, spread.by)) {
      const YAML::Node node = spread.by.empty() ? fields.node("everyone") : fields.node("groups")[category];
      const std::string key = spread.by.empty() ? "everyone" : "groups";
      if (!node.IsDefined() || !node.IsSequence() || node.size() != spread.cuts.size() + 1) {
        fields.fault(key, "expected a list of one entry more than cuts" + (category.empty() ? "" : " for " + category));
        continue;
      }
      for (const auto& item : node) spread.groups[category].push_back(read_cell(item));
    }
    read_other_sites(fields, spread);
    const bool is_dose = algorithm_.unit.quantity == "dose rate" || algorithm_.unit.quantity == "mass";
    if (!is_dose || algorithm_.is_guideline()) fields.fault("scale", "there is no dose to have an interval");
    algorithm_.spread = std::move(spread);
  }

  static void read_other_sites(const YamlFields& fields, DoseSpread& spread) {
    for (const auto& [group, node] : fields.entries("at_other_sites")) {
      double percent = 0;
      const bool is_percent = read_decimal(node.Scalar(), percent) && percent >= 0 && percent <= 100;
      if (!is_percent || !spread.groups.contains(group)) {
        fields.fault("at_other_sites", "expected a percentage for each group");
      }
      spread.at_other_sites[group] = percent;
    }
  }

  static bool cut_is_above(const std::string& text, double last) {
    double cut = 0;
    return read_decimal(text, cut) && cut > last;
  }

  DoseSpread::Cell read_cell(const YAML::Node& node) {
    const YamlFields fields{file_, node, {"n", "low", "high", "of"}, faults_};
    const std::string of = fields.text_or("of", "part");
    if (of != "part" && of != "group") fields.fault("of", "expected part or group");
    return {read_patients(fields, 0), read_number_of(fields, "low", -1e6, 0), read_number_of(fields, "high", 0, 1e6),
            of == "group"};
  }

  void read_performance() {
    const YamlFields fields{file_, fields_.node("performance"), {"by", "groups", "everyone", "source"}, faults_};
    DosePerformance performance{.by = fields.text_or("by", ""), .source = fields.text("source")};
    performance.everyone = read_group(fields.node("everyone"));
    if (!performance.by.empty()) {
      for (const std::string& category : categories_of(fields, performance.by)) {
        const YAML::Node node = fields.node("groups")[category];
        if (!node.IsDefined()) fields.fault("groups", "no entry for " + category);
        performance.groups[category] = read_group(node);
      }
    }
    algorithm_.performance = std::move(performance);
  }

  DosePerformance::Group read_group(const YAML::Node& node) {
    const YamlFields fields{file_, node, {"n", "error", "within_20"}, faults_};
    return {read_patients(fields, 1), read_number_of(fields, "error", 0, 1e6),
            read_number_of(fields, "within_20", 0, 100)};
  }

  const std::string& file_;
  const YamlFields& fields_;
  DosingAlgorithm& algorithm_;
  CatalogueFaults& faults_;
};

}  // namespace

void read_evidence(const std::string& file, const YamlFields& fields, DosingAlgorithm& algorithm,
                   CatalogueFaults& faults) {
  EvidenceReader{file, fields, algorithm, faults}.read();
}

}  // namespace stardose::pharmaco
