// Regimens, shares and parameters in words.
#include "pharmaco/twin/twin_words.h"

#include <fmt/format.h>

#include <cmath>

#include "pharmaco/covariates/covariate.h"

namespace stardose::pharmaco {

namespace {

std::string interval_text(double days) {
  if (days == 1) return "once a day";
  if (days == 0.5) return "twice a day";
  if (days == 7) return "once a week";
  return days < 1 ? "every " + number_text(days * 24, 1) + " h" : "every " + number_text(days, 1) + " days";
}

std::string value_text(double value) { return fmt::format("{:.3g}", value); }

/// The name of what is measured where it is its own unit.
bool is_own_unit(const Observable& observable) { return observable.unit.dimension.is_plain(); }

}  // namespace

std::string regimen_text(const Regimen& regimen) {
  std::string text;
  if (regimen.skipped > 0) {
    text =
        regimen.skipped == 1 ? "leave out one dose, then " : fmt::format("leave out {} doses, then ", regimen.skipped);
  }
  for (std::size_t k = 0; k < regimen.cycle_mg.size(); ++k) {
    text += (k == 0 ? "" : " and ") + number_text(regimen.cycle_mg[k], 3);
  }
  text += " mg";
  if (regimen.cycle_mg.size() > 1) text += " in turns,";
  if (regimen.hours > 0) text += " over " + minutes_text(std::llround(regimen.hours * 60));
  return text + " " + interval_text(regimen.interval);
}

std::string weekly_text(const Regimen& regimen) { return number_text(regimen.mg_per_day() * 7, 2) + " mg/week"; }

std::string range_text(const TwinAnswer& answer, const ValueRange& range) {
  const std::string text = number_text(range.low, 2) + " to " + number_text(range.high, 2);
  const Observable& observable = *answer.observable;
  return is_own_unit(observable) ? observable.title + " " + text : text + " " + observable.unit.name;
}

std::string share_text(double share) {
  if (share < 0.01) return "under 1 %";
  if (share > 0.99) return "over 99 %";
  return fmt::format("{:.0f} %", 100 * share);
}

std::string outlook_text(const TwinAnswer& answer, const RegimenOutlook& outlook) {
  const double days = answer.model->advice->horizon;
  const Observable& observable = *answer.observable;
  const std::string bound = (is_own_unit(observable) ? observable.title + " over " : "over ") +
                            number_text(answer.model->advice->unsafe, 2) +
                            (is_own_unit(observable) ? "" : " " + observable.unit.name);
  return fmt::format("in range {} of {} days, below {}, above {}; {}: at most {} on any day",
                     share_text(outlook.time_in_range), number_text(days, 1), share_text(outlook.time_below),
                     share_text(outlook.time_above), bound, share_text(outlook.unsafe));
}

std::vector<std::string> parameter_texts(const TwinAnswer& answer) {
  std::vector<std::string> texts;
  if (!answer.individual) return texts;
  for (const ParameterEstimate& one : answer.individual->parameters) {
    texts.push_back(fmt::format("{} {}{} ({} to {}; {} by genes and covariates alone)", one.parameter->title,
                                value_text(one.estimate),
                                one.parameter->unit.dimension.is_plain() ? "" : " " + one.parameter->unit.name,
                                value_text(one.low), value_text(one.high), value_text(one.typical)));
  }
  return texts;
}

std::vector<std::string> cautions_of(const TwinAnswer& answer) {
  std::vector<std::string> list;
  const auto add = [&](const std::vector<std::string>& more) { list.insert(list.end(), more.begin(), more.end()); };
  for (const std::string& flag : answer.prior.flags)
    list.push_back("outside of what the model was derived for: " + flag);
  if (answer.individual) add(answer.individual->contradictions);
  add(answer.prior.cautions);
  if (answer.advice) add(answer.advice->cautions);
  for (const std::string& name : answer.unused)
    list.push_back("the model knows nothing of " + name + ": it changes nothing");
  std::vector<std::string> distinct;
  for (std::string& one : list) {
    if (std::ranges::find(distinct, one) == distinct.end()) distinct.push_back(std::move(one));
  }
  return distinct;
}

std::vector<std::string> reasons_against(const TwinAnswer& answer) {
  if (answer.is_refused()) return answer.refused;
  if (!answer.advice || answer.is_advised()) return {};
  return answer.advice->reasons;
}

}  // namespace stardose::pharmaco
