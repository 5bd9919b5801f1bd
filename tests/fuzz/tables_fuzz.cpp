// Any text for a table of patients, of people for a model, of polygenic scores or of training rows.
#include "pharmaco/features/people_table.h"
#include "pharmaco/inputs/patient_table.h"
#include "pharmaco/inputs/polygenic_score.h"
#include "pharmaco/training/joined_tables.h"
#include "tests/builders/dosing.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;

namespace {

std::vector<learning::ModelColumn> model_columns() {
  std::vector<learning::ModelColumn> columns(2);
  columns[0].kind = {"weight", "kg", {}, {}};
  columns[1].kind = {"race", {}, {"White", "Asian"}, {}};
  return columns;
}

/// A table joined with itself is itself.
void join_with_itself(const std::string& path) {
  const pharmaco::DelimitedTable table = pharmaco::read_delimited(path, "people", "--data");
  const pharmaco::DelimitedTable both = pharmaco::joined({table, table}, table.header.front(), "recipe");
  fuzz::check(both.header == table.header && both.rows.size() == table.rows.size());
  for (std::size_t k = 0; k < table.rows.size(); ++k) fuzz::check(both.rows[k].cells == table.rows[k].cells);
}

}  // namespace

/// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const fuzz::Scratch scratch;
  static const pharmaco::PatientColumns columns = patient_columns(test::dosing());
  static const auto of_model = model_columns();
  const std::string path = scratch.write("table", fuzz::text_of(data + 1, size - 1));
  fuzz::tolerate_mistakes([&] {
    switch (data[0] % 4) {
      case 0: {
        const auto table = pharmaco::read_patients(path, {}, columns, test::catalogue());
        fuzz::check(table.lines.size() == table.patients.size());
        break;
      }
      case 1: (void)pharmaco::read_people(path, "sample", {}, of_model); break;
      case 2: (void)pharmaco::read_polygenic_scores(path); break;
      default: join_with_itself(path);
    }
  });
  return 0;
}
