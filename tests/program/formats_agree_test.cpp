// Page, document and tables of a sample say the same thing.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/program/all_formats.h"
#include "tests/program/html_page.h"

namespace stardose::tests {

namespace {

const std::vector<std::string> levels = {"action", "caution", "unknown", "none"};  // most demanding first

std::string cell(const Json& value) {
  if (value.is_null()) return ".";
  const std::string text = value.is_array() ? joined(value, ";") : value.get<std::string>();
  return text.empty() ? "." : text;
}

std::vector<Row> of_sample(const std::vector<Row>& rows, const std::string& sample) {
  std::vector<Row> chosen;
  std::ranges::copy_if(rows, std::back_inserter(chosen), [&](const Row& row) { return row.at("sample") == sample; });
  return chosen;
}

void check_gene_row(const Json& gene, const Row& row) {
  CHECK_EQ(row.at("gene"), gene["gene"].get<std::string>());
  CHECK_EQ(row.at("status"), gene["status"].get<std::string>());
  CHECK_EQ(row.at("diplotype"), cell(gene["diplotypes"]));
  CHECK_EQ(row.at("phenotype"), cell(gene["phenotypes"]));
  CHECK_EQ(row.at("activity_score"), cell(gene["activity_scores"]));
  CHECK_EQ(row.at("reason"), cell(gene["reason"]));
  CHECK_EQ(row.at("basis"), cell(gene["evidence"]["basis"]));
  CHECK_EQ(row.at("could_also_be"), cell(gene["evidence"]["could_also_be"]));
  for (const char* count : {"sites_total", "sites_seen", "sites_assumed", "sites_missing", "sites_filtered"}) {
    CHECK_EQ(row.at(count), std::to_string(gene["evidence"][count].get<int>()));
  }
}

/// Rows of the page's table of genes, by gene: the text of each cell.
std::map<std::string, std::vector<std::string>> gene_rows(std::string_view page) {
  std::map<std::string, std::vector<std::string>> rows;
  const std::string_view section = section_of(page, "genes");
  for (const std::string_view row : pieces(section.substr(section.find("<table class=\"genes\"")), "<tr>", "</tr>")) {
    const auto name = pieces(row, "<th scope=\"row\">", "</th>");
    if (name.empty()) continue;
    auto& cells = rows[text_of_html(name.front())];
    for (const std::string_view each : pieces(row, "<td data-label=\"", "</td>")) {
      cells.push_back(text_of_html(each.substr(each.find('>') + 1)));
    }
  }
  return rows;
}

void check_gene_on_page(const Json& gene, const std::vector<std::string>& cells) {
  REQUIRE_EQ(cells.size(), 6);  // diplotype, phenotype, activity score, status, positions, remarks
  for (std::size_t k = 0; k < std::min<std::size_t>(4, gene["diplotypes"].size()); ++k) {
    CHECK(has(cells[0], gene["diplotypes"][k].get<std::string>()));
  }
  CHECK_EQ(gene["diplotypes"].empty(), cells[0] == "\xE2\x80\x93");
  for (const std::string phenotype : gene["phenotypes"]) CHECK(has(cells[1], phenotype));
  CHECK_EQ(gene["phenotypes"].empty(), cells[1] == "\xE2\x80\x93");
  CHECK_EQ(cells[2], gene["activity_scores"].empty() ? "\xE2\x80\x93" : joined(gene["activity_scores"], " or "));
  CHECK_EQ(cells[3], gene["status"] == "no_call" ? "no call" : gene["status"].get<std::string>());
  const Json& evidence = gene["evidence"];
  const int total = evidence["sites_total"];
  const int missing = evidence["sites_missing"];
  if (total > 0) CHECK(cells[4].starts_with(std::to_string(total - missing) + " of " + std::to_string(total)));
}

/// A recommendation as a card has it: one of several drugs does not name them.
std::string sentence_on(const DrugCard& card, const std::string& drug, std::string sentence) {
  if (card.drugs.size() == 1) return sentence;
  for (std::size_t at = sentence.find(drug); at != std::string::npos; at = sentence.find(drug, at)) {
    sentence.replace(at, drug.size(), "these drugs");
  }
  return sentence;
}

/// Where the page has a drug.
std::string place_of(const std::map<std::string, std::string>& places, const std::string& drug) {
  const auto place = places.find(drug);
  return place == places.end() ? "nowhere" : place->second;
}

}  // namespace

TEST_SUITE("program: formats") {
  TEST_CASE("page, document and tables agree on every gene, drug and dose") {
    const Results results;
    const auto samples = results.samples();
    REQUIRE_EQ(samples.size(), 10);
    for (const std::string& sample : samples) {
      CAPTURE(sample);
      const Json document = results.document(sample);
      const std::string page = results.page(sample);

      const auto calls = of_sample(results.calls, sample);
      REQUIRE_EQ(calls.size(), document["genes"].size());
      const auto on_page = gene_rows(page);
      for (std::size_t k = 0; k < calls.size(); ++k) {
        const Json& gene = document["genes"][k];
        CAPTURE(calls[k].at("gene"));
        check_gene_row(gene, calls[k]);
        REQUIRE_EQ(on_page.contains(gene["gene"]), gene["has_guidance"].get<bool>());
        if (gene["has_guidance"]) check_gene_on_page(gene, on_page.at(gene["gene"]));
      }

      std::map<std::string, std::string> places;
      std::map<std::string, DrugCard> cards;
      for (const char* id : {"medicines", "needs-action", "undetermined", "no-change"}) {
        for (const DrugCard& card : cards_of(section_of(page, id))) {
          for (const std::string& drug : card.drugs) {
            CAPTURE(drug);
            CHECK(places.emplace(drug, id).second);  // in exactly one
            cards.emplace(drug, card);
          }
        }
      }
      const auto guidance = of_sample(results.guidance, sample);
      std::set<std::string> in_table;
      for (const Row& row : guidance) in_table.insert(row.at("drug"));
      REQUIRE_EQ(in_table.size(), document["drugs"].size());
      for (const Json& drug : document["drugs"]) {
        const std::string name = drug["drug"];
        CAPTURE(name);
        std::multiset<std::string> sentences;
        std::string level = "none";
        for (const Row& row : guidance) {
          if (row.at("drug") != name) continue;
          sentences.insert(row.at("recommendation"));
          if (std::ranges::find(levels, row.at("level")) < std::ranges::find(levels, level)) level = row.at("level");
        }
        CHECK_EQ(drug["level"], level);
        const std::string bucket = level == "unknown" ? "undetermined" : level == "none" ? "no_change" : "needs_action";
        CHECK_EQ(drug["bucket"], bucket);
        std::string section = bucket;
        std::ranges::replace(section, '_', '-');
        CHECK_EQ(place_of(places, name), drug.value("taken", false) ? "medicines" : section);
        CHECK_EQ(cards.at(name).level, level);
        std::multiset<std::string> told;
        for (const Json& advice : drug["advice"]) {
          told.insert(advice["recommendation"]);
          CHECK(has(cards.at(name).text, sentence_on(cards.at(name), name, advice["recommendation"])));
          CHECK(has(cards.at(name).text, advice["source"].get<std::string>()));
        }
        CHECK(told == sentences);
      }

      const auto doses = of_sample(results.doses, sample);
      REQUIRE_EQ(doses.size(), document["doses"].size());
      for (std::size_t k = 0; k < doses.size(); ++k) {
        const Json& dose = document["doses"][k];
        CHECK_EQ(doses[k].at("status"), dose["status"].get<std::string>());
        const bool is_dosed = !dose["estimate"]["dose"].is_null();
        CHECK_EQ(has(section_of(page, "dose"), "class=\"amount\""), is_dosed || !dose["instead"].is_null());
        if (is_dosed)
          CHECK(std::stod(doses[k].at("mg_per_week")) ==
                doctest::Approx(dose["estimate"]["dose"]["mg_per_week"].get<double>()).epsilon(0.001));
      }
    }
  }

  TEST_CASE("a medicine that no guideline is about is named so, first and in every format") {
    const Results results;
    const Json document = results.document("stent");
    const std::string page = results.page("stent");
    CHECK_LT(page.find("<section id=\"medicines\""), page.find("<section id=\"needs-action\""));
    REQUIRE_EQ(document["medications"].size(), 4);
    CHECK_EQ(document["medications"][0]["drugs"], Json::array({"clopidogrel"}));
    CHECK_EQ(document["medications"][2]["given"], "metformin");
    CHECK_EQ(document["medications"][2]["covered"], false);
    CHECK_EQ(document["medications"][3]["drugs"], Json::array({"omeprazole"}));
    const std::string section = text_of_html(section_of(page, "medicines"));
    CHECK(has(section, "metformin"));
    CHECK(has(section, "Not covered by this report."));
    CHECK(has(section, "listed as RxNorm:7646"));
    CHECK_FALSE(has(results.page("ambiguous"), "id=\"medicines\""));  // nothing is known of its medicines
    CHECK_FALSE(results.document("ambiguous").contains("medications"));
    CHECK(has(results.page("mother"), "The list that was given is empty"));
  }
}

TEST_SUITE("tools: jsonschema") {
  TEST_CASE("every document fits the schema of the repository, which names every key") {
    const std::string schema = STARDOSE_SOURCE_DIR "/pharmaco/report/sample-report.schema.json";
    const std::string checker = STARDOSE_SOURCE_DIR "/tests/program/check_json.py";
    if (StartedProgram{{"-c", "import jsonschema"}, "", "/usr/bin/python3"}.wait().exit_code != 0) {
      MESSAGE("skipped: python3-jsonschema is not there");
      return;
    }
    const Results results;
    const ProgramResult reads = run_program({"run", STARDOSE_SOURCE_DIR "/workflows/pgx-from-reads.yaml",
                                             "--all-matches", "--write", "json", "--output", results.folder / "reads"});
    REQUIRE_EQ(reads.exit_code, 0);
    std::vector<std::string> args = {checker, schema, results.folder / "reads/report/stent_reads.json"};
    for (const std::string& sample : results.samples()) {
      args.push_back(results.folder / ("out/report/" + sample + ".json"));
    }
    const ProgramResult checked = StartedProgram{args, "", "/usr/bin/python3"}.wait();
    CHECK_EQ(checked.out, "11 report(s), 0 fault(s)\n");
    CHECK_EQ(checked.exit_code, 0);

    // The checker can fail: a number in words, a level that is none, and a key that nobody named.
    Json broken = results.document("stent");
    broken["genes"][0]["evidence"]["sites_total"] = "many";
    broken["drugs"][0]["level"] = "green";
    broken["news"] = true;
    const std::string path = results.folder.write("broken.json", broken.dump());
    const ProgramResult refused = StartedProgram{{checker, schema, path}, "", "/usr/bin/python3"}.wait();
    CHECK_EQ(refused.exit_code, 1);
    CHECK(has(refused.out, "1 report(s), 3 fault(s)"));
  }
}

}  // namespace stardose::tests
