// One truth in many spellings: a genome is the same person's, whoever wrote it down.
#include "tests/builders/ways_of_writing.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/builders/caller_dialects.h"
#include "tests/builders/planted_comparison.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/in_process_calls.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

using test::Records;
using test::WrittenPeople;

struct Answer {
  std::string status;
  std::string meaning;  ///< diplotype, phenotype, activity score
  std::string grounds;  ///< phasing, what is missing, what it could also be
};
using Answers = std::map<std::pair<std::string, std::string>, Answer>;  // by sample and gene
using File = std::pair<Records, std::vector<std::string>>;              // with its samples

/// Of these, more may stay in doubt where a record has stars or more alternatives: indels of POR and CYP17A1 stand in
/// the catalogue without the base that holds them, and one of G6PD's alleles is a deletion of other alleles' places.
/// They may become no calls, and never other ones.
bool may_doubt(const std::string& gene) { return gene == "POR" || gene == "CYP17A1" || gene == "G6PD"; }

const std::vector<const pharmaco::Gene*>& genes() {
  static const std::vector<const pharmaco::Gene*> chosen = test::genes_from_variants(embedded_knowledge());
  return chosen;
}

Answers answers_to_texts(const std::vector<std::string>& texts) {
  const TempFolder folder;
  std::vector<std::string> args{"run", "--write", "calls", "--output", folder / "out"};
  for (const std::string& text : texts) {
    const std::string name = "in" + std::to_string(args.size()) + ".vcf";
    args.insert(args.end(), {"--input", folder.write(name, text)});
  }
  const ProgramResult run = run_program(args);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  const auto cells = [](const TableRow& row, const std::vector<std::string>& columns) {
    std::vector<std::string> values;
    for (const std::string& column : columns) values.push_back(row.at(column));
    return join_text(values, " | ");
  };
  Answers answers;
  for (const TableRow& row : read_table(folder / "out/calls.tsv")) {
    answers[{row.at("sample"), row.at("gene")}] = {
        row.at("status"), cells(row, {"diplotype", "phenotype", "activity_score"}),
        cells(row, {"phasing", "sites_missing", "sites_undocumented", "untested_alleles", "could_also_be"})};
  }
  return answers;
}

Answers answers_to(const std::vector<File>& files) {
  std::vector<std::string> texts;
  for (const auto& [records, samples] : files) texts.push_back(test::text_of(records, samples));
  return answers_to_texts(texts);
}

void check_same(const Answers& expected, const Answers& answers) {
  constexpr std::size_t enough = 5;
  std::vector<std::string> others;
  for (const auto& [key, was] : expected) {
    const Answer& is = answers.at(key);
    const bool same = is.status == was.status && is.meaning == was.meaning && is.grounds == was.grounds;
    const bool in_doubt = may_doubt(key.second) && (is.status == "no_call" || is.meaning == was.meaning);
    if (same || in_doubt) continue;
    others.push_back(key.first + " " + key.second + ": " + was.meaning + " (" + was.grounds + ") became " + is.meaning +
                     " (" + is.grounds + ")");
  }
  CHECK_EQ(others.size(), 0);
  others.resize(std::min(others.size(), enough));
  CHECK_EQ(join_text(others, "\n"), "");
}

struct Truth {
  WrittenPeople people;
  Answers answers;

  /// Of every other person, or of one.
  [[nodiscard]] Answers of_people(std::size_t first, std::size_t step) const {
    Answers some;
    for (std::size_t k = first; k < people.samples().size(); k += step) {
      const auto begin = answers.lower_bound({people.samples()[k], ""});
      const auto end = answers.upper_bound({people.samples()[k], "~"});
      some.insert(begin, end);
    }
    return some;
  }
  [[nodiscard]] std::vector<std::string> samples(std::size_t first, std::size_t step) const {
    std::vector<std::string> some;
    for (std::size_t k = first; k < people.samples().size(); k += step) some.push_back(people.samples()[k]);
    return some;
  }
};

constexpr std::size_t everybody = 120;

const Truth& truth() {
  static const Truth made = [] {
    test::Dice dice{20'261'123};
    WrittenPeople people{genes(), everybody, dice};
    Answers answers = answers_to({{people.records(), people.samples()}});
    std::erase_if(answers, [](const auto& answer) {
      return std::ranges::find(genes(), answer.first.second, &pharmaco::Gene::symbol) == genes().end();
    });
    return Truth{std::move(people), std::move(answers)};
  }();
  return made;
}

void check_way(const std::string& way, const Records& records) {
  INFO(way);
  check_same(truth().answers, answers_to({{records, truth().people.samples()}}));
}

}  // namespace

TEST_SUITE("program: ways of writing") {
  TEST_CASE("people with alleles of all genes are called, most of them") {
    CHECK_EQ(truth().answers.size(), everybody * genes().size());
    const auto called =
        std::ranges::count_if(truth().answers, [](const auto& answer) { return answer.second.status == "called"; });
    CHECK_GE(2 * static_cast<std::size_t>(called), truth().answers.size());
  }

  TEST_CASE("which alternatives a record lists, and in what order, changes no answer") {
    const Records& records = truth().people.records();
    check_way("what somebody has", test::only_carried(records));
    check_way("the last first", test::turned(records));
    check_way("<NON_REF>", test::with_more(records, "<NON_REF>"));
    check_way("a star", test::with_more(records, "*"));
    check_way("a star first", test::turned(test::with_more(records, "*")));
  }

  TEST_CASE("a record for each alternative changes no answer, whatever it says of the others") {
    const Records& records = truth().people.records();
    check_way("others are reference", test::split(records, test::OtherAlternatives::reference));
    check_way("others are unread", test::split(records, test::OtherAlternatives::unread));
    check_way("others are star", test::split(records, test::OtherAlternatives::star));
  }

  TEST_CASE("bases that alleles share change no answer") {
    check_way("as they are", test::padded(truth().people.records()));
    check_way("an alternative a record",
              test::padded(test::split(truth().people.records(), test::OtherAlternatives::reference)));
  }

  TEST_CASE("the order of strands changes no answer") {
    check_way("turned", test::other_strand_first(truth().people.records()));
  }

  TEST_CASE("records that are there twice change no answer") {
    check_way("twice", test::repeated(truth().people.records()));
  }

  TEST_CASE("records over several files change no answer, where phases do not come apart") {
    const Records& records = truth().people.records();
    const std::vector<std::string>& samples = truth().people.samples();
    check_same(truth().answers,
               answers_to({{test::of_contigs(records, false), samples}, {test::of_contigs(records, true), samples}}));
    const Records unphased = test::of_people(records, 1, 2);
    check_same(truth().of_people(1, 2), answers_to({{test::every_other(unphased, false), truth().samples(1, 2)},
                                                    {test::every_other(unphased, true), truth().samples(1, 2)}}));
  }

  TEST_CASE("neighbouring bases in one record change no answer of who is phased") {
    const Records phased = test::of_people(truth().people.records(), 0, 2);
    const Records joined = test::neighbours_joined(phased);
    CHECK_LT(joined.size(), phased.size());
    check_same(truth().of_people(0, 2), answers_to({{joined, truth().samples(0, 2)}}));
  }

  TEST_CASE("the other assembly changes no answer of a gene with all its places there") {
    Answers expected;
    for (const pharmaco::Gene* const gene : genes()) {
      const bool placed = std::ranges::all_of(gene->sites, [](const auto& site) { return site.grch37.has_value(); });
      for (const std::string& sample : truth().people.samples()) {
        if (placed) expected[{sample, gene->symbol}] = truth().answers.at({sample, gene->symbol});
      }
    }
    CHECK_GE(10 * expected.size(), 9 * truth().answers.size());
    check_same(expected, answers_to({{test::on_grch37(truth().people.records()), truth().people.samples()}}));
  }

  TEST_CASE("a person alone, in records or in blocks, has the answers of the cohort") {
    for (std::size_t person = 0; person < 12; ++person) {
      const std::string name = truth().people.samples()[person];
      INFO(name);
      const Answers expected = truth().of_people(person, everybody);
      const Records own = test::only_carried(test::of_people(truth().people.records(), person, everybody));
      check_same(expected, answers_to({{own, {name}}}));
      check_same(expected, answers_to({{test::in_blocks(own), {name}}}));
    }
  }

  TEST_CASE("what callers write beside a genotype changes no answer") {
    for (const test::CallerDialect& dialect : test::caller_dialects()) {
      INFO(dialect.name);
      if (!dialect.has_blocks) {
        const Records records = test::only_carried(truth().people.records());
        check_same(truth().answers, answers_to_texts({test::text_of(records, truth().people.samples(), dialect)}));
      }
      for (std::size_t person = 0; person < 6; ++person) {
        const std::string name = truth().people.samples()[person];
        INFO(name);
        const Records own = test::only_carried(test::of_people(truth().people.records(), person, everybody));
        check_same(truth().of_people(person, everybody), answers_to_texts({test::text_of(own, {name}, dialect)}));
      }
    }
  }
}

}  // namespace stardose::tests
