// From what was stated elsewhere to readings.
#include "pharmaco/phenotype/outside_call.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "pharmaco/knowledge/natural_order.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_allele.h"
#include "pharmaco/phenotype/phenotyper.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* indeterminate = PhenotypeRule::indeterminate;

GeneReading derive(const Gene& gene, const std::vector<OutsideHaplotype>& haplotypes) {
  GeneReading reading;
  const OutsideHaplotype& first = haplotypes.front();
  const OutsideHaplotype second = haplotypes.size() > 1 ? haplotypes[1] : OutsideHaplotype{};
  const bool two = haplotypes.size() == 2;
  const bool one = haplotypes.size() == 1;
  if (gene.phenotype.method == PhenotypeMethod::functions && first.allele && (one || (two && second.allele))) {
    return read_alleles(gene, *first.allele, two ? second.allele : std::nullopt);
  }
  if (gene.phenotype.method == PhenotypeMethod::activity_score && two && first.activity && second.activity) {
    reading.score = *first.activity + *second.activity;
    reading.phenotype = gene.phenotype.of_score(*reading.score);
    return reading;
  }
  if (gene.phenotype.method != PhenotypeMethod::none && gene.phenotype.method != PhenotypeMethod::presence) {
    reading.phenotype = indeterminate;
  }
  return reading;
}

/// `*57:01/*58:01`, trimmed to two fields where they are understood.
std::string typed_name(const Gene& gene, std::string_view written) {
  std::string name = two_fields(gene, written);
  return name.empty() ? std::string{written} : name;
}

/// `*4` of `CYP2D6*4` and `CYP2D6 *4`, as laboratories write alleles.
std::string_view without_symbol(const Gene& gene, std::string_view written) {
  if (!written.starts_with(gene.symbol)) return written;
  const std::string_view allele = trimmed(written.substr(gene.symbol.size()));
  return allele.starts_with('*') ? allele : written;
}

std::string joined(std::vector<std::string> names) {
  if (names.size() == 2 && natural_less(names[1], names[0])) std::swap(names[0], names[1]);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : "/") + names[i];
  return text;
}

class CallReader {
 public:
  CallReader(const Gene& gene, OutsideResult& result) : gene_{gene}, result_{result} {}

  GeneReading read(const OutsideCall& call) {
    GeneReading reading = read_diplotype(call);
    if (gene_.phenotype.method == PhenotypeMethod::presence) {
      state_presence(call, reading);
      return reading;
    }
    const GeneReading derived = reading;
    if (call.score && gene_.phenotype.method == PhenotypeMethod::activity_score) state_score(call, reading);
    if (!call.phenotypes.empty()) state_phenotype(call, derived, reading);
    return reading;
  }

 private:
  GeneReading read_diplotype(const OutsideCall& call) {
    if (call.diplotype.empty()) return {};
    std::vector<std::string_view> written = split(call.diplotype, "/");
    for (std::string_view& haplotype : written) haplotype = trimmed(haplotype);
    std::vector<std::string> names;
    names.reserve(written.size());
    GeneReading reading;
    if (gene_.phenotype.method == PhenotypeMethod::presence) {
      for (const std::string_view name : written) {
        names.push_back(typed_name(gene_, name));
        if (two_fields(gene_, name).empty()) note(result_.no_typing, names.back());
      }
      reading.statuses = presence(gene_, written);
      result_.one_copy_typed = result_.one_copy_typed || written.size() == 1;
    } else {
      std::vector<OutsideHaplotype> haplotypes;
      for (const std::string_view name : written) {
        haplotypes.push_back(read_outside_haplotype(gene_, without_symbol(gene_, name)));
      }
      for (const OutsideHaplotype& haplotype : haplotypes) {
        names.push_back(haplotype.name);
        if (!haplotype.allele && !haplotype.activity) note(result_.not_known, haplotype.name);
      }
      reading = derive(gene_, haplotypes);
    }
    reading.diplotype = joined(std::move(names));
    return reading;
  }

  void state_presence(const OutsideCall& call, GeneReading& reading) {
    for (const std::string& status : call.phenotypes) {
      const bool is_positive = status.ends_with(" positive");
      const std::string allele = status.substr(0, status.rfind(' '));
      const std::string other = allele + (is_positive ? " negative" : " positive");
      const auto opposite = std::ranges::find(reading.statuses, other);
      if (opposite != reading.statuses.end()) {
        contradict(status, "the typing " + reading.diplotype);
        *opposite = status;
      } else if (std::ranges::find(reading.statuses, status) == reading.statuses.end()) {
        reading.statuses.push_back(status);
      }
    }
  }

  void state_score(const OutsideCall& call, GeneReading& reading) {
    if (reading.score && *reading.score != *call.score) {
      contradict("activity score " + to_string(*call.score),
                 "the diplotype " + reading.diplotype + ", whose score is " + to_string(*reading.score));
    }
    reading.score = call.score;
    reading.phenotype = gene_.phenotype.of_score(*reading.score);
  }

  void state_phenotype(const OutsideCall& call, const GeneReading& derived, GeneReading& reading) {
    const std::string& stated = call.phenotypes.front();
    const auto differs = [&](const std::string& other) {
      return !other.empty() && other != indeterminate && other != stated;
    };
    if (differs(derived.phenotype)) {
      contradict(stated, "the diplotype " + derived.diplotype + ", which gives " + derived.phenotype);
    }
    if (call.score && reading.score && differs(reading.phenotype)) {
      contradict(stated, "activity score " + to_string(*reading.score) + ", which gives " + reading.phenotype);
    }
    if (differs(reading.phenotype)) reading.score = std::nullopt;
    reading.phenotype = stated;
  }

  void contradict(std::string first, std::string second) {
    Contradiction found{std::move(first), std::move(second)};
    auto& known = result_.contradictions;
    if (std::ranges::find(known, found) == known.end()) known.push_back(std::move(found));
  }

  static void note(std::vector<std::string>& names, const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }

  const Gene& gene_;
  OutsideResult& result_;
};

bool reading_less(const GeneReading& a, const GeneReading& b) {
  if (a.diplotype != b.diplotype) return natural_less(a.diplotype, b.diplotype);
  return a.phenotype < b.phenotype;
}

}  // namespace

OutsideResult read_outside_calls(const Gene& gene, std::span<const OutsideCall> calls) {
  OutsideResult outside{{gene.symbol, CallStatus::no_call, {}}, {}, {}, {}, false, {}};
  std::vector<GeneReading>& readings = outside.result.readings;
  CallReader reader{gene, outside};
  for (const OutsideCall& call : calls) {
    if (!call.has_result()) continue;
    GeneReading reading = reader.read(call);
    if (std::ranges::find(readings, reading) == readings.end()) readings.push_back(std::move(reading));
  }
  std::ranges::stable_sort(readings, reading_less);
  if (!readings.empty()) outside.result.status = readings.size() == 1 ? CallStatus::called : CallStatus::ambiguous;
  for (const OutsideCall& call : calls) {
    if (!call.note.empty() && call.has_result() != readings.empty()) outside.notes.push_back(call.note);
  }
  return outside;
}

}  // namespace stardose::pharmaco
