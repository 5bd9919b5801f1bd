// Settings written as a workflow file, and read back.
#include "config/print_config.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "config/workflow_file.h"

using namespace stardose::config;

namespace {

void check_equal(const Settings& a, const Settings& b) {
  for (const Option& option : options()) {
    CAPTURE(option.name);
    CHECK(yaml_value(option, a) == yaml_value(option, b));
  }
}

std::string value_of(const std::string& name, const Settings& settings) {
  return yaml_value(*find_option(name), settings);
}

}  // namespace

TEST_CASE("every key is printed, under its help") {
  for (const Option& option : options()) {
    const std::string entry = "\n# " + option.help + "\n" + option.name + ": " + yaml_value(option, {}) + "\n";
    for (const Subcommand command : {Subcommand::run, Subcommand::polygenic, Subcommand::twin}) {
      const bool is_there = to_yaml({}, command).find(entry) != std::string::npos;
      CHECK(is_there == (std::ranges::find(option.commands, command) != option.commands.end()));
    }
  }
}

TEST_CASE("what was printed reads back as the same settings") {
  check_equal(read_workflow_text(to_yaml({}), "w.yaml"), {});

  Settings settings;
  settings.input = {
      .files = {"a b.vcf", "-", "it's,here.vcf", "ä.vcf", "#x", "a: b", "[c]", "C:\\d\\e"},
      .samples = {"^*2", "001", "true", "null", "~", "&a", "!b", "a #b", " c "},
      .samples_file = "'",
      .assembly = "GRCh37",
      .reference = "\"",
      .use_index = false,
      .check_format = false,
      .thresholds = {
          .filters = {"any"}, .min_depth = 0, .min_genotype_quality = 1'000'000, .min_allele_balance = 0.125}};
  settings.calling = {.genes = {"CYP2C19", "MT-RNR1"},
                      .assume_reference = true,
                      .from_small_variants = {"CYP2D6"},
                      .outside_calls = {"x.tsv"}};
  settings.patients = {.covariates = "/p.tsv", .units = {"weight=lb", "height=in"}};
  settings.dosing = {.dose = {"warfarin"}};
  settings.output = {.folder = "%TMP%", .write = {"json"}};
  settings.limits = {.threads = 1024, .max_in_flight = 1'000'000};
  settings.knowledge = "/k";
  settings.strict = true;
  const Settings back = read_workflow_text(to_yaml(settings), "w.yaml");
  check_equal(back, settings);
  CHECK(back.input.files == settings.input.files);
  CHECK(back.input.samples == settings.input.samples);
  CHECK(back.input.reference == settings.input.reference);
  CHECK(back.patients.covariates == settings.patients.covariates);
  CHECK(back.patients.units == settings.patients.units);
  CHECK(back.output.folder == settings.output.folder);
  CHECK(to_yaml(back) == to_yaml(settings));
}

TEST_CASE("text that some YAML reader could take for more is quoted") {
  Settings settings;
  settings.input.samples = {"NA12878", "*2", "12", "no", "Y", "-", "it's", "a b"};
  CHECK(value_of("samples", settings) == "[NA12878, '*2', '12', 'no', 'Y', '-', 'it''s', 'a b']");
  CHECK(value_of("reference", settings) == "''");
  CHECK(value_of("output", settings) == "results");
}
