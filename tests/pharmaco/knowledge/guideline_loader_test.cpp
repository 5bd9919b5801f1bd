// Reading and checking the guidance tables and the phrases.
#include "pharmaco/knowledge/guideline_loader.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "pharmaco/knowledge/phrases_loader.h"

using namespace stardose::pharmaco;

namespace {

std::vector<Gene> genes() {
  Gene scored;
  scored.symbol = "CYP";
  scored.phenotype.method = PhenotypeMethod::activity_score;
  scored.phenotype.by_score = {{{0, false}, {}, false, "Normal Metabolizer"}};
  for (const char* name : {"*1", "*2"}) {
    scored.alleles.emplace_back();
    scored.alleles.back().name = name;
  }
  Gene present;
  present.symbol = "HLA-B";
  present.phenotype.method = PhenotypeMethod::presence;
  present.alleles.emplace_back();
  present.alleles.back().name = "*57:01";
  return {scored, present};
}

std::vector<GeneCondition> conditions(const std::string& text, CatalogueFaults& faults) {
  return read_conditions(text, genes(), 5, faults);
}

std::string fault_of(const std::string& when) {
  CatalogueFaults faults{"test"};
  (void)conditions(when, faults);
  REQUIRE(faults.lines().size() == 1);
  return faults.lines().front();
}

constexpr const char* guideline_header = "guideline\tsource\tdrugs\tgenes\tversion\tannotation\tpmids\ttitle\n";
constexpr const char* row_header =
    "guideline\tdrug\tpopulation\twhen\taction\tlevel\tstrength\tconsequence\tdose\tlimit\talternatives\tmonitor\tnote"
    "\n";

/// The embedded phrases with one guideline and the rows given.
std::vector<Guideline> load(const std::string& rows, CatalogueFaults& faults,
                            const std::string& guideline = "g\tCPIC\tx | y\tCYP\t3\tPA1\t11 | 12\tTitle\n") {
  CatalogueFiles files = embedded_files();
  files.texts["guidance/guidelines.tsv"] = guideline_header + guideline;
  files.texts["guidance/recommendations.tsv"] = row_header + rows;
  const Phrases phrases = load_phrases(files, faults);
  return load_guidelines(files, genes(), phrases, faults);
}

bool has_fault(const CatalogueFaults& faults, const std::string& line) {
  return std::ranges::find(faults.lines(), line) != faults.lines().end();
}

Phrases load_phrases_from(const std::string& before, const std::string& after, CatalogueFaults& faults) {
  CatalogueFiles files = embedded_files();
  std::string& text = files.texts["guidance/phrases.yaml"];
  const std::size_t at = text.find(before);
  REQUIRE(at != std::string::npos);
  text.replace(at, before.size(), after);
  return load_phrases(files, faults);
}

}  // namespace

TEST_CASE("conditions are read") {
  CatalogueFaults faults{"test"};
  const auto read = conditions(
      "CYP: Normal Metabolizer | score 0.25-1 | score >=2.5 | indeterminate | no result | diplotype *1/*2; "
      "HLA-B: *57:01 positive",
      faults);
  CHECK(faults.none());
  REQUIRE(read.size() == 2);
  REQUIRE(read[0].keys.size() == 6);
  CHECK(read[0].gene == "CYP");
  CHECK(read[0].keys[0].text == "Normal Metabolizer");
  CHECK(read[0].keys[1].min == ActivityScore{25, false});
  CHECK(read[0].keys[1].max == ActivityScore{100, false});
  CHECK(read[0].keys[2].min == ActivityScore{250, false});
  CHECK_FALSE(read[0].keys[2].max);
  CHECK(read[0].keys[3].kind == GeneKey::Kind::indeterminate);
  CHECK(read[0].keys[4].kind == GeneKey::Kind::no_result);
  CHECK(read[0].keys[5].kind == GeneKey::Kind::diplotype);
  CHECK(read[1].keys[0].text == "*57:01 positive");
  CHECK(conditions("", faults).empty());
}

TEST_CASE("conditions at fault are named") {
  const std::string head = "guidance/recommendations.tsv:5: when: ";
  CHECK(fault_of("CYP Normal") == head + "expected `GENE: key | key`: CYP Normal");
  CHECK(fault_of("ABC: no result") == head + "no such gene: ABC");
  CHECK(fault_of("CYP: no result; CYP: score 1") == head + "the gene is there twice: CYP");
  CHECK(fault_of("CYP: Rapid") == head + "no such phenotype of CYP: Rapid");
  CHECK(fault_of("HLA-B: *57:01 maybe") == head + "no such phenotype of HLA-B: *57:01 maybe");
  CHECK(fault_of("HLA-B: *99:01 positive") == head + "no such phenotype of HLA-B: *99:01 positive");
  CHECK(fault_of("HLA-B: score 1") == head + "HLA-B has no activity score: 1");
  CHECK(fault_of("CYP: score 2-1") == head + "expected `score 1`, `score 0.25-1` or `score >=2.5`: 2-1");
  CHECK(fault_of("CYP: score 1->=2") == head + "expected `score 1`, `score 0.25-1` or `score >=2.5`: 1->=2");
  CHECK(fault_of("CYP: diplotype *1/*3") == head + "no such diplotype of CYP: *1/*3");
  CHECK(fault_of("CYP: diplotype *1") == head + "no such diplotype of CYP: *1");
}

TEST_CASE("guidelines and recommendations are read in order") {
  CatalogueFaults faults{"test"};
  const auto guidelines = load(
      "g\tx\t.\tCYP: score 1\treduce_dose\taction\tstrong\ttoxicity | bleeding\t25-50\t20 mg/day\ta | b\tinr | "
      "ecg\tText.\n"
      "g\ty\tadults\t.\tstandard\tnone\t.\t.\t.\t.\t.\t.\t.\n",
      faults);
  CHECK(faults.lines() == std::vector<std::string>{});
  REQUIRE(guidelines.size() == 1);
  CHECK(guidelines[0].drugs == std::vector<std::string>{"x", "y"});
  CHECK(guidelines[0].pmids == std::vector<std::string>{"11", "12"});
  REQUIRE(guidelines[0].recommendations.size() == 2);
  const Recommendation& first = guidelines[0].recommendations[0];
  CHECK(first.level == AdviceLevel::action);
  CHECK(first.consequences == std::vector<std::string>{"toxicity", "bleeding"});
  CHECK(first.dose_percent == "25-50");
  CHECK(first.alternatives == std::vector<std::string>{"a", "b"});
  CHECK(first.monitor.size() == 2);
  CHECK_FALSE(first.asks_diplotype());
  CHECK(guidelines[0].recommendations[1].when.empty());
  CHECK(guidelines[0].recommendations[1].population == "adults");
}

TEST_CASE("rows at fault are named with their line") {
  CatalogueFaults faults{"test"};
  (void)load(
      "h\tx\t.\t.\tstandard\tnone\t.\t.\t.\t.\t.\t.\t.\n"
      "g\tz\telders\tHLA-B: no result\tdance\tmild\tweak\tluck\t50%\t.\t.\tmood\t.\n"
      "g\tx\t.\tCYP: no result\tstandard\tnone\t.\t.\t.\t.\t.\t.\t.\n"
      "g\tx\t.\t.\tno_result\tunknown\t.\t.\t50-25\t.\t.\t.\t.\n",
      faults);
  const std::string file = "guidance/recommendations.tsv";
  CHECK(has_fault(faults, file + ":2: no such guideline: h"));
  CHECK(has_fault(faults, file + ":3: not a drug of the guideline: z"));
  CHECK(has_fault(faults, file + ":3: not a gene of the guideline: HLA-B"));
  CHECK(has_fault(faults, file + ":3: population: not in phrases.yaml: elders"));
  CHECK(has_fault(faults, file + ":3: action: not in phrases.yaml: dance"));
  CHECK(has_fault(faults, file + ":3: level: expected action, caution, unknown or none"));
  CHECK(has_fault(faults, file + ":3: strength: not in phrases.yaml: weak"));
  CHECK(has_fault(faults, file + ":3: consequence: not in phrases.yaml: luck"));
  CHECK(has_fault(faults, file + ":3: monitor: not in phrases.yaml: mood"));
  CHECK(has_fault(faults, file + ":3: dose: expected percent, `50` or `25-50`"));
  CHECK(has_fault(faults, file + ":4: level none for a result that is indeterminate or missing"));
  CHECK(has_fault(faults, file + ":5: action: only the program itself says no_result"));
  CHECK(has_fault(faults, file + ":5: dose: expected percent, `50` or `25-50`"));
  CHECK(has_fault(faults, file + ": g says nothing on y"));
  CHECK(faults.lines().size() == 14);
}

TEST_CASE("guidelines at fault are named") {
  CatalogueFaults faults{"test"};
  (void)load("g\tx\t.\t.\tstandard\tnone\t.\t.\t.\t.\t.\t.\t.\n", faults,
             "g\tFDA\tx\tABC\t3\tPA1\t.\tTitle\ng\tCPIC\tx\tCYP\t3\tPA1\t.\tTitle\n");
  const std::string file = "guidance/guidelines.tsv";
  CHECK(has_fault(faults, file + ":2: source: expected CPIC or DPWG"));
  CHECK(has_fault(faults, file + ":2: no such gene: ABC"));
  CHECK(has_fault(faults, file + ":3: the guideline is there twice: g"));
}

TEST_CASE("phrases: the embedded ones are good, slots are filled, others stay") {
  CatalogueFaults faults{"test"};
  const Phrases phrases = load_phrases(embedded_files(), faults);
  CHECK(faults.lines() == std::vector<std::string>{});
  CHECK(phrases.strengths.at("no recommendation") == "no recommendation");
  CHECK(fill("{a} and {b}, {a}{", {{"a", "{b}"}}) == "{b} and {b}, {b}{");
  CHECK(fill("no slot", {{"a", "x"}}) == "no slot");
}

TEST_CASE("phrases at fault are named") {
  const auto first_fault = [](const std::string& before, const std::string& after) {
    CatalogueFaults faults{"test"};
    (void)load_phrases_from(before, after, faults);
    REQUIRE_FALSE(faults.none());
    const std::string& line = faults.lines().front();
    return line.substr(line.find(": ") + 2);
  };
  CHECK(first_fault("  standard: ", "  usual: ") == "actions: the key is missing: standard");
  CHECK(first_fault("{dose} %", "{dosis} %") == "dose: unknown slot {dosis}");
  CHECK(first_fault("  ecg: ", "  inr: ") == "monitor: the key is there twice: inr");
  CHECK(first_fault("\nlevels:", "\nlevels:\n  mild: \"Mild\"") == "levels: unknown key mild");
  CHECK(first_fault("\nmonitor:", "\nwatch:").starts_with("watch: unknown key; there are "));
  CHECK(first_fault("\"INR\"", "\"\"") == "monitor: expected `key: phrase`");
}
