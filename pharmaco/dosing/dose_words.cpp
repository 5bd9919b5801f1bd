// Doses as people write them.
#include "pharmaco/dosing/dose_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

constexpr double days_a_week = 7;

// A tenth of a milligram is less than any tablet.
std::string rounded(double value) { return number_text(value, value < 1 ? 2 : 1); }

/// `lowest third of doses`
std::string part_of_range(const DoseInterval& interval) {
  constexpr std::array<std::string_view, 3> thirds = {"lowest", "middle", "highest"};
  if (interval.parts == 3)
    return fmt::format("{} third of doses", thirds.at(static_cast<std::size_t>(interval.part - 1)));
  return fmt::format("part {} of {} of the range of doses", interval.part, interval.parts);
}

/// Whether the input is asked for only in place of another one, which is known.
bool only_stands_in(const DoseEstimate& estimate, const DoseInput& input) {
  return std::ranges::any_of(estimate.inputs, [&](const UsedInput& used) {
    const auto& rules = used.input->imputations;
    return used.value.is_known() && std::ranges::find(rules, input.name, &Imputation::from) != rules.end();
  });
}

}  // namespace

std::string status_of(const DoseReport& report) {
  switch (report.own.status) {
    case DoseEstimate::Status::dosed: return "dosed";
    case DoseEstimate::Status::advised: return "advised";
    case DoseEstimate::Status::refused: return "refused";
    case DoseEstimate::Status::deferred:
      return report.instead && report.instead->status == DoseEstimate::Status::dosed ? "deferred" : "refused";
  }
  return "refused";
}

std::string dose_text(const DosingAlgorithm& algorithm, double value) {
  const auto daily = mg_per_day(algorithm, value);
  if (!daily) return number_text(value) + " " + algorithm.unit.name;
  if (algorithm.unit.dimension == Dimension{1, 0, 0, 0}) {
    return fmt::format("{} mg {} times a day = {} mg/day", rounded(*daily / algorithm.doses_a_day),
                       algorithm.doses_a_day, rounded(*daily));
  }
  const std::string in_parts =
      algorithm.doses_a_day == 1
          ? std::string{}
          : fmt::format(" = {} mg {} times a day", rounded(*daily / algorithm.doses_a_day), algorithm.doses_a_day);
  if (algorithm.doses_a_day > 1) return rounded(*daily) + " mg/day" + in_parts;
  return fmt::format("{} mg/week = {} mg/day", rounded(*daily * days_a_week), rounded(*daily));
}

std::string interval_text(const DoseEstimate& estimate) {
  if (!estimate.interval) return {};
  const DosingAlgorithm& algorithm = *estimate.algorithm;
  const auto low = mg_per_day(algorithm, estimate.interval->low);
  const auto high = mg_per_day(algorithm, estimate.interval->high);
  if (!low || !high) return {};
  if (algorithm.unit.dimension == Dimension{1, 0, 0, 0}) {
    return fmt::format("{} to {} mg {} times a day", rounded(*low / algorithm.doses_a_day),
                       rounded(*high / algorithm.doses_a_day), algorithm.doses_a_day);
  }
  if (algorithm.doses_a_day > 1) return fmt::format("{} to {} mg/day", rounded(*low), rounded(*high));
  return fmt::format("{} to {} mg/week", rounded(*low * days_a_week), rounded(*high * days_a_week));
}

std::string interval_basis(const DoseEstimate& estimate) {
  if (!estimate.interval) return {};
  const DoseInterval& interval = *estimate.interval;
  std::string text = number_text(interval.level * 100) + " % of ";
  text += interval.patients > 0 ? std::to_string(interval.patients) + " patients" : std::string{"patients"};
  std::string like;
  if (!interval.group.empty()) {
    like = (interval.by.empty() ? std::string{} : interval.by + ": ") + interval.group;
  }
  if (interval.part > 0) like += (like.empty() ? "" : ", ") + part_of_range(interval);
  if (!like.empty()) text += " like this one (" + like + ")";
  if (interval.at_other_sites) {
    text += fmt::format("; at sites that had no part in it, {:.0f} %", *interval.at_other_sites);
  }
  return text;
}

std::string tablets_text(const DosingAlgorithm& algorithm, double value) {
  if (!algorithm.tablets) return {};
  const auto dose = tablets_of(algorithm, value);
  if (!dose) return "no tablets are within 10 % of the dose";
  if (algorithm.doses_a_day > 1) {
    return fmt::format("{} mg {} times a day ({})", number_text(dose->mg), algorithm.doses_a_day, to_text(*dose));
  }
  return fmt::format("{} mg/day ({}) = {} mg/week", number_text(dose->mg), to_text(*dose),
                     number_text(dose->mg * days_a_week));
}

std::string difference_text(const DosingAlgorithm& algorithm, double difference) {
  const auto daily = mg_per_day(algorithm, difference);
  if (!daily) return fmt::format("{:+.3g} {}", difference, algorithm.unit.name);
  return fmt::format("{:+.1f} mg/week", *daily * days_a_week);
}

std::string contribution_text(const DosingAlgorithm& algorithm, const GeneContribution& contribution) {
  return fmt::format("{} {}: {} against {}", contribution.gene, contribution.result,
                     difference_text(algorithm, contribution.difference), contribution.reference);
}

std::vector<ModelShares::Share> largest_shares(const ModelShares& shares) {
  constexpr std::size_t shown = 8;
  if (shares.list.size() <= shown + 1) return shares.list;
  std::vector<ModelShares::Share> largest{shares.list.begin(), shares.list.begin() + shown};
  double others = 0;
  for (std::size_t k = shown; k < shares.list.size(); ++k) others += shares.list[k].value;
  largest.push_back({fmt::format("{} others", shares.list.size() - shown), others});
  return largest;
}

std::string shares_text(const ModelShares& shares) {
  std::string text = fmt::format("{}: {:.2f} on average", shares.scale, shares.expectation);
  for (const ModelShares::Share& share : largest_shares(shares)) {
    text += fmt::format(", {} {:+.2f}", share.title, share.value);
  }
  return text + fmt::format(", together {:.2f}", shares.sum);
}

std::string comparator_text(const DosingAlgorithm& algorithm, const Comparator& comparator) {
  if (!comparator.value) return comparator.title + ": none, " + comparator.why_not;
  return comparator.title + ": " + dose_text(algorithm, *comparator.value);
}

std::vector<std::string> inputs_in_state(const DoseEstimate& estimate, InputValue::State state) {
  std::vector<std::string> texts;
  std::vector<std::string> notes;
  for (const auto& [input, value] : estimate.inputs) {
    if (value.state != state || only_stands_in(estimate, *input)) continue;
    const std::string text = input->title + (value.shown.empty() ? "" : ": " + value.shown);
    const std::string note = state == InputValue::State::given ? std::string{} : value.note;
    const auto same = std::ranges::find(notes, note);
    if (!note.empty() && same != notes.end()) {
      texts[static_cast<std::size_t>(same - notes.begin())] += ", " + text;
    } else {
      texts.push_back(text);
      notes.push_back(note);
    }
  }
  for (std::size_t k = 0; k < texts.size(); ++k) texts[k] += notes[k].empty() ? "" : " (" + notes[k] + ")";
  return texts;
}

std::string share_of_usual_dose(const DoseEstimate& estimate, const Advice& advice) {
  const auto usual =
      std::ranges::find_if(estimate.inputs, [](const UsedInput& used) { return !used.value.unit.empty(); });
  if (usual == estimate.inputs.end() || advice.dose_percent.empty()) return {};
  std::string text;
  for (const std::string_view percent : split(advice.dose_percent, "-")) {
    double share = 0;
    if (!read_decimal(percent, share)) return {};
    text += (text.empty() ? "" : " to ") + number_text(usual->value.number * share / 100, 2);
  }
  return text + " " + usual->value.unit;
}

std::string citation_text(const Citation& citation) {
  std::string text = citation.text;
  if (!citation.doi.empty()) text += ", doi " + citation.doi;
  if (!citation.pmid.empty()) text += ", PMID " + citation.pmid;
  return text;
}

}  // namespace stardose::pharmaco
