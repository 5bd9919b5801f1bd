// stardose twin update, forecast, advise: what follows from a record.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "pharmaco/twin/html_twin.h"
#include "pharmaco/twin/told_event.h"
#include "pharmaco/twin/twin_formats.h"
#include "pipeline/commands/twin_commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/twins/record_file.h"
#include "pipeline/twins/twin_batch.h"
#include "pipeline/twins/twin_parts.h"

namespace stardose::pipeline {

namespace {

using pharmaco::TwinAnswer;
using pharmaco::TwinPart;
using pharmaco::TwinState;

struct LookFlags {
  TwinPart part = TwinPart::update;
  std::string record;
  std::string at;
  std::string dose;
  std::string every;
  std::string over;
  std::string route;
  std::string html;
  bool json = false;
  config::RunFlags run{.command = config::Subcommand::twin, .input_needed = false};
};

/// What --dose and --every say is gone on with; nullopt: they say nothing.
std::optional<pharmaco::Regimen> regimen_of(const LookFlags& flags, const pharmaco::KineticModel& model,
                                            const TwinState& state, const pharmaco::Covariates& covariates) {
  if (flags.dose.empty()) {
    if (!flags.every.empty() || !flags.over.empty() || !flags.route.empty()) {
      refuse_flag("--dose", "no dose is told, and how it is given is", "give the amount, such as --dose '5 mg'");
    }
    return std::nullopt;
  }
  const pharmaco::ToldEvent told{.time = "0h",
                                 .what = "dose",
                                 .value = flags.dose,
                                 .times = "2",
                                 .every = flags.every.empty() ? "24h" : flags.every,
                                 .over = flags.over,
                                 .route = flags.route};
  std::optional<pharmaco::Refusal> refusal;
  const auto dose = read_event(told, subject_of(model, state.drug), covariates, refusal);
  if (!dose) refuse_flag("--dose", refusal->why, refusal->help);
  return pharmaco::Regimen{.route = dose->route,
                           .cycle_mg = {dose->number},
                           .interval = static_cast<double>(dose->every) / (24 * 60),
                           .hours = static_cast<double>(dose->over) / 60};
}

pharmaco::TwinTime next_dose(const LookFlags& flags, const TwinState& state) {
  const pharmaco::TwinTime time = time_of_flag("--at", flags.at);
  const auto standing = state.standing();
  if (standing.empty()) return time;
  const pharmaco::TwinTime last = standing.back().time;
  if (last.clock != time.clock) {
    refuse_flag("--at", "the record counts time in another way", "write it as " + to_text(last));
  }
  if (time < last) {
    refuse_flag("--at", "the next dose would lie before the last event, which was at " + to_text(last),
                "give a time after it");
  }
  return time;
}

int look(const LookFlags& flags) {
  const config::RunRequest request = config::resolve(flags.run);
  const config::Settings& settings = request.settings;
  const TwinParts parts{settings.knowledge};
  const TwinState state = pharmaco::read_twin(flags.record, parts.knowledge());
  const pharmaco::KineticModel& model = model_of(state, parts.kinetics(), flags.record);
  parts.make_ready(model);
  pharmaco::TwinQuestion question = question_of(settings.twin);
  question.present = regimen_of(flags, model, state, parts.dosing().covariates);
  if (!flags.at.empty()) question.from = next_dose(flags, state);
  const bool is_page = !flags.html.empty();
  question.with_curve = is_page || flags.json || flags.part == TwinPart::forecast;
  question.with_advice = is_page || flags.part == TwinPart::advise;
  const TwinAnswer answer = answer_twin(state, model, parts.catalogue(), question);
  if (is_page) write_file(flags.html, html_twin(answer, STARDOSE_VERSION), true);
  fmt::print("{}", flags.json ? twin_answer_json(answer, STARDOSE_VERSION) : twin_paragraph(answer, flags.part));
  const bool is_without = answer.is_refused() || (flags.part == TwinPart::advise && !answer.is_advised());
  if (!is_without) return exit_done;
  fmt::print(stderr, "{}: {}; the output says why\n", state.patient,
             answer.is_refused() ? "the model says nothing of this patient" : "no dose is advised");
  return settings.strict ? exit_strict : exit_done;
}

Command add_look(CLI::App& twin, TwinPart part, const char* name, const char* what) {
  CLI::App* command = twin.add_subcommand(name, what);
  auto flags = std::make_shared<LookFlags>();
  flags->part = part;
  command->add_option("PATIENT", flags->record, "The patient's record, a file of `stardose twin start`")->required();
  if (part != TwinPart::update) {
    command->add_option("--at", flags->at, "Time of the next dose [default: when it is due by the doses told]")
        ->type_name("TIME");
    command->add_option("--dose", flags->dose, "The dose that goes on, '5 mg' [default: what the last doses show]")
        ->type_name("AMOUNT");
    command->add_option("--every", flags->every, "Time between these doses [default: 24h]")->type_name("LENGTH");
    command->add_option("--over", flags->over, "Length of an infusion: 90 min")->type_name("LENGTH");
    command->add_option("--route", flags->route, "How it is given [default: the model's first route]")
        ->type_name("NAME");
  }
  command->add_flag("--json", flags->json, "Print all of it as JSON.");
  command->add_option("--html", flags->html, "Also write a page with course, doses and advice.")->type_name("FILE");
  std::vector<std::string> options = {"draws", "seed", "knowledge", "strict"};
  if (part != TwinPart::update) options.emplace_back("horizon");
  config::add_some_options(*command, flags->run, options);
  return [flags](Interrupt& /*interrupt*/) { return look(*flags); };
}

}  // namespace

Command add_twin_update(CLI::App& twin) {
  return add_look(twin, TwinPart::update, "update", "What was learned of a patient, and how well the model fits");
}

Command add_twin_forecast(CLI::App& twin) {
  return add_look(twin, TwinPart::forecast, "forecast", "What will be measured if doses go on, with bands");
}

Command add_twin_advise(CLI::App& twin) {
  return add_look(twin, TwinPart::advise, "advise", "The next dose, why, and when there is none");
}

}  // namespace stardose::pipeline
