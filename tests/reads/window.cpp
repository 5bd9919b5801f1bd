// A stretch of the assembly from which chromosomes are made.
#include "window.h"

#include <stdexcept>

#include "sequence.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

std::string_view Window::cut(std::int64_t begin, std::int64_t end) const {
  if (begin < start || end < begin || end > this->end()) throw std::runtime_error{"not in the window"};
  return std::string_view{bases}.substr(static_cast<std::size_t>(begin - start), static_cast<std::size_t>(end - begin));
}

Window read_window(const std::string& path) {
  auto records = fasta_records(lines_of(path));
  if (records.size() != 1) throw std::runtime_error{"not one record: " + path};
  const std::string& title = records[0].first;
  const std::size_t colon = title.find(':');
  return {title.substr(0, colon), std::stoll(title.substr(colon + 1)) - 1, std::move(records[0].second)};
}

}  // namespace stardose::tests
