// The resources of one bundle, under ids made from their names.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

namespace stardose::pharmaco {

using FhirJson = nlohmann::ordered_json;

/// A resource's name says what it is about, never what it found (`genotype CYP2D6`): so a run on corrected data gives
/// the same ids, and what is sent again replaces what was sent before.
class FhirEntries {
 public:
  /// `system` keeps equal names of two laboratories apart; empty: nothing does.
  FhirEntries(const std::string& sample, const std::string& system);

  /// Returns the id of what has, or will have, that name.
  [[nodiscard]] std::string id_of(const std::string& name) const;
  /// Returns a reference to it.
  [[nodiscard]] FhirJson reference_to(const std::string& name) const;
  /// Returns a name that nothing has yet: this one, or with a number behind it.
  [[nodiscard]] std::string free_name(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const { return names_.contains(name); }

  /// Adds a resource and returns a reference to it. Requires: nothing has that name.
  FhirJson add(const std::string& name, const char* type, FhirJson resource);

  [[nodiscard]] FhirJson take() { return std::move(entries_); }

 private:
  std::string prefix_;
  std::set<std::string> names_;
  FhirJson entries_ = FhirJson::array();
};

}  // namespace stardose::pharmaco
