// Real genomes in other wrappings: what a file looks like never changes what a person is called.
#include <doctest/doctest.h>
#include <htslib/vcfutils.h>

#include <map>
#include <string>
#include <vector>

#include "tests/program/bgzip.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

/// Forty people of the cohort as BCF, and the same records again in every other wrapping.
class Wrappings {
 public:
  explicit Wrappings(const TempFolder& folder) : folder_{folder} {
    in_ = hts_open(shared_path("data/1kgp3202_pgx_grch38.bcf").c_str(), "r");
    header_ = bcf_hdr_read(in_);
    for (int i = 0; i < 40; ++i) names_.emplace_back(header_->samples[i * 80 + 3]);
    const std::string list = join_text(names_, ",");
    REQUIRE(bcf_hdr_set_samples(header_, list.c_str(), 0) == 0);
    open("bcf", "wb");
    open("gz", "wz");
    open("level9", "wb9");
    open("text", "w");
    bcf1_t* record = bcf_init();
    while (bcf_read(in_, header_, record) == 0) {
      for (const char* name : {"bcf", "gz", "level9", "text"}) write(name, record);
      const std::string contig = bcf_hdr_id2name(header_, record->rid);
      if (!files_.contains(contig)) {
        open(contig, files_.size() % 2 == 0 ? "wz" : "wb");
        contigs_.push_back(contig);
      }
      write(contig, record);
    }
    bcf_destroy(record);
    for (const auto& [name, file] : files_) REQUIRE(hts_close(file) == 0);
    bcf_hdr_destroy(header_);
    hts_close(in_);
    REQUIRE(bcf_index_build3(path("level9").c_str(), nullptr, 14, 1) == 0);
  }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] const std::vector<std::string>& contigs() const { return contigs_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  void open(const std::string& name, const char* mode) {
    files_[name] = hts_open(path(name).c_str(), mode);
    REQUIRE(bcf_hdr_write(files_[name], header_) == 0);
  }

  void write(const std::string& name, bcf1_t* record) { REQUIRE(bcf_write(files_[name], header_, record) == 0); }

  const TempFolder& folder_;
  htsFile* in_ = nullptr;
  bcf_hdr_t* header_ = nullptr;
  std::map<std::string, htsFile*> files_;
  std::vector<std::string> contigs_;
  std::vector<std::string> names_;
};

std::string calls(const std::vector<std::string>& inputs, const std::string& output,
                  const std::vector<std::string>& more = {}) {
  std::vector<std::string> args{"run", "--write", "calls", "--output", output};
  for (const std::string& input : inputs) args.insert(args.end(), {"--input", input});
  args.insert(args.end(), more.begin(), more.end());
  const ProgramResult run = run_program(args);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return file_text(output + "/calls.tsv");
}

}  // namespace

TEST_SUITE("shared: same answer") {
  TEST_CASE("split by chromosome, compressed anew, alone and with any number of threads") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const Wrappings wrapped{folder};
    const std::string expected = calls({wrapped.path("bcf")}, folder / "expected");
    CHECK_GT(split_text(expected, "\tcalled\t").size(), 400);

    for (const char* name : {"gz", "level9", "text"}) CHECK(calls({wrapped.path(name)}, folder / "out") == expected);
    for (const char* threads : {"1", "2", "8"}) {
      CHECK(calls({wrapped.path("level9")}, folder / "out", {"--threads", threads}) == expected);
      CHECK(calls({wrapped.path("gz")}, folder / "out", {"--threads", threads}) == expected);
      CHECK(calls({wrapped.path("bcf")}, folder / "out", {"--threads", threads}) == expected);
    }

    std::vector<std::string> parts;
    for (const std::string& contig : wrapped.contigs()) parts.push_back(wrapped.path(contig));
    REQUIRE_GT(parts.size(), 10);
    CHECK(calls(parts, folder / "out") == expected);
    CHECK(calls({parts.rbegin(), parts.rend()}, folder / "out", {"--threads", "2"}) == expected);

    for (const std::string& name : {wrapped.names().front(), wrapped.names()[17], wrapped.names().back()}) {
      std::string alone;
      for (const std::string& line : split_text(expected, "\n")) {
        const std::string sample = line.substr(0, line.find('\t'));
        if (sample == "sample" || sample == name) alone += line + "\n";
      }
      CHECK(calls({wrapped.path("gz")}, folder / "out", {"--samples", name}) == alone);
    }
  }
}

}  // namespace stardose::tests
