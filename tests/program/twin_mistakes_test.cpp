// stardose twin: what users get wrong, and what they are told.
#include <doctest/doctest.h>

#include "tests/program/refusal.h"
#include "tests/program/twin_files.h"

namespace stardose::tests {

namespace {

struct Treated {
  TempFolder files;
  std::string record = treated_record(files);
  std::string before = file_text(record);

  /// Every refusal leaves the record as it was.
  void refuses(const std::vector<std::string>& args, int exit_code, const std::string& error) {
    std::vector<std::string> words = {"add", record};
    words.insert(words.end(), args.begin(), args.end());
    CAPTURE(error);
    check_refused(twin(words), exit_code, error);
    CHECK_EQ(file_text(record), before);
    CHECK_EQ(files_below(files / "records").size(), 1);
  }
};

const std::string later = "2026-03-27T08:00";

}  // namespace

TEST_SUITE("program: twin mistakes") {
  TEST_CASE("events that cannot be, by flags") {
    Treated treated;
    treated.refuses({"--time", later, "--value", "inr=230"}, 2, "--value: inr is never so high or so low");
    treated.refuses({"--time", later, "--value", "inr=2,3"}, 2, "--value: inr is no number");
    treated.refuses({"--time", later, "--value", "inr"}, 2, "--value: no name and value");
    treated.refuses({"--time", later, "--value", "imr=2.3"}, 2, "--value: what happened has a name that is not known");
    treated.refuses({"--time", later, "--dose", "6"}, 2, "--dose: the dose does not say its unit");
    treated.refuses({"--time", later, "--dose", "6 g"}, 2, "--dose: no dose of warfarin is so large or so small");
    treated.refuses({"--time", later, "--dose", "6 mg/day"}, 2, "--dose: a dose cannot be in mg/day");
    treated.refuses({"--time", "27.3.2026 08:00", "--value", "inr=2"}, 2, "--value: the time cannot be read");
    treated.refuses({"--time", "2026-03-27", "--value", "inr=2"}, 2, "--value: the time has no hour");
    treated.refuses({"--value", "inr=2"}, 2, "--time: nobody says when it was");
    treated.refuses({"--time", "2999-03-27T08:00", "--value", "inr=2"}, 2,
                    "--value: the time is of no day that there is");
    treated.refuses({"--time", "2198-03-27T08:00", "--value", "inr=2"}, 2, "--value: it lies in the future");
    treated.refuses({}, 2, "nothing is told");
  }

  TEST_CASE("events that do not fit the record") {
    Treated treated;
    treated.refuses({"--time", "2026-03-10T08:00", "--value", "inr=2"}, 2,
                    "--value: it lies before the last event told, which was at 2026-03-23T08:00");
    treated.refuses({"--time", "2026-03-23T08:00", "--value", "inr=2.0"}, 2, "--value: inr 2 is in the record already");
    treated.refuses({"--time", "2026-03-23T08:00", "--value", "inr=2.4"}, 2,
                    "--value: inr is told of the same time already");
    treated.refuses({"--time", "day 30 08:00", "--value", "inr=2.4"}, 2,
                    "--value: the record has dates, and this is none");
    treated.refuses({"--time", "2026-03-20T18:00", "--dose", "6 mg", "--late"}, 2,
                    "--dose: a dose is told of the same time: that from 2026-03-16T18:00 "
                    "on");
    treated.refuses({"--withdraw", "inr", "--time", "2026-03-22T08:00", "--why", "x"}, 2,
                    "--withdraw: nothing is told of inr at 2026-03-22T08:00");
    treated.refuses({"--withdraw", "inr", "--time", "2026-03-23T08:00"}, 2,
                    "--withdraw: nobody says why it is withdrawn");
  }

  TEST_CASE("events of a table, with its line; one that is refused keeps all others out") {
    Treated treated;
    const auto table = [&](const std::string& text) { return treated.files.write("e.tsv", text); };
    const std::string header = "time\twhat\tvalue\tunit\n";
    const std::string path = treated.files / "e.tsv";
    treated.refuses({"--events", table(header + later + "\tinr\t2.4\t.\n2026-03-28T08:00\tcreatinine\t1.1\tkg\n")}, 3,
                    path + ":3: creatinine cannot be in kg");
    treated.refuses({"--events", table(header + "3/27/2026 08:00\tinr\t2.4\t.\n")}, 3,
                    path + ":2: which day the time means cannot be known");
    treated.refuses({"--events", table(header)}, 3, path + ": the table of events has no rows");
    treated.refuses({"--events", table("patient\t" + header + "two\t" + later + "\tinr\t2.4\t.\n")}, 4,
                    path + ": patient: no row is of one");
    check_refused_saying(twin({"add", treated.record, "--events", table("time\twhat\n" + later + "\tinr\n")}), 3,
                         {"value"});
    check_refused_saying(twin({"add", treated.record, "--events", treated.files / "none.tsv"}), 3, {"none.tsv"});
  }

  TEST_CASE("records that are none") {
    Treated treated;
    const TempFolder& files = treated.files;
    check_refused(twin({"advise", files / "none.json"}), 3, (files / "none.json") + ": there is no such file");
    const std::string no_record = files.write("report.json", R"({"schema": "stardose/sample-report/1.4"})");
    check_refused(twin({"advise", no_record}), 3,
                  no_record + ": schema: this is no record of a patient: stardose/sample-report/1.4");
    const std::string cut = files.write("cut.json", treated.before.substr(0, treated.before.size() / 2));
    check_refused(twin({"add", cut, "--time", later, "--value", "inr=2"}), 3, cut + ": is no JSON, or not whole");
    std::string changed = treated.before;
    const std::size_t at = changed.find("\"value\":2.1");
    REQUIRE(at != std::string::npos);
    changed[at + 8] = '3';
    const std::string by_hand = files.write("by_hand.json", changed);
    check_refused(twin({"update", by_hand}), 3, by_hand + ": digest: the record was changed after stardose wrote it");
  }

  TEST_CASE("beginnings that cannot be") {
    const TempFolder files;
    const std::string table = files.write("p.tsv", twin_table);
    const std::string record = started_record(files);
    const std::string before = file_text(record);
    check_refused(twin({"start", "warfarin", "--covariates", table, "--output", files / "records", "--id", "one"}), 5,
                  record + ": there is a record already, and it is never written over");
    CHECK_EQ(file_text(record), before);
    check_refused(twin({"start", "warfarin"}), 2, "no patient is given");
    check_refused(twin({"start", "warfarine", "--covariates", table}), 2,
                  "no kinetic model and no drug of one is named warfarine");
    check_refused(twin({"start", "warfarin", "--covariates", table, "--id", "Jane Doe"}), 2,
                  "--id: cannot be the id of a patient: Jane Doe");
    const std::string key = files.write("key", "short");
    check_refused(twin({"start", "warfarin", "--covariates", table, "--id-key", key}), 3,
                  key + ": the key is shorter than 16 bytes");
    check_refused(twin({"start", "warfarin", "--report", table}), 3, table + ": is no report of a sample");
    check_refused(twin({"start", "warfarin", "--report", record}), 3, record + ": is no report of a sample");
  }

  TEST_CASE("questions that cannot be") {
    Treated treated;
    check_refused(twin({"advise", treated.record, "--at", "2026-03-20T08:00"}), 2,
                  "--at: the next dose would lie before the last event, which was at 2026-03-23T08:00");
    check_refused(twin({"advise", treated.record, "--dose", "6"}), 2, "--dose: the dose does not say its unit");
    check_refused(twin({"advise", treated.record, "--every", "24h"}), 2,
                  "--dose: no dose is told, and how it is given is");
    check_refused(twin({"forecast", treated.record, "--horizon", "0"}), 2,
                  "--horizon: expected a whole number from 1 to 365; found: 0");
    CHECK_EQ(twin({"advise"}).exit_code, 2);
    CHECK_EQ(twin({}).exit_code, 2);
  }
}

}  // namespace stardose::tests
