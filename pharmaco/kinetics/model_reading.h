// What the parts of a kinetic model's reader share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/inputs/expression_reader.h"
#include "pharmaco/kinetics/kinetic_model.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

/// A model that is being read. Faults are noted at the line of what is at fault.
class ModelReading {
 public:
  ModelReading(const std::string& file, const DosingLibrary& dosing, CatalogueFaults& faults, KineticModel& model)
      : file_{file}, dosing_{dosing}, faults_{faults}, model_{model} {}

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const DosingLibrary& dosing() const { return dosing_; }
  [[nodiscard]] CatalogueFaults& faults() { return faults_; }
  [[nodiscard]] KineticModel& model() { return model_; }
  void fault(const YAML::Node& node, const std::string& why) { faults_.add(file_, line_of(node), why); }

  /// Returns the parameter that the key names, of this dimension; `what` says it for people. Without the key: nullopt,
  /// and a fault if it is wanted.
  std::optional<std::size_t> parameter(const YamlFields& fields, const std::string& key, const Dimension& dimension,
                                       const std::string& what, bool wanted);
  /// The same; 0 after a fault.
  std::size_t needed(const YamlFields& fields, const std::string& key, const Dimension& dimension,
                     const std::string& what) {
    return parameter(fields, key, dimension, what, true).value_or(0);
  }
  /// Notes a fault for each parameter that nothing asks for.
  void check_use(const YamlFields& fields);

  /// Returns the place of the compartment that the key names; 0 after a fault.
  std::size_t compartment(const YamlFields& fields, const std::string& key);
  /// Returns a quantity such as `1.6 mg/L` in kilograms, metres, days and moles; 0 after a fault.
  double quantity(const YamlFields& fields, const std::string& key, const Dimension& dimension);
  double quantity(const YAML::Node& node, const Dimension& dimension);
  /// Returns a plain number, or `otherwise` without the key.
  double number(const YamlFields& fields, const std::string& key, std::optional<double> otherwise = {});
  /// Returns the observable that the key names; 0 after a fault.
  std::size_t observable(const YamlFields& fields, const std::string& key);

 private:
  const std::string& file_;
  const DosingLibrary& dosing_;
  CatalogueFaults& faults_;
  KineticModel& model_;
  std::vector<std::size_t> used_;
};

inline constexpr Dimension per_time{0, 0, -1, 0};
inline constexpr Dimension time_dimension{0, 0, 1, 0};
inline constexpr Dimension mass{1, 0, 0, 0};
inline constexpr Dimension volume_dimension{0, 3, 0, 0};
inline constexpr Dimension clearance_dimension{0, 3, -1, 0};
inline constexpr Dimension concentration_dimension{1, -3, 0, 0};

/// Reads compartments, flows, routes, effects, chains and observables. Requires: the parameters are read.
void read_structure(const YamlFields& fields, ModelReading& reading);

/// Reads `anchor` and `advice`, which a file need not have. Requires: inputs and structure are read.
void read_plan(const YamlFields& fields, ExpressionReader& expressions, ModelReading& reading);

}  // namespace stardose::pharmaco
