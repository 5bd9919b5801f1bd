// Inputs, limits, formula, contributions, comparisons.
#include "pharmaco/dosing/estimate_dose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "genomics/expect.h"
#include "pharmaco/dosing/model_estimate.h"
#include "pharmaco/guidance/advise.h"
#include "pharmaco/inputs/patient_values.h"

namespace stardose::pharmaco {

namespace {

using Status = DoseEstimate::Status;

std::string sentence_of(const DoseLimit& limit) {
  return limit.source.empty() ? limit.why : limit.why + " (" + limit.source + ")";
}

class Estimator {
 public:
  Estimator(const DosingLibrary& library, const KnowledgeBase& knowledge, const DoseQuestion& question,
            const Patient& patient)
      : library_{library},
        knowledge_{knowledge},
        algorithm_{question.algorithm},
        drug_{question.drug},
        patient_{patient} {
    estimate_.algorithm = &algorithm_;
  }

  DoseEstimate run() {
    values_ = patient_values(algorithm_.inputs, patient_, knowledge_);
    for (const DoseInput& input : algorithm_.inputs) {
      const InputValue& value = values_[input.name];
      if (!value.is_known() && input.if_missing == DoseInput::IfMissing::refuse) refuse_without(input, value);
      estimate_.inputs.push_back({&input, value});
    }
    repeat_doubts();
    apply_limits();
    if (algorithm_.is_guideline()) {
      look_up();
    } else if (estimate_.reasons.empty()) {
      compute();
    }
    return std::move(estimate_);
  }

 private:
  void refuse_without(const DoseInput& input, const InputValue& value) {
    const std::string why = value.note.empty() ? "not given" : value.note;
    estimate_.reasons.push_back(input.title + " is missing: " + why);
  }

  /// A value that was said in the wrong unit goes into the dose as it stands.
  void repeat_doubts() {
    for (const Doubt& doubt : patient_.doubts) {
      const bool is_asked = std::ranges::any_of(
          doubt.covariates, [&](const std::string& name) { return algorithm_.find_input(name) != nullptr; });
      if (is_asked) estimate_.flags.push_back(doubt.text);
    }
  }

  void apply_limits() {
    for (const DoseLimit& limit : algorithm_.limits) {
      if (!holds(limit.when, values_)) continue;
      switch (limit.kind) {
        case DoseLimit::Kind::refuse: estimate_.reasons.push_back(sentence_of(limit)); break;
        case DoseLimit::Kind::flag: estimate_.flags.push_back(sentence_of(limit)); break;
        case DoseLimit::Kind::caution: estimate_.cautions.push_back(sentence_of(limit)); break;
        case DoseLimit::Kind::defer: defer_to_ = &limit; break;
      }
    }
    // An allele without a term is known to change the dose and is left out of it: that must be seen.
    for (const UsedInput& used : estimate_.inputs) {
      if (used.value.is_known() || used.input->if_missing == DoseInput::IfMissing::refuse) continue;
      if (!used.input->alleles.empty() && used.value.note.starts_with("the algorithm has no term")) {
        estimate_.cautions.push_back(
            used.value.note + ", so that the dose is that of an unknown result and does not show what the allele does");
      }
    }
  }

  /// What missing positions could change of the genes that the dose rests on.
  void repeat_caveats() {
    std::vector<std::string> done;
    for (const auto& [input, value] : estimate_.inputs) {
      const auto gene = patient_.genetics.genes.find(input->gene);
      if (gene == patient_.genetics.genes.end() || input->reference.empty() || !value.is_known()) continue;
      const std::string& caveat = gene->second.result.caveat;
      if (caveat.empty() || std::ranges::find(done, input->gene) != done.end()) continue;
      done.push_back(input->gene);
      estimate_.cautions.push_back(caveat);
    }
  }

  [[nodiscard]] double dose(const InputValues& values) const {
    if (algorithm_.model != nullptr) return dose_by_model(algorithm_, values);
    const double in_base = evaluate(algorithm_.dose, values);
    return algorithm_.dose.dimension.is_plain() ? in_base : in_base / algorithm_.unit.factor;
  }

  void compute() {
    if (defer_to_ != nullptr) {
      estimate_.status = Status::deferred;
      estimate_.deferred_to = library_.find(defer_to_->defer_to);
      estimate_.reasons.push_back(sentence_of(*defer_to_));
      return;
    }
    if (algorithm_.model != nullptr) {
      estimate_by_model(algorithm_, values_, estimate_);
      if (!estimate_.reasons.empty()) return;
    } else {
      estimate_.value = dose(values_);
    }
    const bool is_dose = mg_per_day(algorithm_, estimate_.value).has_value();
    if (!std::isfinite(estimate_.value) || (is_dose && estimate_.value <= 0)) {
      estimate_.reasons.emplace_back("the formula gives no dose for these inputs: they are outside of its range");
      return;
    }
    estimate_.status = Status::dosed;
    if (algorithm_.model == nullptr) estimate_.interval = interval_of(algorithm_, estimate_.value, values_);
    repeat_caveats();
    for (const Meaning& meaning : algorithm_.meanings) {
      const bool low = meaning.at_least && estimate_.value < *meaning.at_least;
      if (!low && !(meaning.below && estimate_.value >= *meaning.below)) estimate_.meaning = meaning.text;
    }
    add_contributions();
  }

  void add_contributions() {
    std::vector<std::string> done;
    for (const DoseInput& input : algorithm_.inputs) {
      if (input.reference.empty() || std::ranges::find(done, input.gene) != done.end()) continue;
      done.push_back(input.gene);
      estimate_.contributions.push_back(contribution_of(input.gene));
    }
  }

  GeneContribution contribution_of(const std::string& gene) const {
    GeneContribution contribution{.gene = gene};
    InputValues with_reference = values_;
    const auto append = [](std::string& text, const std::string& item) {
      if (!item.empty() && text.find(item) == std::string::npos) text += (text.empty() ? "" : ", ") + item;
    };
    const DoseInput* variant = nullptr;
    int further = 0;
    for (const DoseInput& input : algorithm_.inputs) {
      if (input.gene != gene || input.reference.empty()) continue;
      InputValue& value = with_reference[input.name];
      const bool known = value.is_known();
      // Of a gene's variants the first stands for it. Another one that is not known stays so: the dose is held against
      // that of a patient of whom as much is known.
      const bool is_further = input.kind == DoseInput::Kind::genotype && variant != nullptr;
      if (is_further && !known) continue;
      if (input.kind == DoseInput::Kind::genotype && variant == nullptr) variant = &input;
      if (is_further) {
        ++further;
      } else {
        append(contribution.result, known ? (input.categories.empty() ? value.shown : value.category) : "not known");
        append(contribution.reference, input.reference);
      }
      value = {.state = InputValue::State::given, .category = input.reference};
      if (input.categories.empty()) STARDOSE_EXPECT(read_decimal(input.reference, value.number));
    }
    if (further > 0) contribution.result += fmt::format(" with {} variant{} more", further, further == 1 ? "" : "s");
    contribution.difference = estimate_.value - dose(with_reference);
    note_tests(contribution);
    return contribution;
  }

  /// The reference allele is what is left when the others are not there.
  void note_tests(GeneContribution& contribution) const {
    const Gene* gene = knowledge_.find_gene(contribution.gene);
    const auto known = patient_.genetics.genes.find(contribution.gene);
    const bool is_stated = known != patient_.genetics.genes.end() && !known->second.tested.empty();
    const auto note = [&](const std::string& name, bool is_tested) {
      std::vector<std::string>& list = is_tested ? contribution.tested : contribution.untested;
      if (std::ranges::find(list, name) == list.end()) list.push_back(name);
    };
    for (const DoseInput& input : algorithm_.inputs) {
      if (input.gene != contribution.gene) continue;
      for (const auto* alleles : {&input.alleles, &input.counted}) {
        for (const std::string& name : *alleles) {
          const auto number = gene->find_allele(name);
          if (!is_stated || !number || gene->alleles[*number].is_reference) continue;
          note(name, known->second.tested.contains(name));
        }
      }
      std::vector<std::string> rsids = input.variants;
      if (!input.rsid.empty() && !input.reference.empty()) rsids.push_back(input.rsid);
      for (const std::string& rsid : rsids) note(rsid, patient_.genetics.genotypes.contains(rsid));
    }
  }

  void look_up() {
    if (!estimate_.reasons.empty()) return;
    for (const std::string& id : algorithm_.guidelines) {
      const auto guideline = std::ranges::find(knowledge_.guidelines, id, &Guideline::id);
      STARDOSE_EXPECT(guideline != knowledge_.guidelines.end());
      ask(*guideline);
    }
    estimate_.status = Status::advised;
  }

  void ask(const Guideline& guideline) {
    std::vector<const GeneResult*> results;
    for (const std::string& gene : guideline.genes) {
      const auto known = patient_.genetics.genes.find(gene);
      results.push_back(known == patient_.genetics.genes.end() ? nullptr : &known->second.result);
    }
    for (Advice& advice : advise(knowledge_, guideline, results)) {
      if (std::ranges::find(algorithm_.drugs, advice.drug) == algorithm_.drugs.end()) continue;
      if (drug_.empty() || drug_ == advice.drug) estimate_.advice.push_back(std::move(advice));
    }
  }

  const DosingLibrary& library_;
  const KnowledgeBase& knowledge_;
  const DosingAlgorithm& algorithm_;
  std::string_view drug_;
  const Patient& patient_;
  InputValues values_;
  const DoseLimit* defer_to_ = nullptr;
  DoseEstimate estimate_;
};

}  // namespace

DoseEstimate estimate_dose(const DosingLibrary& library, const KnowledgeBase& knowledge, const DoseQuestion& question,
                           const Patient& patient) {
  return Estimator{library, knowledge, question, patient}.run();
}

}  // namespace stardose::pharmaco
