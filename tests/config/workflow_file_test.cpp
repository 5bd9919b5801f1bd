// Settings from a workflow file, and every message about one.
#include "config/workflow_file.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "genomics/input_error.h"

using namespace stardose::config;
using stardose::genomics::ErrorParts;
using stardose::genomics::Fault;
using stardose::genomics::InputError;

namespace {

Settings read(const std::string& text) { return read_workflow_text(text, "w.yaml"); }

/// The parts of the error that reading the text raises; none when it raises none.
ErrorParts fault_in(const std::string& text) {
  try {
    static_cast<void>(read(text));
  } catch (const InputError& error) {
    CHECK(error.fault() == Fault::usage);
    return error.parts();
  }
  return {};
}

ErrorParts fault_in_file(const std::string& path) {
  try {
    static_cast<void>(read_workflow(path));
  } catch (const InputError& error) {
    CHECK(error.fault() == Fault::usage);
    return error.parts();
  }
  return {};
}

/// The error's first line, and its help below it.
void check(const std::string& text, const std::string& message, const std::string& help) {
  CAPTURE(text);
  const ErrorParts parts = fault_in(text);
  CHECK(parts.file + ": " + parts.place + ": " + parts.why == message);
  CHECK(parts.help == help);
}

struct TemporaryFolder {
  TemporaryFolder() {
    std::string made = (std::filesystem::temp_directory_path() / "workflow_file_test.XXXXXX").string();
    REQUIRE(mkdtemp(made.data()) != nullptr);
    path = made;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path / name, std::ios::binary} << text;
    return (path / name).string();
  }
  std::filesystem::path path;
};

}  // namespace

TEST_CASE("every key reaches its setting") {
  const Settings settings = read(R"(
input: a.vcf.gz
samples: [^A, '001']
samples-file: names.txt
reference: genome.fa
index: false
genes:
  - CYP2C19
  - DPYD
assume-reference: true
from-small-variants: [CYP2D6]
outside-calls: [hla.tsv, more.tsv]
rank-by-frequency: EUR
call-from: 99
knowledge: /opt/catalogue
output: out
write: [calls]
threads: 8
max-in-flight: 16
strict: true
)");
  CHECK(settings.input.files == std::vector<std::string>{"a.vcf.gz"});
  CHECK(settings.input.samples == std::vector<std::string>{"^A", "001"});
  CHECK(settings.input.samples_file == "names.txt");
  CHECK(settings.input.reference == "genome.fa");
  CHECK_FALSE(settings.input.use_index);
  CHECK(settings.calling.genes == std::vector<std::string>{"CYP2C19", "DPYD"});
  CHECK(settings.calling.assume_reference);
  CHECK(settings.calling.from_small_variants == std::vector<std::string>{"CYP2D6"});
  CHECK(settings.calling.outside_calls == std::vector<std::string>{"hla.tsv", "more.tsv"});
  CHECK(settings.knowledge == "/opt/catalogue");
  CHECK(settings.output.folder == "out");
  CHECK(settings.output.write == std::vector<std::string>{"calls"});
  CHECK(settings.limits.threads == 8);
  CHECK(settings.limits.max_in_flight == 16);
  CHECK(settings.strict);
}

TEST_CASE("the file replaces the defaults it names and leaves the others") {
  Settings defaults;
  defaults.input.files = {"old.vcf"};
  defaults.limits.threads = 3;
  const Settings settings = read_workflow_text("input: new.vcf\n", "w.yaml", defaults);
  CHECK(settings.input.files == std::vector<std::string>{"new.vcf"});
  CHECK(settings.limits.threads == 3);
}

TEST_CASE("paths start from the file's folder, but output, standard input, addresses and absolute paths stay") {
  const Settings settings = read_workflow_text(
      "input: [a.vcf, '-', /data/b.vcf, 'https://host/c.vcf.gz']\nsamples-file: ../names\nreference: ''\n"
      "knowledge: k\noutside-calls: o.tsv\noutput: results\n",
      "runs/today/w.yaml");
  CHECK(settings.input.files ==
        std::vector<std::string>{"runs/today/a.vcf", "-", "/data/b.vcf", "https://host/c.vcf.gz"});
  CHECK(settings.input.samples_file == "runs/today/../names");
  CHECK(settings.input.reference.empty());
  CHECK(settings.knowledge == "runs/today/k");
  CHECK(settings.calling.outside_calls == std::vector<std::string>{"runs/today/o.tsv"});
  CHECK(settings.output.folder == "results");
}

TEST_CASE("an unknown key names the nearest one, or says where all are") {
  check("input: a\noutptu: b\n", "w.yaml: 2:1: unknown key: outptu", "did you mean `output`?");
  check("recipe: warfarin\n", "w.yaml: 1:1: unknown key: recipe", "a recipe is for `stardose train`, with --data");
  check("set: s\n", "w.yaml: 1:1: unknown key: set", "a file of features is for `stardose features`");
  check("vcf: a\n", "w.yaml: 1:1: unknown key: vcf", "`stardose run --print-config` shows every key");
}

TEST_CASE("a repeated key names the line of the first") {
  check("input: a\nthreads: 1\ninput: b\n", "w.yaml: 3:1: repeated key: input", "it stands in line 1 already");
}

TEST_CASE("a value of the wrong kind says what was expected") {
  check("threads: 012\n", "w.yaml: 1:10: threads: expected a whole number from 1 to 1024, or auto; found: 012",
        "write digits only, without leading zeros");
  check("threads: '4'\n", "w.yaml: 1:10: threads: expected a whole number from 1 to 1024, or auto; found: quoted text",
        "leave the quotes out");
  check("threads: [4]\n", "w.yaml: 1:1: threads: expected a whole number from 1 to 1024, or auto; found: a list",
        "write one value: `threads: ...`");
  check("strict: no\n", "w.yaml: 1:9: strict: expected true or false; found: no",
        "write `true` or `false`, in lower case");
  check("genes: DPYD\n", "w.yaml: 1:8: genes: expected a list of names; found: DPYD", "write a list: `genes: [DPYD]`");
  check("input:\noutput: x\n", "w.yaml: 1:1: input: expected a path or a list of paths; found: nothing",
        "write a value behind the colon, or leave the line out");
  check("input: ~\n", "w.yaml: 1:1: input: expected a path or a list of paths; found: nothing",
        "write a value behind the colon, or leave the line out");
  check("output: {a: b}\n", "w.yaml: 1:1: output: expected a path; found: keys",
        "keys are not nested; quote text in curly brackets");
  check("write: [calls, htlm]\n",
        "w.yaml: 1:16: write: expected a list of any of calls, guidance, coverage, dosing, features, html, pdf, json, "
        "fhir, multiqc, dosages; found: htlm",
        "did you mean `html`?");
  check("write: []\n",
        "w.yaml: 1:1: write: expected a list of any of calls, guidance, coverage, dosing, features, html, pdf, json, "
        "fhir, multiqc, dosages; found: an empty list",
        "give at least one");
  check("samples: [A, B, A]\n", "w.yaml: 1:17: samples: repeated entry: A", "name it once");
}

TEST_CASE("all faults are listed in file order, up to twenty") {
  const ErrorParts parts = fault_in("threads: x\nfoo: 1\noutput: *2\n");
  CHECK(parts.place == "1:10");
  CHECK(parts.help.find("\nalso 2:1: unknown key: foo (`stardose run --print-config` shows every key)") !=
        std::string::npos);
  CHECK(parts.help.find("\nalso 3:9: an unquoted star begins a YAML alias (quote star names: '*2')") !=
        std::string::npos);
  CHECK(fault_in("foo: 1\nthreads: 2\ninput:\n\t- a\n").place == "1:1");

  std::string many;
  for (int i = 0; i < 25; ++i) many += "a" + std::to_string(i) + ": 1\n";
  const std::string help = fault_in(many).help;
  CHECK(std::ranges::count(help, '\n') == 20);
  CHECK(help.ends_with("\nand 5 more"));
}

TEST_CASE("a hundred thousand names are read in a moment") {
  std::string text = "samples: [s";
  for (int i = 0; i < 100'000; ++i) text += ", s" + std::to_string(i);
  CHECK(read(text + "]\n").input.samples.size() == 100'001);
}

TEST_CASE("a file that is missing, no file, or no workflow says which") {
  const TemporaryFolder folder;
  const std::string about = "a workflow file is a short YAML text; give variant files and alignments with `--input`";
  CHECK(fault_in_file("none.yaml").why == "workflow file not found");
  CHECK(fault_in_file("none.yaml").file == "none.yaml");
  CHECK(fault_in_file(folder.path.string()).why == "is a folder, not a workflow file");
  CHECK(fault_in_file("/dev/null").why == "is not a regular file");
  CHECK(fault_in_file(folder.write("a.vcf", "##fileformat=VCFv4.2\n")).why ==
        "is not a workflow file: it looks like an input");
  CHECK(fault_in_file(folder.write("a.vcf.gz", "\x1f\x8b\x08")).help == about);
  CHECK(fault_in_file(folder.write("big.yaml", std::string(1'000'001, '#'))).why == "is larger than 1 MB");
  if (geteuid() != 0) {
    const std::string path = folder.write("closed.yaml", "input: a\n");
    std::filesystem::permissions(path, std::filesystem::perms::none);
    CHECK(fault_in_file(path).why == "cannot be read: Permission denied");
  }
  const std::string path = folder.write("w.yaml", "input: a.vcf\n");
  CHECK(read_workflow(path).input.files.front() == (folder.path / "a.vcf").string());
}

TEST_CASE("the workflows that come with the program are readable") {
  const auto workflows = std::filesystem::path{__FILE__}.parent_path().parent_path().parent_path() / "workflows";
  if (!std::filesystem::exists(workflows)) return;
  const Settings report = read_workflow((workflows / "pgx-report.yaml").string());
  CHECK(report.input.files.front() == (workflows / "../data-samples/family.vcf.gz").string());
  CHECK(report.output.write.size() == 4);
  CHECK_FALSE(report.calling.assume_reference);
  const Settings cohort = read_workflow((workflows / "pgx-cohort.yaml").string());
  CHECK(cohort.output.write == std::vector<std::string>{"calls", "guidance"});
  const Settings dosages = read_workflow((workflows / "dosages.yaml").string());
  CHECK(dosages.output.write == std::vector<std::string>{"calls", "dosages"});
  CHECK(dosages.output.dosage_sites == "catalogue");
  const Settings warfarin = read_workflow((workflows / "warfarin-dosing.yaml").string());
  CHECK(warfarin.dosing.dose == std::vector<std::string>{"warfarin"});
  CHECK(warfarin.patients.covariates == (workflows / "../data-samples/patients.tsv").string());
}
