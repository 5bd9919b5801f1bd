// Reading files of outside calls.
#include "pharmaco/phenotype/outside_call_file.h"

#include <algorithm>
#include <fstream>

#include "genomics/input_error.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

using genomics::Fault;
using genomics::InputError;

namespace {

class OutsideCallReader {
 public:
  OutsideCallReader(const std::vector<std::string>& samples, const std::vector<Gene>& genes)
      : samples_{samples}, genes_{genes} {}

  void read(const std::string& path) {
    std::ifstream file{path};
    if (!file) throw InputError{Fault::input, {path, "", "cannot open the outside calls", "check --outside-calls"}};
    path_ = path;
    with_sample_ = false;
    line_ = 0;
    for (std::string text; std::getline(file, text);) {
      ++line_;
      if (!text.empty() && text.back() == '\r') text.pop_back();
      if (text.empty() || text.front() == '#') continue;
      if (text.starts_with("sample\t")) {
        with_sample_ = true;
      } else {
        read_line(text);
      }
    }
    if (file.bad()) throw InputError{Fault::input, {path, "", "cannot be read to its end", "make or fetch it again"}};
  }

  OutsideCalls take() { return std::move(calls_); }

 private:
  [[noreturn]] void fail(const std::string& why, const std::string& help) const {
    throw InputError{Fault::input, {path_, std::to_string(line_), why, help}};
  }

  void read_line(const std::string& text) {
    std::vector<std::string> cells;
    for (const std::string_view cell : split(text, "\t")) cells.emplace_back(cell == "." ? "" : cell);
    std::string sample = samples_.front();
    if (with_sample_) {
      sample = cells.front();
      cells.erase(cells.begin());
    } else if (samples_.size() > 1) {
      fail("the file does not say which sample a call belongs to, and the run has several",
           "start it with the header line: sample gene diplotype phenotype activity_score");
    }
    cells.resize(std::max<std::size_t>(cells.size(), 4));
    if (std::ranges::find(samples_, sample) == samples_.end()) return;  // a sample that is not in this run
    if (std::ranges::find(genes_, cells[0], &Gene::symbol) == genes_.end()) {
      fail("no such gene in the catalogue: " + cells[0], "`stardose knowledge list` names the genes");
    }
    OutsideCall call{cells[1], cells[2], cells[3], path_ + ":" + std::to_string(line_)};
    if (call.diplotype.empty() && call.phenotype.empty() && call.activity_score.empty()) {
      fail("the line states neither diplotype, phenotype nor activity score", "state one, or remove the line");
    }
    if (!call.activity_score.empty() && !read_activity_score(call.activity_score)) {
      fail("not an activity score: " + call.activity_score, "write a number such as 1.5 or >=3");
    }
    if (!calls_[sample].emplace(cells[0], std::move(call)).second) {
      fail("a second call of " + cells[0] + " for sample " + sample, "leave one");
    }
  }

  const std::vector<std::string>& samples_;
  const std::vector<Gene>& genes_;
  std::string path_;
  std::size_t line_ = 0;
  bool with_sample_ = false;
  OutsideCalls calls_;
};

}  // namespace

OutsideCalls read_outside_calls(const std::vector<std::string>& files, const std::vector<std::string>& samples,
                                const std::vector<Gene>& genes) {
  OutsideCallReader reader{samples, genes};
  for (const std::string& file : files) reader.read(file);
  return reader.take();
}

}  // namespace stardose::pharmaco
