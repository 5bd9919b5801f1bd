// Indexes of CRAMs that have lost a slice, and those of other files.
#include "genomics/reads/cram_index_check.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "genomics/io/text_lines.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/alignment_refusal.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using stardose::test::alignment_refusal;
using stardose::test::AlignmentBuilder;
using stardose::test::TempFolder;

namespace {

AlignmentBuilder reads(int count, int unplaced = 0) {
  AlignmentBuilder file;
  for (const std::string contig : {"chr1", "chr10", "chr22"}) {
    for (int k = 0; k < count; ++k) {
      file.read("r" + std::to_string(k) + " 0 " + contig + " " + std::to_string(101 + 7 * k) + " 60 4M", "ACGT");
    }
  }
  for (int k = 0; k < unplaced; ++k) file.read("u" + std::to_string(k) + " 4 * 0 0 *", "ACGT");
  return file;
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> all;
  TextLines lines{path, "index"};
  for (std::string_view line; lines.next(line);) all.emplace_back(line);
  return all;
}

/// Which bytes of the file it is about.
std::string place_of(const std::string& line) {
  return line.substr(line.find('\t', line.find('\t', line.find('\t') + 1) + 1));
}

std::string fault_in(const std::string& index, const std::string& cram) {
  hFILE* const file = hopen(cram.c_str(), "r");
  REQUIRE(file != nullptr);
  constexpr off_t somewhere = 26;
  REQUIRE(hseek(file, somewhere, SEEK_SET) == somewhere);
  const char* const fault = CramIndex{index}.fault_in(*file);
  CHECK_EQ(htell(file), somewhere);
  CHECK_EQ(hclose(file), 0);
  return fault == nullptr ? "" : fault;
}
const char* fault_near(const CramIndex& index, hFILE& file, const std::string& cram, int contig, std::int64_t begin,
                       std::int64_t end) {
  std::optional<ContainerReach> reach;
  return index.fault_near(file, contig, begin, end,
                          [&](std::uint64_t container, std::uint64_t reads) -> const std::optional<ContainerReach>& {
                            return reach = reach_of_container(cram, container, reads);
                          });
}

/// Of each stretch of 100 bases.
std::string fault_anywhere(const std::string& cram) {
  hFILE* const file = hopen(cram.c_str(), "r");
  REQUIRE(file != nullptr);
  const CramIndex index{cram + ".crai"};
  const char* fault = index.fault_in(*file);
  for (int contig = 0; contig < 3; ++contig) {
    for (std::int64_t at = 0; at < 5'000 && fault == nullptr; at += 100) {
      fault = fault_near(index, *file, cram, contig, at, at + 100);
    }
  }
  CHECK_EQ(hclose(file), 0);
  return fault == nullptr ? "" : fault;
}

std::string fault_in(const std::string& cram) { return fault_in(cram + ".crai", cram); }

}  // namespace

TEST_SUITE("the index of a CRAM") {
  TEST_CASE("is its file's, however it is cut, with unplaced reads and without any") {
    const TempFolder folder;
    for (const int count : {0, 1, 100, 700}) {
      for (const int unplaced : {0, 1, 250}) {
        for (const auto& [size, slices] : {std::pair{10'000, 1}, {100, 1}, {50, 3}}) {
          CAPTURE(count);
          CAPTURE(unplaced);
          CAPTURE(size);
          AlignmentBuilder file = reads(count, unplaced).slices(size, slices);
          for (const bool shared : {false, true}) {
            CAPTURE(shared);
            if (shared) file.shared_slices();
            CHECK_EQ(fault_anywhere(file.write_cram(folder / "a.cram", "")), "");
          }
        }
      }
    }
  }

  TEST_CASE("says of reads of several contigs in one slice that they lie where they lie") {
    const TempFolder folder;
    for (const auto& [size, slices] : {std::pair{10'000, 1}, {50, 3}}) {
      const std::string path = reads(12, 5).shared_slices().slices(size, slices).write_cram(folder / "a.cram", "");
      const std::vector<std::string> lines = lines_of(path + ".crai");
      REQUIRE_EQ(lines.size(), 4);
      REQUIRE_EQ(std::set<std::string>({place_of(lines[0]), place_of(lines[1]), place_of(lines[2])}).size(), 1);
      const auto fault_with = [&](std::size_t number, int begin, int span) {
        std::ofstream index{path + ".crai", std::ios::trunc};
        for (std::size_t k = 0; k < lines.size(); ++k) {
          const std::string changed = lines[k].substr(0, lines[k].find('\t')) + "\t" + std::to_string(begin) + "\t" +
                                      std::to_string(span) + place_of(lines[k]);
          if (k != number || span > 0) index << (k == number ? changed : lines[k]) << '\n';
        }
        index.close();
        return fault_anywhere(path);
      };
      for (std::size_t number = 0; number < 3; ++number) {
        CAPTURE(number);
        CHECK_EQ(fault_with(number, 101, 81), "");
        CHECK_EQ(fault_with(number, 90, 200), "");
        CHECK_EQ(fault_with(number, 101, 80), "its reads lie at other places");
        CHECK_EQ(fault_with(number, 102, 81), "its reads lie at other places");
        CHECK_NE(fault_with(number, 30'000'000, 81), "");
        CHECK_EQ(fault_with(number, 0, 0), "its reads lie at other places");  // the line is missing
      }
      REQUIRE_EQ(fault_with(9, 1, 1), "");
      CHECK(alignment_refusal(path).empty());
    }
  }

  TEST_CASE("is not once any slice of placed reads is missing in it") {
    const TempFolder folder;
    for (const int slices : {1, 3}) {
      const std::string path = reads(400, 30).slices(50, slices).write_cram(folder / "a.cram", "");
      const std::vector<std::string> lines = lines_of(path + ".crai");
      std::set<std::string> places;
      for (const std::string& line : lines) {
        if (!line.starts_with("-1\t")) places.insert(place_of(line));
      }
      REQUIRE(places.size() >= 24);
      for (const std::string& missing : places) {
        CAPTURE(missing);
        std::ofstream index{path + ".crai", std::ios::trunc};
        for (const std::string& line : lines) {
          if (place_of(line) != missing) index << line << '\n';
        }
        index.close();
        CHECK_NE(fault_in(path), "");
      }
      CHECK(alignment_refusal(path).find("the index is not this file's") != std::string::npos);
    }
  }

  TEST_CASE("is not where it is of another file, of the file before reads were added, or empty") {
    const TempFolder folder;
    const std::string path = reads(400).slices(50, 1).write_cram(folder / "a.cram", "");
    const std::string shorter = reads(300).slices(50, 1).write_cram(folder / "b.cram", "");
    for (const auto& [of, by] : {std::pair{path, shorter}, std::pair{shorter, path}}) {
      const std::string index = folder / "index.crai";
      std::filesystem::copy_file(by + ".crai", index, std::filesystem::copy_options::overwrite_existing);
      CHECK_NE(fault_in(index, of), "");
    }
    std::ofstream{path + ".crai", std::ios::trunc};
    CHECK_EQ(fault_in(path), "it ends before the records do");
    std::ofstream{path + ".crai", std::ios::trunc} << "0\t1\t100\tx\t1\t1\n";
    CHECK(alignment_refusal(path).find("this is no line of a CRAM's index") != std::string::npos);
  }

  TEST_CASE("says of reads that they lie where they lie, or more") {
    const TempFolder folder;
    for (const int slices : {1, 3}) {
      // Slices of fewer reads hold those of several contigs.
      const std::string path = reads(150).slices(50, slices).write_cram(folder / "a.cram", "");
      const std::vector<std::string> lines = lines_of(path + ".crai");
      REQUIRE_EQ(lines.size(), 9);
      const auto fault_with = [&](std::size_t number, const std::string& begin, const std::string& span) {
        std::istringstream words{lines[number]};
        std::string contig;
        words >> contig;
        std::ofstream index{path + ".crai", std::ios::trunc};
        for (std::size_t k = 0; k < lines.size(); ++k) {
          index << (k == number ? contig + "\t" + begin + "\t" + span + place_of(lines[k]) : lines[k]) << '\n';
        }
        index.close();
        hFILE* const file = hopen(path.c_str(), "r");
        REQUIRE(file != nullptr);
        const CramIndex changed{path + ".crai"};
        const char* fault = changed.fault_in(*file);
        if (fault == nullptr) fault = fault_near(changed, *file, path, std::stoi(contig), 100, 1200);
        CHECK_EQ(hclose(file), 0);
        return std::string{fault == nullptr ? "" : fault};
      };
      constexpr const char* other_places = "its reads lie at other places";
      for (std::size_t number = 0; number < lines.size(); ++number) {
        CAPTURE(number);
        const int begin = 101 + 350 * (static_cast<int>(number) % 3);
        const std::string true_begin = std::to_string(begin);
        CHECK_EQ(fault_with(number, true_begin, "347"), "");
        CHECK_EQ(fault_with(number, true_begin, "400"), "");
        CHECK_EQ(fault_with(number, true_begin, "346"), other_places);
        CHECK_EQ(fault_with(number, true_begin, "0"), other_places);
        CHECK_EQ(fault_with(number, true_begin, "-5"), other_places);
        CHECK_EQ(fault_with(number, std::to_string(begin + 1), "347"), other_places);
        CHECK_EQ(fault_with(number, std::to_string(begin - 9), "347"), other_places);
        CHECK_NE(fault_with(number, std::to_string(begin + 1'000'000), "347"), "");
      }
    }
  }

  TEST_CASE("is not where a slice is put down for a place that another one lies between") {
    const TempFolder folder;
    const std::string path = reads(40).slices(10, 1).write_cram(folder / "a.cram", "");
    const std::vector<std::string> lines = lines_of(path + ".crai");
    REQUIRE_EQ(lines.size(), 12);
    CHECK_EQ(fault_in(path), "");
    for (std::size_t wrong = 1; wrong < lines.size(); ++wrong) {
      std::ofstream index{path + ".crai", std::ios::trunc};
      for (std::size_t k = 0; k < lines.size(); ++k)
        index << (k == wrong ? "0\t1\t10" + place_of(lines[k]) : lines[k]) << '\n';
      index.close();
      CHECK_EQ(fault_in(path), "its slices are in another order than the reads");
    }
  }
}
