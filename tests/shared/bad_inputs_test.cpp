// Damaged and hostile files (cases/bad-inputs) through the program's doors: refused in words or read, within 10 seconds
// and 512 MiB, and never a crash or a file under a final name that is not a result.
#include "tests/shared/bad_inputs.h"

#include <doctest/doctest.h>
#include <htslib/sam.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "genomics/io/hts_handle.h"
#include "tests/builders/leaks_of_others.h"
#include "tests/program/limits.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string samples = STARDOSE_SOURCE_DIR "/data-samples/";
const std::string workflows = STARDOSE_SOURCE_DIR "/workflows/";

/// A way into the program: the command for an input and a folder for results.
struct Door {
  std::string name;
  std::function<std::vector<std::string>(const std::string& input, const std::string& folder)> command;
  bool is_pipe = false;
  bool asks_more = false;  ///< than the input: refuses, too, what is right and does not fit what else it is given
};

std::vector<Door> doors_for_variants() {
  return {
      {"run",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"run", "--input", in, "--write", "calls,guidance", "-o", out};
       }},
      {"annotate",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"annotate", in, "-o", out + "/a.vcf"};
       }},
  };
}

std::vector<Door> more_doors_for_variants() {
  return {
      {"run -",
       [](const auto&, const auto& out) {
         return std::vector<std::string>{"run", "--input", "-", "-o", out};
       },
       true},
      {"annotate to BCF",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"annotate", in, "-o", out + "/a.bcf"};
       }},
      {"features",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"features", "--genotypes", "all", "--input", in, "-o", out};
       },
       false, true},
      {"dose",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"dose",    "warfarin", "--covariates", samples + "patients.tsv",
                                         "--input", in,         "-o",           out};
       },
       false, true},
      {"polygenic",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{
             "polygenic", "--min-overlap", "0", "--score", samples + "made_up_score.txt", "--input", in, "-o", out};
       },
       false, true},
  };
}

std::vector<Door> doors_for_reads(const std::string& assembly) {
  return {
      {"run",
       [=](const auto& in, const auto& out) {
         return std::vector<std::string>{"run",     "--input",   in,   "--assembly", assembly,
                                         "--genes", "F5,CYP2D6", "-o", out};
       }},
      {"genotype",
       [=](const auto& in, const auto& out) {
         return std::vector<std::string>{"genotype", "--input", in,   "--assembly",  assembly,
                                         "--genes",  "F5",      "-o", out + "/a.vcf"};
       }},
  };
}

/// Doors at which tables, models, workflows and the like come in, and at which a variant file is as wrong as can be.
std::vector<Door> doors_for_texts() {
  const std::string people = samples + "family.vcf.gz";
  return {
      {"model show",
       [](const auto& in, const auto&) {
         return std::vector<std::string>{"model", "show", in};
       }},
      {"score",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"score", in, "--table", samples + "patients.tsv", "-o", out};
       }},
      {"workflow",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"run", in, "-o", out};
       }},
      {"covariates",
       [=](const auto& in, const auto& out) {
         return std::vector<std::string>{"dose", "warfarin", "--covariates", in, "--input", people, "-o", out};
       }},
      {"outside calls",
       [=](const auto& in, const auto& out) {
         return std::vector<std::string>{"run", "--input", people, "--outside-calls", in, "-o", out};
       }},
      {"calls",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"dose",    "warfarin", "--covariates", samples + "patients.tsv",
                                         "--calls", in,         "-o",           out};
       }},
      {"recipe",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"train",        in, "--data", samples + "made_up_cohort.tsv", "--output",
                                         out + "/m.json"};
       }},
      {"training table",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"train",        workflows + "train-warfarin.yaml", "--data", in, "--output",
                                         out + "/m.json"};
       }},
      {"feature set",
       [=](const auto& in, const auto& out) {
         return std::vector<std::string>{"features", in,     "--covariates", samples + "patients.tsv",
                                         "--input",  people, "-o",           out};
       }},
      {"scoring file",
       [=](const auto& in, const auto& out) {
         return std::vector<std::string>{"polygenic", "--score", in, "--input", people, "-o", out};
       }},
      {"truth",
       [=](const auto& in, const auto&) {
         return std::vector<std::string>{"concordance", "--truth", in, "--calls", samples + "expected/calls.tsv"};
       }},
      {"input list",
       [](const auto& in, const auto& out) {
         return std::vector<std::string>{"run", "--input-list", in, "-o", out};
       }},
      {"reference",
       [=](const auto& in, const auto& out) {
         return std::vector<std::string>{"run", "--input", people, "--reference", in, "-o", out};
       }},
  };
}

bool is_reads(const std::string& kind) { return kind == "bam" || kind == "cram" || kind == "sam"; }

/// One file at one door: what happened, and what is wrong with that.
std::string walk_in(const Door& door, const std::string& input, std::string& error) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "out");
  const ProgramResult run = run_limited(door.command(input, folder / "out"), door.is_pipe ? input : std::string{});
  error = run.err;
  const std::string manner = manner_of(run);
  // A score that finds too little is a finding, which is told beside the exit code.
  const bool has_result = manner == "accept" || manner == "warn" || (door.asks_more && run.exit_code == 4);
  const auto is_final = [](const std::string& file) { return !file.ends_with(".partial"); };
  const bool left_something = !has_result && std::ranges::any_of(files_below(folder / "out"), is_final);
  return left_something ? manner + ", leaving a result" : manner;
}

/// A copy with an index, where one can be made; a BAM of what is SAM.
std::string with_index(const TempFolder& folder, const std::string& file) {
  namespace g = genomics;
  std::string copy = folder / std::filesystem::path{file}.filename().string();
  hts_set_log_level(HTS_LOG_OFF);
  if (file.ends_with(".sam")) {
    copy += ".bam";
    const g::HtsHandle<htsFile> in{hts_open(bad_input(file).c_str(), "r")};
    const g::HtsHandle<htsFile> out{hts_open(copy.c_str(), "wb")};
    const g::HtsHandle<sam_hdr_t> header{sam_hdr_read(in.get())};
    const g::HtsHandle<bam1_t> read{bam_init1()};
    if (!header || sam_hdr_write(out.get(), header.get()) != 0) return {};
    while (sam_read1(in.get(), header.get(), read.get()) >= 0 && sam_write1(out.get(), header.get(), read.get()) >= 0) {
    }
  } else {
    std::filesystem::copy_file(bad_input(file), copy);
  }
  const test::LeaksOfOthers header;  // HTSlib 1.16 keeps that of a BAM which ends in the middle
  [[maybe_unused]] const int status = sam_index_build(copy.c_str(), 0);
  return copy;
}

std::string assembly_of_reads(const std::string& file) {
  return file.find("level-") != std::string::npos ? "GRCh37" : "GRCh38";
}

std::vector<Door> doors_for(const TableRow& row) {
  const std::string& file = row.at("file");
  const std::string& kind = row.at("kind");
  if (is_reads(kind)) return doors_for_reads(assembly_of_reads(file));
  if (kind == "json") return {doors_for_texts().front(), doors_for_texts()[1], doors_for_texts()[4]};
  std::vector<Door> doors = doors_for_variants();
  const bool is_telling = file.starts_with("derived/") || kind != "vcf";
  if (!is_telling || kind == "index") return doors;  // through a pipe no index can be asked for
  for (Door& door : more_doors_for_variants()) doors.push_back(std::move(door));
  return doors;
}

/// Takes one file through its doors and counts it.
void try_file(const TableRow& row, Exceptions& exceptions, std::map<std::string, KindCount>& kinds) {
  const std::string& file = row.at("file");
  const std::string& expected = row.at("expected");
  KindCount& kind = kinds[row.at("kind") + '\t' + expected];
  const TempFolder copies;
  const bool is_indexable = row.at("kind") == "bam" || row.at("kind") == "cram";
  const std::string input = is_indexable ? with_index(copies, file) : bad_input(file);
  bool is_exception = false;
  bool is_failure = false;
  std::string first;
  for (const Door& door : doors_for(row)) {
    std::string error;
    const std::string manner = walk_in(door, input, error);
    if (first.empty()) first = manner;
    INFO(file, ", ", door.name, ": wanted ", expected, ", got ", manner, ": ", error);
    const std::string name = std::filesystem::path{input}.filename().string();
    if (manner == "reject" && !door.asks_more) CHECK(error.find(door.is_pipe ? "-" : name) != std::string::npos);
    if (satisfies(door.asks_more && expected != "reject" ? "no-crash" : expected, manner)) continue;
    const bool known = exceptions.cover(file, expected, manner, error);
    CHECK(known);
    (known ? is_exception : is_failure) = true;
  }
  ++kind.files;
  ++(first == "reject" ? kind.refused : kind.accepted);
  kind.exceptions += is_exception ? 1 : 0;
  kind.failures += is_failure ? 1 : 0;
}

}  // namespace

TEST_SUITE("shared: bad inputs") {
  TEST_CASE("each file gets what its manifest asks at every door, but for a list") {
    if (!shared_is_there()) return;
    Exceptions exceptions;
    std::map<std::string, KindCount> kinds;
    const std::vector<TableRow> manifest = read_table(bad_input("MANIFEST.tsv"));
    for (const TableRow& row : manifest) try_file(row, exceptions, kinds);
    CHECK(manifest.size() >= 804);
    for (const std::string& row : exceptions.not_needed()) FAIL_CHECK("an exception that no file needs: ", row);
    MESSAGE(table_of(kinds));
  }

  TEST_CASE("what samtools makes of SAM text is read or refused in words") {
    if (!shared_is_there()) return;
    int accepted = 0;
    for (const TableRow& row : read_table(bad_input("MANIFEST.tsv"))) {
      const std::string& file = row.at("file");
      const TempFolder folder;
      const std::string bam = row.at("kind") == "sam" ? with_index(folder, file) : std::string{};
      if (bam.empty()) continue;
      std::string error;
      const std::string manner = walk_in(doors_for_reads("GRCh38").front(), bam, error);
      INFO(file, ": ", error);
      CHECK((manner == "accept" || manner == "warn" || manner == "reject"));
      accepted += manner == "reject" ? 0 : 1;
    }
    CHECK(accepted > 20);
  }

  TEST_CASE("files at doors that they were not made for are refused in words") {
    if (!shared_is_there()) return;
    int runs = 0;
    for (const TableRow& row : read_table(bad_input("MANIFEST.tsv"))) {
      if (!row.at("file").starts_with("derived/")) continue;
      for (const Door& door : doors_for_texts()) {
        std::string error;
        const std::string manner = walk_in(door, bad_input(row.at("file")), error);
        INFO(row.at("file"), ", ", door.name, ": ", error);
        // A table of outside calls without a line is one without calls.
        const bool is_empty_table = row.at("file") == "derived/empty.vcf" && door.name == std::string{"outside calls"};
        CHECK_EQ(manner, is_empty_table ? "accept" : "reject");
        ++runs;
      }
    }
    CHECK(runs > 700);
  }

  TEST_CASE("one cohort in many clothes has the same calls") {
    if (!shared_is_there()) return;
    const auto calls = [](const std::string& file) {
      const TempFolder folder;
      const ProgramResult run =
          run_limited({"run", "--input", bad_input("derived/" + file), "--write", "calls", "-o", folder / "out"});
      REQUIRE_EQ(run.exit_code, 0);
      return file_text(folder / "out/calls.tsv");
    };
    const std::string right = calls("ok_cyp2c19_100.vcf.gz");
    CHECK(std::ranges::count(right, '\n') > 8000);
    for (const char* file : {"ok_uncompressed.bcf", "plain_gzip.vcf.gz", "nochr_names.vcf", "idx_stale.vcf.gz"}) {
      CHECK_MESSAGE(calls(file) == right, file);
    }
  }
}

}  // namespace stardose::tests
