// stardose twin add: what happened to a patient, into the record.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "pharmaco/covariates/covariate_cell.h"
#include "pharmaco/inputs/doubts.h"
#include "pharmaco/twin/add_event.h"
#include "pharmaco/twin/event_table.h"
#include "pipeline/commands/patient_flags.h"
#include "pipeline/commands/twin_commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/twins/add_events.h"
#include "pipeline/twins/record_file.h"
#include "pipeline/twins/twin_parts.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using pharmaco::ToldEvent;
using pharmaco::TwinState;

struct AddFlags {
  std::string record;
  std::string time;
  std::string dose;
  std::string times;
  std::string every;
  std::string over;
  std::string route;
  std::vector<std::string> values;
  std::string events;
  std::string withdraw;
  std::string why;
  bool late = false;
  bool only_new = false;
  config::RunFlags run{.command = config::Subcommand::twin, .input_needed = false};
};

/// Events of flags, each with the flag that told it.
std::vector<PlacedEvent> told_by_flags(const AddFlags& flags) {
  std::vector<PlacedEvent> events;
  const bool tells = !flags.dose.empty() || !flags.values.empty();
  if (tells && flags.time.empty()) {
    refuse_flag("--time", "nobody says when it was", "give the time, such as --time 2026-03-02T08:00 or 'day 3 08:00'");
  }
  if (!flags.dose.empty()) {
    const ToldEvent dose{.time = flags.time,
                         .what = "dose",
                         .value = flags.dose,
                         .times = flags.times,
                         .every = flags.every,
                         .over = flags.over,
                         .route = flags.route};
    events.push_back({"", "--dose", dose});
  } else if (!flags.times.empty() || !flags.every.empty() || !flags.over.empty() || !flags.route.empty()) {
    refuse_flag("--dose", "no dose is told, and how it was given is", "give the amount, such as --dose '5 mg'");
  }
  for (const std::string& text : flags.values) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      refuse_flag("--value", "no name and value", "write it as --value inr=2.3");
    }
    events.push_back(
        {"", "--value", {.time = flags.time, .what = text.substr(0, equals), .value = text.substr(equals + 1)}});
  }
  return events;
}

std::vector<PlacedEvent> all_told(const AddFlags& flags, const std::string& patient) {
  std::vector<PlacedEvent> events = told_by_flags(flags);
  if (!flags.events.empty()) {
    std::vector<PlacedEvent> more = events_of(pharmaco::read_event_table(flags.events), patient);
    if (more.empty()) {
      throw InputError{Fault::mismatch,
                       {flags.events, "patient", "no row is of " + genomics::printable(patient),
                        "write the id as it is in the record, or leave the column out"}};
    }
    std::ranges::move(more, std::back_inserter(events));
  }
  return events;
}

void withdraw(const AddFlags& flags, TwinState& state) {
  if (flags.withdraw.empty()) return;
  if (flags.time.empty()) refuse_flag("--time", "nobody says of when the mistake is", "give the time of the event");
  const auto refusal = withdraw_event(state, flags.withdraw, time_of_flag("--time", flags.time), flags.why);
  if (refusal) refuse_flag("--withdraw", refusal->why, refusal->help);
}

int add(const AddFlags& flags, Interrupt& interrupt) {
  const config::RunRequest request = config::resolve(flags.run);
  const bool tells = !flags.dose.empty() || !flags.values.empty() || !flags.events.empty();
  if (!tells && flags.withdraw.empty()) {
    refuse_flag("", "nothing is told", "give --dose, --value or --events, or take an event back with --withdraw");
  }
  if (tells && !flags.withdraw.empty()) {
    refuse_flag("--withdraw", "something is told and taken back at once", "do one after the other");
  }
  const TwinParts parts{request.settings.knowledge};
  AddedEvents added;
  std::string text;
  interrupt.finish_what_is_begun();
  change_record(flags.record, parts.knowledge(), [&](TwinState& state) {
    withdraw(flags, state);
    const auto& model = model_of(state, parts.kinetics(), flags.record);
    added = add_all(state, all_told(flags, state.patient), subject_of(model, state.drug), parts.dosing().covariates,
                    {.late = flags.late, .only_new = flags.only_new, .now = latest_possible()});
    text = fmt::format("{}: {} event(s) added{}{}; {} in the record\n", state.patient, added.added,
                       added.known > 0 ? fmt::format(", {} known already", added.known) : "",
                       flags.withdraw.empty() ? "" : ", 1 withdrawn", state.standing().size());
    return added.added > 0 || !flags.withdraw.empty();
  });
  for (const std::string& warning : added.warnings) warn_of(warning);
  fmt::print("{}", text);
  return exit_done;
}

}  // namespace

Command add_twin_add(CLI::App& twin) {
  CLI::App* command = twin.add_subcommand("add", "Add doses, measurements and changes to a record");
  auto flags = std::make_shared<AddFlags>();
  command->add_option("PATIENT", flags->record, "The patient's record, a file of `stardose twin start`")->required();
  command->add_option("--time", flags->time, "When: 2026-03-02T08:00, the patient's clock, or 'day 3 08:00'")
      ->type_name("TIME");
  command->add_option("--dose", flags->dose, "A dose that was given, with its unit: '5 mg'")->type_name("AMOUNT");
  command->add_option("--times", flags->times, "The dose was given so often ...")->type_name("N");
  command->add_option("--every", flags->every, "... one after the other so far apart: 24h")->type_name("LENGTH");
  command->add_option("--over", flags->over, "Length of an infusion: 90 min")->type_name("LENGTH");
  command->add_option("--route", flags->route, "How it was given [default: the model's first route]")
      ->type_name("NAME");
  command
      ->add_option("--value", flags->values,
                   "What was measured, or what changed: inr=2.3, 'weight=80 kg', "
                   "amiodarone=yes")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--events", flags->events,
                   "TSV of events: time, what, value, unit; times, every, over, route, "
                   "patient")
      ->type_name("FILE");
  command->add_option("--withdraw", flags->withdraw, "Take back what was told of this time by mistake: dose, inr, ...")
      ->type_name("NAME");
  command->add_option("--why", flags->why, "Why it is taken back")->type_name("TEXT");
  command->add_flag("--late", flags->late, "Take what lies before the last event in the record");
  command->add_flag("--only-new", flags->only_new, "Leave out what the record has already");
  config::add_some_options(*command, flags->run, {"knowledge"});
  command->footer("Nothing is ever removed from a record: what is withdrawn stays, with the reason.");
  return [flags](Interrupt& interrupt) { return add(*flags, interrupt); };
}

}  // namespace stardose::pipeline
