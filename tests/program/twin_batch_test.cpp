// stardose twin batch: many records, the same bytes for any number of threads.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/program/refusal.h"
#include "tests/program/twin_files.h"

namespace stardose::tests {

namespace {

const std::string rows =
    "P1\t52\t164\t61\tWhite\t2.5\tno\t*1/*2\tC/T\n"
    "P2\t71\t176\t92\tWhite\t2.5\tno\t*1/*1\tC/C\n"
    "P3\t44\t170\t70\tAsian\t2.5\tno\t*1/*1\tT/T\n"
    "P4\t63\t181\t88\tWhite\t2.5\tno\t*1/*3\tC/T\n"
    "P5\t58\t160\t55\tAsian\t2.5\tno\t*1/*1\tC/T\n";

/// Five patients in `records`, and events of all in one table.
std::string cohort(const TempFolder& files) {
  const std::string header = twin_table.substr(0, twin_table.find('\n') + 1);
  const std::string table = files.write("p.tsv", header + rows);
  const ProgramResult run = twin({"start", "warfarin", "--covariates", table, "--output", files / "records"});
  REQUIRE_EQ(run.exit_code, 0);
  std::string events = "patient\ttime\twhat\tvalue\tunit\ttimes\tevery\n";
  int k = 0;
  for (const std::string& name : files_below(files / "records")) {
    const std::string id = name.substr(0, name.find('.'));
    events += id + "\tday 1 18:00\tdose\t" + std::to_string(3 + k) + "\tmg\t10\t24h\n";
    events += id + "\tday 6 08:00\tinr\t1." + std::to_string(5 + k) + "\t.\t.\t.\n";
    events += id + "\tday 11 08:00\tinr\t2." + std::to_string(k) + "\t.\t.\t.\n";
    ++k;
  }
  return files.write("e.tsv", events);
}

}  // namespace

TEST_SUITE("program: twin batch") {
  TEST_CASE("one thread and four write the same bytes, and events are added once") {
    const TempFolder files;
    const std::string events = cohort(files);
    const ProgramResult first = twin(
        {"batch", "--patients", files / "records", "--events", events, "--output", files / "one", "--draws", "200"});
    CHECK_EQ(first.exit_code, 0);
    CHECK_EQ(first.out, "");
    CHECK(has(first.err, "5 patient(s), "));
    CHECK(has(first.err, "15 event(s) were added to their records\n"));
    const ProgramResult second = twin({"batch", "--patients", files / "records", "--events", events, "--output",
                                       files / "four", "--draws", "200", "-@", "4"});
    CHECK_EQ(second.exit_code, 0);
    CHECK_FALSE(has(second.err, "were added"));
    const std::vector<std::string> written = files_below(files / "one");
    CHECK_EQ(written.size(), 11);
    CHECK_EQ(files_below(files / "four"), written);
    for (const std::string& name : written)
      CHECK_EQ(file_text(files / ("one/" + name)), file_text(files / ("four/" + name)));
    const std::string table = file_text(files / "one/advice.tsv");
    CHECK_EQ(std::ranges::count(table, '\n'), 6);
    CHECK(table.starts_with("patient\tdrug\tmodel\tstatus\tnext_dose\t"));
  }

  TEST_CASE("a workflow file says the same as flags") {
    const TempFolder files;
    const std::string events = cohort(files);
    const std::string workflow =
        files.write("w.yaml", "patients: records\nevents: e.tsv\ndraws: 200\noutput: " + (files / "by_file") + "\n");
    REQUIRE_EQ(twin({"batch", workflow}).exit_code, 0);
    REQUIRE_EQ(
        twin({"batch", "--patients", files / "records", "--draws", "200", "--output", files / "by_flags"}).exit_code,
        0);
    CHECK_EQ(file_text(files / "by_file/advice.tsv"), file_text(files / "by_flags/advice.tsv"));
    const ProgramResult printed = twin({"batch", workflow, "--print-config"});
    CHECK_EQ(printed.exit_code, 0);
    CHECK(has(printed.out, "\ndraws: 200\n"));
  }

  TEST_CASE("a record that cannot be used keeps none of the others") {
    const TempFolder files;
    const std::string events = cohort(files);
    REQUIRE_EQ(twin({"batch", "--patients", files / "records", "--events", events, "--output", files / "all", "--draws",
                     "200"})
                   .exit_code,
               0);
    const std::string broken = files_below(files / "records")[2];
    const std::string text = file_text(files / ("records/" + broken));
    (void)files.write("records/" + broken, text.substr(0, 200));
    const ProgramResult run =
        twin({"batch", "--patients", files / "records", "--output", files / "most", "--draws", "200"});
    CHECK_EQ(run.exit_code, 8);
    CHECK(has(run.err, "4 patient(s), "));
    CHECK(has(run.err, "failed: " + (files / ("records/" + broken)) + ": is no JSON, or not whole\n"));
    CHECK_EQ(files_below(files / "most").size(), 9);
  }

  TEST_CASE("what a batch refuses") {
    const TempFolder files;
    const std::string events = cohort(files);
    check_refused(twin({"batch"}), 2, "patients: no record is given");
    check_refused(twin({"batch", "--patients", files / "none"}), 3,
                  (files / "none") + ": there is no such file or folder");
    const std::string others = files.write("o.tsv", "patient\ttime\twhat\tvalue\nnobody\tday 12 08:00\tinr\t2\n");
    check_refused(twin({"batch", "--patients", files / "records", "--events", others}), 4,
                  others + ":2: no record is of patient nobody");
    const std::string nameless = files.write("n.tsv", "time\twhat\tvalue\nday 12 08:00\tinr\t2\n");
    check_refused(twin({"batch", "--patients", files / "records", "--events", nameless}), 3,
                  nameless + ": no column named patient");
  }
}

}  // namespace stardose::tests
