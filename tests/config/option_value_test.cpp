// What each kind of option accepts.
#include "config/option_value.h"

#include <doctest/doctest.h>

#include <set>

using namespace stardose::config;

namespace {

Settings settings;

std::string why(const std::string& option, const std::vector<std::string>& values) {
  const auto mistake = store(*find_option(option), values, settings);
  return mistake ? mistake->why : "";
}

std::string help(const std::string& option, const std::vector<std::string>& values) {
  const auto mistake = store(*find_option(option), values, settings);
  return mistake ? mistake->help : "";
}

}  // namespace

TEST_CASE("names and letters of options are unique and every option has its help sentence") {
  std::set<std::string> names;
  std::set<char> letters;
  for (const Option& option : options()) {
    CAPTURE(option.name);
    CHECK(names.insert(option.name).second);
    CHECK((option.letter == '\0' || letters.insert(option.letter).second));
    CHECK(option.help.ends_with('.'));
    CHECK(find_option(option.name) == &option);
  }
  CHECK(find_option("outptu") == nullptr);
  CHECK(option_names().front() == "input");
}

TEST_CASE("only an option that is switched on or off lacks a word for its value in the help") {
  for (const Option& option : options()) {
    CAPTURE(option.name);
    CHECK(option.value.empty() == (expected_value(option) == "true or false"));
  }
}

TEST_CASE("a whole number is digits without a leading zero, in range") {
  const std::string expected = "expected a whole number from 1 to 1024, or auto; found: ";
  CHECK(why("threads", {"8"}).empty());
  CHECK(settings.limits.threads == 8);
  for (const std::string text : {"012", "0x4", "+4", "4.0", "1e3", "four", "", " 4", "4 ", "99999999999999999999"}) {
    CHECK(why("threads", {text}) == expected + text);
    CHECK(help("threads", {text}) == "write digits only, without leading zeros");
  }
  CHECK(why("threads", {"0"}) == expected + "0");
  CHECK(why("threads", {"-1"}) == expected + "-1");
  CHECK(help("threads", {"1025"}) == "choose a number in that range");
  CHECK(settings.limits.threads == 8);
  CHECK(why("max-in-flight", {"1000000"}).empty());
  CHECK(settings.limits.max_in_flight == 1'000'000);
}

TEST_CASE("a threshold may be zero, which a number of threads may not") {
  CHECK(why("min-depth", {"0"}).empty());
  CHECK(settings.input.thresholds.min_depth == 0);
  for (const std::string text : {"-1", "ten", "1e3", "10.5", "1000001", ""}) {
    CHECK(why("min-depth", {text}) == "expected a whole number from 0 to 1000000; found: " + text);
    CHECK(why("min-genotype-quality", {text}) == "expected a whole number from 0 to 1000000; found: " + text);
  }
}

TEST_CASE("a fraction is digits with or without a point, in range") {
  for (const auto& [text, number] : {std::pair{"0", 0.0}, {"0.25", 0.25}, {"0.5", 0.5}, {"0.10", 0.1}}) {
    CHECK(why("min-allele-balance", {text}).empty());
    CHECK(settings.input.thresholds.min_allele_balance == number);
  }
  for (const std::string text : {"-0.1", "0.51", "20", "20%", ".2", "0.", "0,2", "1e-1", "nan", "inf", "0.2.2", ""}) {
    CHECK(why("min-allele-balance", {text}) == "expected a number from 0 to 0.5; found: " + text);
  }
  CHECK(settings.input.thresholds.min_allele_balance == 0.1);
}

TEST_CASE("true and false have one spelling each") {
  CHECK(why("strict", {"true"}).empty());
  CHECK(settings.strict);
  for (const std::string text : {"yes", "no", "True", "FALSE", "on", "1", ""}) {
    CHECK(why("strict", {text}) == "expected true or false; found: " + text);
    CHECK(help("strict", {text}) == "write `true` or `false`, in lower case");
  }
  CHECK(settings.strict);
}

TEST_CASE("a list has neither empty nor repeated entries, and only allowed words where words are given") {
  CHECK(why("samples", {"A", "B", "A"}) == "repeated entry: A");
  CHECK(why("samples", {"A", ""}) == "expected a list of names; found: an empty entry");
  CHECK(store(*find_option("samples"), {"A", ""}, settings)->item == 1);
  CHECK(why("samples", {"^A", "B"}).empty());
  CHECK(why("samples", {}).empty());
  CHECK(settings.input.samples.empty());
  CHECK(why("write", {"calls", "htlm"}) ==
        "expected a list of any of calls, guidance, coverage, dosing, html, pdf, json, multiqc, dosages; found: htlm");
  CHECK(help("write", {"htlm"}) == "did you mean `html`?");
  CHECK(help("write", {"spreadsheet"}) == "choose among those");
  CHECK(why("filters", {}) == "expected a list of names; found: an empty list");
  CHECK(why("filters", {"PASS", "PASS"}) == "repeated entry: PASS");
  CHECK(why("filters", {"PASS", "."}).empty());
  CHECK(why("assembly", {"grch37"}) == "expected one of auto, GRCh37, GRCh38; found: grch37");
  CHECK(why("assembly", {""}) == "expected one of auto, GRCh37, GRCh38; found: nothing");
  CHECK(why("write", {}) ==
        "expected a list of any of calls, guidance, coverage, dosing, html, pdf, json, multiqc, dosages; found: an "
        "empty list");
}

TEST_CASE("text may be emptied only where empty means none, and holds no control characters") {
  CHECK(why("reference", {""}).empty());
  CHECK(why("output", {""}) == "expected a path; found: nothing");
  CHECK(why("output", {"a\nb"}) == "text holds a line break, a tab or another control character");
  CHECK(why("input", {"a\tb"}) == "text holds a line break, a tab or another control character");
  CHECK(why("output", {"Ergebnisse für Ä"}).empty());
}

TEST_CASE("a text of a few words takes no other") {
  CHECK(why("dosage-sites", {"all"}).empty());
  CHECK(settings.output.dosage_sites == "all");
  CHECK(why("dosage-sites", {"al"}) == "expected one of catalogue, all; found: al");
  CHECK(help("dosage-sites", {"al"}) == "did you mean `all`?");
  CHECK(why("dosage-sites", {""}) == "expected one of catalogue, all; found: nothing");
  CHECK(settings.output.dosage_sites == "all");
}
