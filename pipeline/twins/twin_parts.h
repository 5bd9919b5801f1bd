// The catalogue that records are read by, opened once.
#pragma once

#include <string>

#include "pharmaco/twin/twin_answer.h"

namespace stardose::pipeline {

/// Immutable once opened; safe to use from many threads.
class TwinParts {
 public:
  /// Opens the embedded catalogue, or a folder. Throws InputError (catalogue).
  explicit TwinParts(const std::string& folder);
  TwinParts(const TwinParts&) = delete;
  TwinParts& operator=(const TwinParts&) = delete;
  TwinParts(TwinParts&&) = delete;
  TwinParts& operator=(TwinParts&&) = delete;
  ~TwinParts() = default;

  [[nodiscard]] const pharmaco::KnowledgeBase& knowledge() const { return knowledge_; }
  [[nodiscard]] const pharmaco::DosingLibrary& dosing() const { return dosing_; }
  [[nodiscard]] const pharmaco::KineticLibrary& kinetics() const { return kinetics_; }
  [[nodiscard]] pharmaco::TwinCatalogue catalogue() const { return {knowledge_, dosing_, kinetics_}; }

  /// Returns the model of this id, or the one preferred for this drug. Throws InputError (usage) for neither.
  [[nodiscard]] const pharmaco::KineticModel& choose(const std::string& id_or_drug) const;
  /// Reads what the model's prior is anchored at. Throws InputError (catalogue).
  void make_ready(const pharmaco::KineticModel& model) const;

 private:
  pharmaco::KnowledgeBase knowledge_;
  pharmaco::DosingLibrary dosing_;
  pharmaco::KineticLibrary kinetics_;
};

}  // namespace stardose::pipeline
