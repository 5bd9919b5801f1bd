// What is asked where.
#include "genomics/evidence/site_question.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/builders/cohort.h"

using namespace stardose::genomics;
using stardose::test::site;

namespace {

std::vector<SiteQuestion> ask(std::vector<Site> sites, const std::vector<std::size_t>& paralogous = {}) {
  const std::vector<std::string> haploid{"chrM"};
  return questions_of(SiteIndex{std::move(sites)}, paralogous, haploid);
}

/// `1 2!`: questions that the question reaches, `!` where it removes them.
std::string reaches(const SiteQuestion& question) {
  std::string text;
  for (const SiteQuestion::Reach& reach : question.reaches) {
    text += (text.empty() ? "" : " ") + std::to_string(reach.question) + (reach.removes ? "!" : "");
  }
  return text;
}

}  // namespace

TEST_CASE("questions come by place, whatever the order of the sites") {
  const auto questions = ask({site("chr2", 5, "A", {"G"}), site("chrM", 9, "A", {"G"}), site("chr1", 7, "A", {"G"}),
                              site("chr10", 1, "A", {"G"})});
  REQUIRE(questions.size() == 4);
  std::string order;
  for (const SiteQuestion& question : questions) order += question.asked.contig + " ";
  CHECK(order == "chr1 chr2 chr10 chrM ");
  CHECK(questions[3].one_copy);
  CHECK_FALSE(questions[0].one_copy);
}

TEST_CASE("a loose site is not asked, and a hidden one by its own site alone") {
  Site loose = site("chr1", 7, "A", {"G"});
  loose.loose = true;
  const auto questions = ask({loose, site("chr1", 9, "TC", {"CT"})});
  REQUIRE(questions.size() == 1);
  CHECK(questions[0].asked.alleles == std::vector<std::string>{"TC", "CT"});
  CHECK(questions[0].targets.size() == 1);
}

TEST_CASE("where all alleles are one base, all bases are asked for") {
  const auto questions = ask({site("chr1", 7, "C", {"T"}), site("chr1", 9, "C", {"CA"})});
  CHECK(questions[0].asked.alleles == std::vector<std::string>{"C", "T", "A", "G"});
  CHECK(questions[0].listed == 2);
  CHECK(questions[1].asked.alleles == std::vector<std::string>{"C", "CA"});
  CHECK(questions[1].listed == 2);
}

TEST_CASE("a paralogous site makes its question so") {
  const auto questions =
      ask({site("chr1", 7, "C", {"T"}), site("chr1", 7, "C", {"G"}), site("chr1", 9, "C", {"G"})}, {1});
  REQUIRE(questions.size() == 2);
  CHECK(questions[0].asked.paralogous);
  CHECK_FALSE(questions[1].asked.paralogous);
}

TEST_CASE("a deletion removes what lies in it, and a base in a deletion's reference bases reaches it") {
  const auto inner = ask({site("chr1", 101, "ACGT", {"A"}), site("chr1", 103, "G", {"T"})});
  CHECK(reaches(inner[0]) == "1!");
  CHECK(reaches(inner[1]) == "0");
  const auto anchor = ask({site("chr1", 101, "A", {"T"}), site("chr1", 101, "ACGT", {"A"})});
  CHECK(reaches(anchor[0]) == "1");
  CHECK(reaches(anchor[1]).empty());
  const auto behind = ask({site("chr1", 101, "ACGT", {"A"}), site("chr1", 105, "G", {"T"})});
  CHECK(reaches(behind[0]).empty());
  CHECK(reaches(behind[1]).empty());
}

TEST_CASE("an insertion reaches what it comes to stand within, and a deletion removes an insertion in it") {
  const auto questions = ask({site("chr1", 101, "ACGT", {"A"}), site("chr1", 102, "C", {"CTT"})});
  CHECK(reaches(questions[0]) == "1!");
  CHECK(reaches(questions[1]) == "0");
  const auto beside = ask({site("chr1", 101, "A", {"AT"}), site("chr1", 102, "C", {"G"})});
  CHECK(reaches(beside[0]).empty());
  CHECK(reaches(beside[1]).empty());
}
