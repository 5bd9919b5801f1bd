// One algorithm applied to one patient.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/dosing/dose_interval.h"
#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/dosing/tablets.h"
#include "pharmaco/guidance/advice.h"
#include "pharmaco/inputs/patient.h"

namespace stardose::pharmaco {

/// An input as it was used.
struct UsedInput {
  const DoseInput* input = nullptr;
  InputValue value;
};

/// What a gene's result changes: the dose less the dose with the reference genotype, all else the same.
struct GeneContribution {
  std::string gene;
  std::string result;     ///< `*1/*3`, or `not known`
  std::string reference;  ///< `*1/*1`
  double difference = 0;  ///< in the algorithm's unit
  /// Of the alleles and variants that the algorithm asks for; both empty: nobody says.
  std::vector<std::string> tested;
  std::vector<std::string> untested;
};

/// What the inputs add up to on the scale that a model learned on: exact Shapley values.
struct ModelShares {
  struct Share {
    std::string title;  ///< of the input, or the gene
    double value = 0;
  };
  std::string scale;        ///< `square root of mg/week`
  double expectation = 0;   ///< where nothing is known of a patient
  double sum = 0;           ///< the expectation and all shares together
  std::vector<Share> list;  ///< the largest first
};

/// Where an algorithm has no dose, `value` has no meaning.
struct DoseEstimate {
  enum class Status {
    dosed,     ///< `value` is the dose
    advised,   ///< a guideline's words; `advice`
    deferred,  ///< another algorithm's dose is meant; see DoseReport::instead
    refused,   ///< no dose; `reasons`
  };
  const DosingAlgorithm* algorithm = nullptr;
  Status status = Status::refused;
  double value = 0;                      ///< in the algorithm's unit
  std::optional<DoseInterval> interval;  ///< of a dose, where the algorithm's file says how far true doses lie from it
  const DosingAlgorithm* deferred_to = nullptr;
  std::vector<UsedInput> inputs;
  std::vector<GeneContribution> contributions;
  std::optional<ModelShares> shares;  ///< of a model that can be explained
  std::vector<std::string> reasons;   ///< why refused or deferred
  std::vector<std::string> flags;     ///< where the patient is outside of what it was derived for
  std::string meaning;                ///< of `value`, a sentence; empty: it speaks for itself
  std::vector<std::string> cautions;  ///< what a reader must know, sentences
  std::vector<Advice> advice;
};

/// Another dose to hold the estimate against.
struct Comparator {
  std::string title;
  std::string algorithm;        ///< its id; empty: a fixed dose
  std::optional<double> value;  ///< in the estimate's unit; nullopt: refused
  std::string why_not;
};

struct DoseReport {
  std::string sample;
  DoseEstimate own;
  std::optional<DoseEstimate> instead;  ///< of a deferred estimate
  std::vector<Comparator> comparators;

  /// Returns the estimate whose dose is meant.
  [[nodiscard]] const DoseEstimate& meant() const { return instead ? *instead : own; }
};

/// What is asked. Of an algorithm for several drugs only `drug` is looked at, if it is named.
struct DoseQuestion {
  const DosingAlgorithm& algorithm;
  std::string_view drug = {};
};

/// Pure; thread-safe. The library and the knowledge must outlive what is returned.
[[nodiscard]] DoseEstimate estimate_dose(const DosingLibrary& library, const KnowledgeBase& knowledge,
                                         const DoseQuestion& question, const Patient& patient);

/// Returns the estimate with what it defers to and compares with. This is what a report shows of one sample.
[[nodiscard]] DoseReport report_dose(const DosingLibrary& library, const KnowledgeBase& knowledge,
                                     const DoseQuestion& question, const Patient& patient);

/// Returns how well the algorithm did on patients whose dose is known; nullptr: nobody says.
[[nodiscard]] const DosePerformance* performance_of(const DosingAlgorithm& algorithm);

/// Returns the same of patients of this one's group; nullptr: nobody says.
[[nodiscard]] const DosePerformance::Group* performance_of(const DoseEstimate& estimate);

/// Returns milligrams a day; nullopt: the result is no dose (points).
[[nodiscard]] std::optional<double> mg_per_day(const DosingAlgorithm& algorithm, double value);

/// Returns the tablets of one of the day's doses; nullopt: the algorithm's file gives no strengths, or
/// none come near the dose.
[[nodiscard]] std::optional<TabletDose> tablets_of(const DosingAlgorithm& algorithm, double value);

}  // namespace stardose::pharmaco
