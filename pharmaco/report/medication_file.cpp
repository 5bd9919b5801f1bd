// Lists of medicines, by sample.
#include "pharmaco/report/medication_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

using genomics::Fault;
using genomics::InputError;

constexpr std::array<std::string_view, 2> columns = {"sample", "medication"};

void check_usage(const MedicationOptions& options, std::size_t samples, bool is_part) {
  if (options.medications.empty()) return;
  if (!options.medications_file.empty()) {
    throw InputError{Fault::usage,
                     {"", "medications", "there is a list and a table of medicines",
                      "give one: --medications or --medications-file"}};
  }
  if (is_part) {
    throw InputError{Fault::usage,
                     {"", "medications", "a list is one patient's, and the run is a part of a larger one",
                      "give a table by --medications-file"}};
  }
  if (samples != 1) {
    throw InputError{Fault::usage,
                     {"", "medications", fmt::format("a list is one patient's, and the run has {} samples", samples),
                      "choose the patient by --samples, or give a table by --medications-file"}};
  }
}

using Warn = std::function<void(const std::string&)>;

/// `place` is the entry's.
void warn_of_denial(const Medication& medication, const std::string& place, const Warn& warn) {
  const std::string_view word = word_of_denial(medication);
  if (word.empty()) return;
  warn(fmt::format("{}: the entry says `{}`, but what is listed counts as taken: leave out what is not", place, word));
}

std::vector<MedicationLists::List> read_table(const std::string& path, const std::vector<std::string>& samples,
                                              const std::vector<Drug>& drugs, const Warn& warn, bool is_part) {
  std::unordered_map<std::string_view, std::size_t> numbers;
  for (std::size_t i = 0; i < samples.size(); ++i) numbers.emplace(samples[i], i);
  std::vector<MedicationLists::List> lists(samples.size());
  const UserTable table{path, "medicines", "--medications-file"};
  if (table.rows().empty()) {
    throw InputError{Fault::input, {path, "", "the table is empty", "begin it with the header: sample medication"}};
  }
  const auto at = find_columns(table, table.rows().front(), {columns, {}});
  for (std::size_t k = 1; k < table.rows().size(); ++k) {
    const UserTable::Row& row = table.rows()[k];
    const std::string sample = genomics::known_as(std::string{row.cell(at[0])});
    const auto number = numbers.find(sample);
    if (number == numbers.end() && is_part) continue;
    if (number == numbers.end()) {
      throw InputError{Fault::mismatch,
                       {table.place(row), "", fmt::format("the run has no sample {}", sample),
                        "spell it as the input does, or leave the line out"}};
    }
    auto& list = lists[number->second];
    if (!list) list.emplace();
    const std::string_view given = row.cell(at[1]);
    if (given.empty() || given == ".") continue;
    list->push_back(find_medication(std::string{given}, drugs));
    warn_of_denial(list->back(), table.place(row), warn);
  }
  return lists;
}

}  // namespace

MedicationLists read_medications(const MedicationOptions& options, const std::vector<std::string>& samples,
                                 const std::vector<Drug>& drugs, const std::function<void(const std::string&)>& warn,
                                 bool is_part) {
  check_usage(options, samples.size(), is_part);
  if (!options.medications.empty()) {
    std::vector<Medication> list;
    for (const std::string& given : options.medications) {
      list.push_back(find_medication(given, drugs));
      warn_of_denial(list.back(), "medications", warn);
    }
    return MedicationLists{{list}};
  }
  if (options.medications_file.empty()) return {};
  std::vector<MedicationLists::List> lists = read_table(options.medications_file, samples, drugs, warn, is_part);
  const auto without = std::ranges::count_if(lists, [](const auto& list) { return !list.has_value(); });
  if (without > 0) {
    const auto first = std::ranges::find_if(lists, [](const auto& list) { return !list.has_value(); });
    warn(fmt::format("{}: no row for {} sample(s), the first is {}", options.medications_file, without,
                     samples[static_cast<std::size_t>(first - lists.begin())]));
  }
  return MedicationLists{std::move(lists)};
}

}  // namespace stardose::pharmaco
