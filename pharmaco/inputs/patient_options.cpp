// Reading the units.
#include "pharmaco/inputs/patient_options.h"

#include "genomics/input_error.h"

namespace stardose::pharmaco {

std::map<std::string, std::string> units_by_name(const PatientOptions& options) {
  std::map<std::string, std::string> units;
  for (const std::string& unit : options.units) {
    const std::size_t sign = unit.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == unit.size()) {
      throw genomics::InputError{
          genomics::Fault::usage,
          {"", "unit", "cannot be read: " + genomics::printable(unit), "write a covariate and its unit, `weight=lb`"}};
    }
    units[unit.substr(0, sign)] = unit.substr(sign + 1);
  }
  return units;
}

}  // namespace stardose::pharmaco
