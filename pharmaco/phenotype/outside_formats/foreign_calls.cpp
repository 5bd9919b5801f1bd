// Telling formats by their content.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_formats/aldy.h"
#include "pharmaco/phenotype/outside_formats/cyrius.h"
#include "pharmaco/phenotype/outside_formats/foreign_call.h"
#include "pharmaco/phenotype/outside_formats/pharmcat.h"
#include "pharmaco/phenotype/outside_formats/stellarpgx.h"
#include "pharmaco/phenotype/outside_formats/text_lines.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

/// Finds a key that an object has twice, of which a parser keeps one, and objects with more keys than it can look
/// through. What is wrong otherwise is the parser's to say.
class Keys final : public nlohmann::json_sax<Json> {
 public:
  static constexpr std::size_t most = 20'000;

  [[nodiscard]] const std::optional<std::string>& repeated() const { return repeated_; }
  [[nodiscard]] bool are_too_many() const { return are_too_many_; }

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*text*/) override { return true; }
  bool binary(binary_t& /*bytes*/) override { return true; }
  bool start_array(std::size_t /*items*/) override { return true; }
  bool end_array() override { return true; }
  bool start_object(std::size_t /*keys*/) override {
    open_.emplace_back();
    return true;
  }
  bool end_object() override {
    open_.pop_back();
    return true;
  }
  bool key(string_t& key) override {
    if (!open_.back().insert(key).second) repeated_ = key;
    are_too_many_ = open_.back().size() > most;
    return !repeated_ && !are_too_many_;
  }
  bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

 private:
  std::vector<std::unordered_set<std::string>> open_;
  std::optional<std::string> repeated_;
  bool are_too_many_ = false;
};

std::vector<ForeignCall> read_json(const std::string& path, std::string_view text) {
  Keys keys;
  (void)Json::sax_parse(text, &keys);
  if (keys.are_too_many()) {
    fail_at(path, 1, "JSON with more than " + std::to_string(Keys::most) + " names in one object",
            "give a file a sample, or a table");
  }
  if (keys.repeated()) {
    const std::string quoted = "\"" + *keys.repeated() + "\"";
    fail_at(path, line_at(text, text.rfind(quoted)),
            "JSON with a key that is there twice: " + genomics::shown_word(genomics::printable(*keys.repeated())),
            "give the file as the program wrote it");
  }
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    fail_at(path, line_at(text, error.byte == 0 ? 0 : error.byte - 1), "not JSON, though it begins like it",
            "give the file as the program wrote it, whole");
  } catch (const Json::out_of_range&) {
    fail_at(path, 1, "JSON with a number that is too large for any computer",
            "give the file as the program wrote it, whole");
  }
  if (is_pharmcat(json)) return read_pharmcat_json(path, text, json);
  if (is_cyrius(json)) return read_cyrius_json(path, text, json);
  fail_at(path, 1, "JSON of a program that is not known",
          "give report.json or phenotype.json of PharmCAT, Cyrius's JSON, or a table of calls");
}

bool is_header(const std::vector<std::string_view>& cells, std::initializer_list<std::string_view> names) {
  return cells.size() >= names.size() && std::equal(names.begin(), names.end(), cells.begin());
}

}  // namespace

std::optional<std::vector<ForeignCall>> read_foreign_calls(const std::string& path, std::string_view text) {
  const auto lines = lines_of(text.substr(0, std::min<std::size_t>(text.size(), 4000)));
  if (lines.empty()) return std::nullopt;
  const std::string_view first = trimmed(lines.front().text);
  if (first.starts_with('{') || first.starts_with('[')) return read_json(path, text);
  if (first.starts_with("##fileformat=VCF")) {
    if (text.find("\n##source=aldy") != std::string_view::npos) return read_aldy_vcf(path, text);
    fail_at(path, 1, "a VCF that is not Aldy's",
            "give variants by --input, and calls made elsewhere as they were written");
  }
  if (is_stellarpgx(text)) return read_stellarpgx(path, text);
  const auto cells = lines.front().cells();
  if (is_header(cells, {"#Sample", "Gene", "SolutionID", "Major"})) return read_aldy_table(path, text);
  if (cells.size() == 3 && is_header(cells, {"Sample", "Genotype", "Filter"})) return read_cyrius_table(path, text);
  if (is_pharmcat_table(text)) return read_pharmcat_table(path, text);
  return std::nullopt;
}

std::size_t sample_of_file(const std::string& path, const std::vector<std::string>& samples) {
  if (samples.size() == 1) return 0;
  const std::string name = path.substr(path.find_last_of('/') + 1);
  // The longest beginning that is a sample's name and ends where the file's name may go on.
  for (std::size_t end = name.size(); end > 0 && end != std::string::npos; end = name.find_last_of("._", end - 1)) {
    const auto sample = std::ranges::find(samples, genomics::known_as(name.substr(0, end)));
    if (sample != samples.end()) return static_cast<std::size_t>(sample - samples.begin());
  }
  throw genomics::InputError{genomics::Fault::input,
                             {path, "", "the file does not say which sample a call belongs to, and the run has several",
                              "name it after its sample, as SAMPLE.json or SAMPLE_2d6.alleles"}};
}

}  // namespace stardose::pharmaco
