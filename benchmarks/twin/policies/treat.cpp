// From visit to visit.
#include "benchmarks/twin/policies/treat.h"

#include "pharmaco/kinetics/regimens.h"
#include "tests/builders/kinetics.h"

namespace stardose::bench {

using pharmaco::Regimen;

const pharmaco::AdvicePlan& plan() { return *test::kinetics().find("warfarin-hamberg-2010")->advice; }

const std::vector<Regimen>& tablets() {
  static const std::vector<Regimen> all = [] {
    const std::vector<Regimen> doses = pharmaco::regimens_of(plan());
    std::vector<Regimen> regimens = turns_of(plan(), doses);
    regimens.insert(regimens.end(), doses.begin(), doses.end());
    return regimens;
  }();
  return all;
}

Treatment treat(VirtualPatient patient, const Policy& policy) {
  Treatment treatment;
  pharmaco::History history;
  Regimen present;
  Regimen previous;
  for (std::size_t number = 0; number <= visits.size(); ++number) {
    const int today = patient.today();
    const int until = number < visits.size() ? visits[number] : days_treated;
    if (number > 0) history.measurements.push_back({static_cast<double>(today), "inr", patient.measure()});
    Regimen chosen = policy({patient, number, history, present, previous});
    if (number > 0 && (chosen.cycle_mg != present.cycle_mg || chosen.skipped > 0)) ++treatment.changes;
    const std::vector<pharmaco::GivenDose> doses = doses_of(chosen, today, until);
    history.doses.insert(history.doses.end(), doses.begin(), doses.end());
    const std::vector<double> inrs = patient.live(doses, until);
    treatment.inrs.insert(treatment.inrs.end(), inrs.begin(), inrs.end());
    previous = number == 0 ? chosen : present;
    present = std::move(chosen);
    present.skipped = 0;
  }
  return treatment;
}

}  // namespace stardose::bench
