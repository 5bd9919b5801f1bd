// stardose twin: from a first dose over measurements to the next one.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/program/refusal.h"
#include "tests/program/twin_files.h"

namespace stardose::tests {

namespace {

using Json = nlohmann::json;

const std::string source = STARDOSE_SOURCE_DIR;
const std::string samples = source + "/data-samples";

}  // namespace

TEST_SUITE("program: twin") {
  TEST_CASE("a record begins with what a table and variants say, and without a name") {
    const TempFolder files;
    const ProgramResult run = twin({"start", "warfarin", "--covariates", samples + "/patients.tsv", "--input",
                                    samples + "/family.vcf.gz", "--output", files / "r"});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "mother\tp-2fc7a3e5fe64\tstarted\twarfarin-hamberg-2010\t"));
    CHECK(has(run.out, "father\tp-1babcb97e1c2\trefused\t"));
    CHECK(has(run.err, "2 of 6 patient(s) got no record; the output says why\n"));
    CHECK_EQ(files_below(files / "r").size(), 4);
    const std::string text = file_text(files / "r/p-2fc7a3e5fe64.twin.json");
    CHECK_FALSE(has(text, "mother"));
    const Json record = Json::parse(text);
    CHECK_EQ(record["drug"], "warfarin");
    CHECK_EQ(record["first_dose"]["algorithm"], "warfarin-iwpc-2009");
    CHECK_EQ(record["genes"][0]["readings"][0]["diplotype"], "*1/*2");
    CHECK(record["events"].empty());
    CHECK_EQ(twin({"start", "warfarin", "--covariates", samples + "/patients.tsv", "--input",
                   samples + "/family.vcf.gz", "--output", files / "r2", "--strict"})
                 .exit_code,
             7);
  }

  TEST_CASE("a report of a run gives the same record as its table and variants") {
    const TempFolder files;
    const ProgramResult made =
        run_program({"run", "--input", samples + "/family.vcf.gz", "--covariates", samples + "/patients.tsv", "--dose",
                     "warfarin-iwpc-2009", "--samples", "mother,stent", "--write", "json", "--output", files / "run"});
    REQUIRE_EQ(made.exit_code, 0);
    const ProgramResult run = twin({"start", "warfarin", "--report", files / "run/report/mother.json", "--report",
                                    files / "run/report/stent.json", "--output", files / "by_report"});
    CHECK_EQ(run.exit_code, 0);
    const ProgramResult other = twin({"start", "warfarin", "--covariates", samples + "/patients.tsv", "--input",
                                      samples + "/family.vcf.gz", "--output", files / "by_table"});
    CHECK_EQ(other.exit_code, 0);
    for (const std::string name : {"p-2fc7a3e5fe64.twin.json", "p-a2a4d07b08ec.twin.json"}) {
      const Json by_report = Json::parse(file_text(files / ("by_report/" + name)));
      const Json by_table = Json::parse(file_text(files / ("by_table/" + name)));
      CHECK_EQ(by_report["first_dose"], by_table["first_dose"]);
      CHECK_EQ(by_report["genes"][0]["readings"], by_table["genes"][0]["readings"]);
    }
  }

  TEST_CASE("a key makes other ids, and the same ones again") {
    const TempFolder files;
    const std::string table = files.write("p.tsv", twin_table);
    const std::string key = files.write("key", std::string(32, 'k'));
    const auto id_with = [&](const std::string& folder, const std::vector<std::string>& more) {
      std::vector<std::string> args = {"start", "warfarin", "--covariates", table, "--output", files / folder};
      args.insert(args.end(), more.begin(), more.end());
      const ProgramResult run = twin(args);
      CHECK_EQ(run.exit_code, 0);
      return files_below(files / folder).front();
    };
    CHECK_EQ(id_with("a", {}), id_with("b", {}));
    CHECK_EQ(id_with("c", {"--id-key", key}), id_with("d", {"--id-key", key}));
    CHECK_NE(id_with("e", {"--id-key", key}), id_with("f", {}));
    CHECK_EQ(id_with("g", {"--id", "ward7-3"}), "ward7-3.twin.json");
  }

  TEST_CASE("the same events give the same bytes, by table, by flags and in parts") {
    const TempFolder files;
    const std::string by_table = treated_record(files, "one");
    const std::string first = file_text(by_table);
    const TempFolder others;
    const std::string by_flags = started_record(others, "one");
    const auto tell = [&](std::vector<std::string> args) {
      args.insert(args.begin(), {"add", by_flags});
      const ProgramResult run = twin(args);
      CHECK_EQ(run.err, "");
      CHECK_EQ(run.exit_code, 0);
    };
    // The last first, and what lay before it late.
    tell({"--time", "2026-03-23T08:00", "--value", "inr=2.0"});
    tell({"--time", "2026-03-02T08:00", "--value", "INR=1", "--late"});
    tell({"--events", samples + "/treatment.tsv", "--late", "--only-new"});
    CHECK_EQ(file_text(by_flags), first);
  }

  TEST_CASE("update, forecast and advise say what was learned, what comes and what to give") {
    const TempFolder files;
    const std::string record = treated_record(files);
    const std::string before = file_text(record);
    const ProgramResult update = twin({"update", record});
    CHECK_EQ(update.exit_code, 0);
    for (const char* part :
         {"one: warfarin, Hamberg 2010", "21 doses, 6 measurements; the last is inr 2 at 2026-03-23T08:00",
          "26.2 mg/week by warfarin-iwpc-2009 for INR 2.5", "clearance of S-warfarin 0.3", "2026-03-07T08:00  inr 1.6",
          "not a medical device"}) {
      CAPTURE(part);
      CHECK(has(update.out, part));
    }
    const ProgramResult forecast = twin({"forecast", record, "--horizon", "5"});
    CHECK_EQ(forecast.exit_code, 0);
    CHECK(has(forecast.out, "6 mg once a day"));
    CHECK(has(forecast.out, "2026-03-23T18:00"));
    CHECK(has(forecast.out, "2026-03-28T18:00"));
    CHECK_FALSE(has(forecast.out, "2026-03-29T18:00"));
    const ProgramResult advise = twin({"advise", record});
    CHECK_EQ(advise.exit_code, 0);
    CHECK(has(advise.out, "next dose "));
    CHECK(has(advise.out, "continuing   6 mg once a day: in range "));
    CHECK(has(advise.out, "by the rule  6 mg once a day: in range "));
    CHECK_EQ(file_text(record), before);  // looking changes nothing
  }

  TEST_CASE("the same record gives the same document, with all that the text says") {
    const TempFolder files;
    const std::string record = treated_record(files);
    const ProgramResult run = twin({"advise", record, "--json"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(twin({"advise", record, "--json"}).out, run.out);
    const Json answer = Json::parse(run.out);
    CHECK_EQ(answer["status"], "learned");
    CHECK_EQ(answer["advice"]["status"], "advised");
    CHECK_EQ(answer["learned"]["measurements"], 6);
    CHECK_EQ(answer["learned"]["parameters"].size(), 3);
    const Json& best = answer["advice"]["best"];
    CHECK(best["is_safe"].get<bool>());
    const double shares =
        best["time_in_range"].get<double>() + best["time_below"].get<double>() + best["time_above"].get<double>();
    CHECK_EQ(shares, doctest::Approx(1));
    for (const char* other : {"continued", "guideline"}) {
      CHECK_GE(best["time_in_range"].get<double>(), answer["advice"][other]["time_in_range"].get<double>());
    }
    for (const Json& point : answer["curves"]["past"]) {
      CHECK_LE(point["most"]["low"].get<double>(), point["half"]["low"].get<double>());
      CHECK_LE(point["half"]["low"].get<double>(), point["median"].get<double>());
      CHECK_LE(point["median"].get<double>(), point["half"]["high"].get<double>());
      CHECK_LE(point["half"]["high"].get<double>(), point["most"]["high"].get<double>());
    }
    CHECK_NE(twin({"advise", record, "--json", "--seed", "2"}).out, run.out);
  }

  TEST_CASE("a page has course, doses and advice, and runs nothing but its own script") {
    const TempFolder files;
    const std::string record = treated_record(files);
    REQUIRE_EQ(twin({"advise", record, "--html", files / "one.html"}).exit_code, 0);
    const std::string page = file_text(files / "one.html");
    for (const char* part : {"default-src &#39;none&#39;; style-src &#39;sha256-", "<svg class=\"course\"",
                             "class=\"median\"", "class=\"seen\"", "The grey stripe is the range aimed at, INR 2 to 3.",
                             "Next dose", "inr 1.6", "not a medical device", "doi 10.1038/clpt.2010.37"}) {
      CAPTURE(part);
      CHECK(has(page, part));
    }
    CHECK_FALSE(has(page, "http://"));
  }

  TEST_CASE("the record of data-samples is what the commands of its README make, and its workflow advises") {
    const TempFolder files;
    REQUIRE_EQ(twin({"start", "warfarin", "--covariates", samples + "/patients.tsv", "--input",
                     samples + "/family.vcf.gz", "--output", files / "r"})
                   .exit_code,
               0);
    const std::string name = "p-2fc7a3e5fe64.twin.json";
    REQUIRE_EQ(twin({"add", files / ("r/" + name), "--events", samples + "/treatment.tsv"}).exit_code, 0);
    Json made = Json::parse(file_text(files / ("r/" + name)));
    Json kept = Json::parse(file_text(samples + "/twins/" + name));
    for (Json* record : {&made, &kept}) {
      record->erase("started_by");  // version and catalogue go on
      record->erase("digest");
    }
    CHECK_EQ(made, kept);
    const ProgramResult run =
        twin({"batch", source + "/workflows/twin-cohort.yaml", "--output", files / "out", "--draws", "200"});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(file_text(files / "out/advice.tsv"), "p-2fc7a3e5fe64\twarfarin\twarfarin-hamberg-2010\tadvised\t"));
  }

  TEST_CASE("a mistake is withdrawn and stays to be seen") {
    const TempFolder files;
    const std::string record = treated_record(files);
    const ProgramResult run =
        twin({"add", record, "--withdraw", "inr", "--time", "2026-03-23T08:00", "--why", "another patient's"});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "1 withdrawn; 9 in the record"));
    CHECK(has(twin({"update", record}).out, "5 measurements"));
    CHECK(has(file_text(record), "\"kind\":\"withdrawal\",\"what\":\"inr\",\"why\":\"another patient's\""));
    CHECK_EQ(twin({"add", record, "--time", "2026-03-23T08:00", "--value", "inr=2.4"}).exit_code, 0);
  }

  TEST_CASE("it says when it does not advise") {
    const TempFolder files;
    // Of 4 mg a day nobody has an INR of 12 and then of 1.
    const std::string record = started_record(files);
    const std::string events = files.write("e.tsv",
                                           "time\twhat\tvalue\tunit\ttimes\tevery\n"
                                           "day 1 18:00\tdose\t4\tmg\t20\t24h\n"
                                           "day 5 08:00\tinr\t12\t.\t.\t.\n"
                                           "day 10 08:00\tinr\t0.9\t.\t.\t.\n"
                                           "day 15 08:00\tinr\t12\t.\t.\t.\n");
    REQUIRE_EQ(twin({"add", record, "--events", events}).exit_code, 0);
    const ProgramResult run = twin({"advise", record});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "NONE IS ADVISED"));
    CHECK(has(run.err, "one: no dose is advised; the output says why\n"));
    CHECK_EQ(twin({"advise", record, "--strict"}).exit_code, 7);
    const Json answer = Json::parse(twin({"advise", record, "--json"}).out);
    CHECK_EQ(answer["advice"]["status"], "not advised");
    CHECK_FALSE(answer["advice"]["reasons"].empty());
  }
}

TEST_SUITE("tools: jsonschema") {
  TEST_CASE("a record is as its schema says") {
    const TempFolder files;
    const std::string record = treated_record(files);
    REQUIRE_EQ(twin({"add", record, "--withdraw", "inr", "--time", "2026-03-23T08:00", "--why", "x"}).exit_code, 0);
    StartedProgram check{
        {"python3", source + "/tests/program/check_json.py", source + "/pharmaco/twin/twin-state.schema.json", record},
        {},
        "/usr/bin/env"};
    const ProgramResult checked = check.wait();
    CHECK_EQ(checked.out, "1 report(s), 0 fault(s)\n");
    CHECK_EQ(checked.exit_code, 0);
  }
}

}  // namespace stardose::tests
