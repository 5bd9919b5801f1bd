// The flags of `stardose run` and what is said about wrong ones.
#include "config/command_line.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "config/usage_error.h"
#include "genomics/input_error.h"

using namespace stardose::config;
using stardose::genomics::ErrorParts;
using stardose::genomics::InputError;

namespace {

RunRequest run(std::vector<std::string> arguments) {
  CLI::App app{"", "stardose"};
  app.require_subcommand(1);
  CLI::App* command = app.add_subcommand("run", "");
  app.add_subcommand("explain", "");
  RunFlags flags;
  add_run_options(*command, flags);
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    throw usage_error(error, app);
  }
  return resolve(flags);
}

void check(const std::vector<std::string>& arguments, const std::string& message, const std::string& help) {
  CAPTURE(arguments.size());
  CAPTURE(message);
  try {
    static_cast<void>(run(arguments));
    FAIL("nothing was refused");
  } catch (const InputError& error) {
    CHECK(error.fault() == stardose::genomics::Fault::usage);
    CHECK(std::string{error.what()} == message);
    CHECK(error.parts().help == help);
  }
}

using List = std::vector<std::string>;

struct WorkflowFile {
  explicit WorkflowFile(const std::string& text) {
    std::string made = (std::filesystem::temp_directory_path() / "command_line_test.XXXXXX").string();
    const int file = mkstemp(made.data());
    REQUIRE(file >= 0);
    close(file);
    std::ofstream{made} << text;
    path = made;
  }
  ~WorkflowFile() { std::filesystem::remove(path); }
  std::string path;
};

}  // namespace

TEST_CASE("flags reach their settings; paths keep commas and brackets, names are split at commas") {
  const RunRequest request = run({"run",
                                  "--input",
                                  "a,b.vcf",
                                  "--input",
                                  "[c]",
                                  "-s",
                                  "^A,B",
                                  "-S",
                                  "names",
                                  "-@",
                                  "8",
                                  "-o",
                                  "out",
                                  "--genes",
                                  "CYP2C19",
                                  "--genes",
                                  "DPYD,UGT1A1",
                                  "--no-index",
                                  "--strict",
                                  "--write",
                                  "calls,json",
                                  "--dry-run",
                                  "--max-in-flight=9",
                                  "--assume-reference"});
  const Settings& settings = request.settings;
  CHECK(settings.input.files == List{"a,b.vcf", "[c]"});
  CHECK(settings.input.samples == List{"^A", "B"});
  CHECK(settings.input.samples_file == "names");
  CHECK(settings.limits.threads == 8);
  CHECK(settings.limits.max_in_flight == 9);
  CHECK(settings.output.folder == "out");
  CHECK(settings.output.write == List{"calls", "json"});
  CHECK(settings.calling.genes == List{"CYP2C19", "DPYD", "UGT1A1"});
  CHECK(settings.calling.assume_reference);
  CHECK_FALSE(settings.input.use_index);
  CHECK(settings.strict);
  CHECK(request.dry_run);
  CHECK_FALSE(request.print_config);
  CHECK(request.workflow.empty());
}

TEST_CASE("a flag replaces the file's value and the file the default") {
  const WorkflowFile file{"input: a.vcf\nsamples: [A, B]\nthreads: 4\nstrict: true\nindex: false\n"};
  const RunRequest request = run({"run", file.path, "--samples", "C", "--input", "-", "--no-strict", "--index"});
  CHECK(request.workflow == file.path);
  CHECK(request.settings.input.files == List{"-"});
  CHECK(request.settings.input.samples == List{"C"});
  CHECK(request.settings.limits.threads == 4);
  CHECK_FALSE(request.settings.strict);
  CHECK(request.settings.input.use_index);
  CHECK(request.settings.output.folder == "results");
}

TEST_CASE("of --index and --no-index the last counts") {
  CHECK_FALSE(run({"run", "--input", "a", "--index", "--no-index"}).settings.input.use_index);
  CHECK(run({"run", "--input", "a", "--no-index", "--index"}).settings.input.use_index);
  CHECK_FALSE(run({"run", "--input", "a", "--index=false"}).settings.input.use_index);
}

TEST_CASE("a flag can empty what the file says") {
  const WorkflowFile file{"input: a.vcf\nreference: g.fa\n"};
  CHECK(run({"run", file.path, "--reference", ""}).settings.input.reference.empty());
}

TEST_CASE("a list of inputs is an input, too") {
  CHECK(run({"run", "--input-list", "list.txt"}).settings.input_list == "list.txt");
  CHECK(run({"run", "--input", "a.bam", "--min-callable", "0.75"}).settings.calling.min_callable == 0.75);
}

TEST_CASE("a run needs input, printing its settings does not") {
  check({"run"}, "no input",
        "give a variant file or an alignment with `--input FILE`, or as `input: FILE` in a workflow file");
  CHECK(run({"run", "--print-config"}).print_config);
}

TEST_CASE("an unknown flag names the nearest one") {
  check({"run", "--outptu", "x"}, "--outptu: unknown flag", "did you mean `--output`?");
  check({"run", "--outptu=x"}, "--outptu: unknown flag", "did you mean `--output`?");
  check({"run", "--no-indx"}, "--no-indx: unknown flag", "did you mean `--no-index`?");
  check({"run", "-threads", "4"}, "-threads: unknown flag", "did you mean `--threads`?");
  check({"run", "--vcf", "a"}, "--vcf: unknown flag", "`stardose run --help` lists what it takes");
  check({"run", "-x"}, "-x: unknown flag", "`stardose run --help` lists what it takes");
}

TEST_CASE("an unknown or missing command lists the commands") {
  check({"rnu"}, "unknown command: rnu", "did you mean `run`?");
  check({"report"}, "unknown command: report", "the commands are run, explain");
  check({}, "a command is missing", "the commands are run, explain");
}

TEST_CASE("a second file is not taken for input") {
  check({"run", "w.yaml", "b.vcf"}, "unexpected argument: b.vcf", "give each input with its own `--input`");
}

TEST_CASE("a flag's value is checked as in a file") {
  check({"run", "--input", "a", "--threads", "012"},
        "--threads: expected a whole number from 1 to 1024, or auto; found: 012",
        "write digits only, without leading zeros");
  check({"run", "--input", "a", "-@", "0"}, "--threads: expected a whole number from 1 to 1024, or auto; found: 0",
        "choose a number in that range");
  check({"run", "--input", "a", "--index=maybe"}, "--index: expected true or false; found: maybe",
        "write `true` or `false`, in lower case");
  check({"run", "--input", "a", "-s", "A,,B"}, "--samples: expected a list of names; found: an empty entry",
        "remove it, or write what is missing");
  check({"run", "--input", "a", "--write", "htlm"},
        "--write: expected a list of any of calls, guidance, coverage, dosing, html, pdf, json, multiqc, dosages; "
        "found: htlm",
        "did you mean `html`?");
  check({"run", "--input", "a", "--output", ""}, "--output: expected a path; found: nothing",
        "give a value, or leave it out");
}

TEST_CASE("a flag without its value, or with too many, says so") {
  check({"run", "--output"}, "--output: needs a value", "write `--output FOLDER`");
  check({"run", "--output", "--print-config"}, "--output: expected a path; found: the flag --print-config",
        "write `--output FOLDER`; a path may begin with `./-`");
  check({"run", "--output", "a", "--output", "b"}, "--output: is given more than once", "give it once");
}

TEST_CASE("help is a call for help, not a fault") {
  CLI::App app;
  RunFlags flags;
  add_run_options(app, flags);
  const std::string help = app.help();
  CHECK(help.find("--index,--no-index ") != std::string::npos);
  CHECK(help.find("{false}") == std::string::npos);
  CHECK(help.find("-@,--threads N") != std::string::npos);
  CHECK(help.find("[default: results]") != std::string::npos);
}

TEST_CASE("a subcommand that does a part of a run takes those options alone") {
  CLI::App app{"", "stardose"};
  CLI::App* command = app.add_subcommand("part", "");
  RunFlags flags;
  add_some_options(*command, flags, {"input", "min-depth"});
  CHECK(command->get_option_no_throw("--output") == nullptr);
  std::vector<std::string> arguments{"7", "--min-depth", "a.bam", "--input", "part"};
  app.parse(arguments);
  const RunRequest request = resolve(flags);
  CHECK(request.settings.input.files == std::vector<std::string>{"a.bam"});
  CHECK(request.settings.input.thresholds.min_depth == 7);
  CHECK(request.settings.output.folder == Settings{}.output.folder);
}
