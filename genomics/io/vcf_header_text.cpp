// VCF specification 4.5, section 1.4, with an eye to what real files have.
#include "genomics/io/vcf_header_text.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/io/vcf_structural_check.h"
#include "genomics/io/vcf_values.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

namespace {

constexpr std::string_view columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
constexpr std::string_view version_key = "##fileformat=VCFv4.";
constexpr int newest_minor_version = 5;
constexpr int strict_since = 3;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

bool has_space(std::string_view text) { return text.find_first_of(" \t") != std::string_view::npos; }

/// SCHEME://HOST..., in brackets or not; a host is no number alone.
bool is_url(std::string_view text) {
  if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos || end == 0 || has_space(text)) return false;
  const std::string_view rest = text.substr(end + 3);
  const std::string_view host = rest.substr(0, rest.find_first_of(":/"));
  const bool is_file = text.starts_with("file:");
  return is_file ? !rest.empty() : host.find_first_not_of("0123456789") != std::string_view::npos;
}

/// A pair of `<ID=DP,Number=1,...>`.
struct Pair {
  std::string_view key;
  std::string_view value;  // without its quotes
  bool is_quoted = false;
};

class HeaderText {
 public:
  explicit HeaderText(const std::string& path) : path_{path} {}

  void read(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      ++number_;
      std::string_view line = text.substr(0, end);
      line = line.substr(0, line.find_last_not_of(" \r") + 1);
      if (declared.minor_version >= strict_since && has_forbidden_control(line)) {
        fail("a control character in a line, or a return within it");
      }
      read_line(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  VcfDeclarations declared;

 private:
  [[noreturn]] void fail(std::string why, std::string help = "correct the line, or make the file again") const {
    throw InputError{Fault::input, {path_, "header, line " + std::to_string(number_), std::move(why), std::move(help)}};
  }

  void read_line(std::string_view line) {
    if (number_ == 1) return read_version(line);
    if (!line.starts_with("##")) return read_columns(line);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals == 2) fail("not a key and its value: no `key=` behind the ##");
    const std::string_view key = line.substr(2, equals - 2);
    const std::string_view value = line.substr(equals + 1);
    const bool is_structured =
        is_one_of(key, {"INFO", "FORMAT", "FILTER", "ALT", "contig", "SAMPLE", "PEDIGREE", "META"});
    const bool is_known = is_structured || is_one_of(key, {"assembly", "reference", "pedigreeDB", "fileformat"});
    if (is_known && (value.empty() || value == "<>")) fail(std::string{key} + " has no value");
    if (key == "fileformat") fail("fileformat is there twice");
    // Programs write the name of the reference for the address of ##assembly.
    const bool is_address = key == "pedigreeDB" || (key == "assembly" && value.find("://") != std::string_view::npos);
    if (is_address && !is_url(value)) fail(std::string{key} + " is not a URL");
    if (is_structured && value.starts_with('<'))
      read_structured(key, value);
    else if (is_structured && !is_one_of(key, {"SAMPLE", "PEDIGREE", "META"}))
      fail(std::string{key} + " is not <...>");
  }

  void read_version(std::string_view line) {
    const bool has_minor = line.starts_with(version_key) && line.size() == version_key.size() + 1;
    const int minor = has_minor ? line.back() - '0' : -1;
    if (minor < 0 || minor > newest_minor_version) {
      fail("the first line is not ##fileformat=VCFv4.0 to VCFv4.5",
           "give a VCF of version 4, whole from its first line");
    }
    declared.minor_version = minor;
  }

  void read_columns(std::string_view line) const {
    const std::string_view rest = line.substr(std::min(line.size(), columns.size()));
    const bool is_right =
        line.starts_with(columns) && (rest.empty() || rest == "\tFORMAT" || rest.starts_with("\tFORMAT\t"));
    if (!is_right)
      fail("not the columns of a VCF: CHROM, POS, ID, REF, ALT, QUAL, FILTER, INFO, then FORMAT and samples");
    if (rest.empty()) return;
    std::set<std::string_view> names;
    std::string_view left = rest.substr(std::string_view{"\tFORMAT"}.size());
    while (!left.empty()) {
      left.remove_prefix(1);
      const std::size_t end = std::min(left.find('\t'), left.size());
      const std::string_view name = left.substr(0, end);
      left.remove_prefix(end);
      if (name.empty()) fail("a sample has an empty name", "name it with `bcftools reheader`");
      if (!names.insert(name).second) {
        fail("sample " + printable(known_as(std::string{name})) + " is there twice",
             "give each sample a name of its own");
      }
    }
  }

  void read_structured(std::string_view key, std::string_view value) {
    const std::vector<Pair> pairs = split(key, value);
    if (has_key_twice(pairs)) fail(std::string{key} + " has one key twice");
    const bool needs_id = key != "PEDIGREE";
    if (needs_id && pairs.front().key != "ID") fail(std::string{key} + " does not begin with its ID");
    const std::string_view id = pairs.front().value;
    if (id.empty()) fail(std::string{key} + " has an empty ID");
    if (key == "contig") return declare_contig(id, pairs);
    if (key == "INFO" || key == "FORMAT") return declare_field(key, id, pairs);
    const bool is_bad_name = has_space(id) || (key == "ALT" && id.find_first_of("<>,") != std::string_view::npos);
    if (needs_id && is_bad_name && key != "SAMPLE") fail(std::string{key} + " has an ID with a space or bracket in it");
    check_pairs(key, id, pairs);
  }

  void check_pairs(std::string_view key, std::string_view id, const std::vector<Pair>& pairs) const {
    const std::string name{key};
    for (const Pair& pair : pairs) {
      const bool has_text = pair.key == "Description" && (key == "ALT" || key == "FILTER");
      if (has_text && !pair.is_quoted) fail(name + " has a Description without quotes");
      if (key == "META" && pair.key == "Number" && pair.value != ".") fail("META has a Number other than a point");
      if (key == "PEDIGREE" && !pair.is_quoted && has_space(pair.value)) fail("PEDIGREE has a name with a space in it");
    }
    if (key == "ALT" && !is_known_symbol(id)) fail("ALT declares a type that the VCF specification does not have");
    // Names of samples have spaces in them.
    if (key == "SAMPLE" && id.find_first_of("*<>\"") != std::string_view::npos)
      fail("SAMPLE has an ID with a character that does not belong there");
  }

  [[nodiscard]] static bool has_key_twice(const std::vector<Pair>& pairs) {
    std::vector<std::string_view> keys;
    keys.reserve(pairs.size());
    for (const Pair& pair : pairs) keys.push_back(pair.key);
    std::ranges::sort(keys);
    return std::ranges::adjacent_find(keys) != keys.end();
  }

  /// Takes `<KEY=VALUE,KEY="VALUE",...>` apart.
  [[nodiscard]] std::vector<Pair> split(std::string_view key, std::string_view text) const {
    const std::string name{key};
    std::vector<Pair> pairs;
    std::size_t at = 1;
    for (;;) {
      const std::size_t equals = text.find_first_of("=,>", at);
      if (equals == std::string_view::npos) fail(name + " is not closed by >");
      if (text[equals] != '=' || equals == at) fail(name + " has something that is not KEY=VALUE");
      Pair pair{trimmed(text.substr(at, equals - at)), {}, false};
      std::size_t end = std::min(text.find_first_not_of(' ', equals + 1), text.size());
      if (end < text.size() && text[end] == '"') {
        pair.is_quoted = true;
        const std::size_t quote = end;
        end = closing_quote(name, text, end + 1);
        pair.value = text.substr(quote + 1, end - quote - 1);
        ++end;
      } else {
        const bool is_list = end < text.size() && text[end] == '[';  // Values=[a, b]
        end = text.find_first_of(is_list ? "]" : ",>", end);
        if (end == std::string_view::npos) fail(name + " is not closed by >");
        if (is_list) ++end;
        pair.value = trimmed(text.substr(equals + 1, end - equals - 1));
      }
      pairs.push_back(pair);
      if (end >= text.size()) fail(name + " is not closed by >");
      if (text[end] == '>' && end + 1 == text.size()) return pairs;
      if (text[end] != ',') fail(name + " has something behind a value that does not belong there");
      at = end + 1;
    }
  }

  [[nodiscard]] std::size_t closing_quote(const std::string& name, std::string_view text, std::size_t at) const {
    for (; at < text.size(); ++at) {
      if (text[at] == '\\')
        ++at;
      else if (text[at] == '"')
        return at;
    }
    fail(name + " has a quote that is not closed");
  }

  void declare_contig(std::string_view id, const std::vector<Pair>& pairs) {
    if (!is_contig_name(id)) fail("contig has a name that the VCF specification does not allow");
    std::int64_t length = 0;
    for (const Pair& pair : pairs) {
      if (pair.key != "length") continue;
      const char* const end = pair.value.data() + pair.value.size();
      const auto [at, fault] = std::from_chars(pair.value.data(), end, length);
      if (fault != std::errc{} || at != end || length < 0) fail("a contig's length is not a number");
    }
    const auto [there, is_new] = declared.contigs.emplace(id, length);
    if (!is_new && there->second != length)
      fail("contig " + printable(there->first) + " is declared twice, with two lengths");
  }

  void declare_field(std::string_view key, std::string_view id, const std::vector<Pair>& pairs) {
    const auto place = key == "INFO" ? FieldPlace::info : FieldPlace::format;
    const std::string name = std::string{key} + '/' + printable(std::string{id});
    const auto value_of = [&](std::string_view wanted) -> const Pair* {
      const auto at = std::ranges::find(pairs, wanted, &Pair::key);
      return at == pairs.end() ? nullptr : &*at;
    };
    const Pair* number = value_of("Number");
    const Pair* type = value_of("Type");
    const Pair* description = value_of("Description");
    if (number == nullptr || type == nullptr) fail(name + " is declared without Number or Type");
    if (description != nullptr && !description->is_quoted) fail(name + " has a Description without quotes");
    FieldKind kind;
    const auto counted = field_number(number->value, kind.count);
    const auto typed = field_type(type->value);
    const bool is_of_samples = is_one_of(number->value, {"P", "LA", "LR", "LG", "M"});
    if (!counted || (is_of_samples && place == FieldPlace::info)) fail(name + " has a Number that is none");
    if (!typed || (*typed == FieldType::flag && place == FieldPlace::format)) fail(name + " has a Type that is none");
    kind.number = *counted;
    kind.type = *typed;
    if (has_space(id)) fail(name + " has a space in its ID");
    if (!is_known_reading(place, id, declared.minor_version, kind)) {
      fail(name + " is declared with a Number or Type that is not the one that the VCF specification gives it",
           "correct the declaration with `bcftools reheader`, or take the field away with `bcftools annotate -x " +
               name + "`");
    }
    add_reserved_rules(place, id, declared.minor_version, kind);
    const auto [there, is_new] = (place == FieldPlace::info ? declared.info : declared.format).emplace(id, kind);
    if (!is_new && there->second != kind) fail(name + " is declared twice, in different ways");
  }

  const std::string& path_;
  int number_ = 0;
};

}  // namespace

bool is_contig_name(std::string_view name) {
  const bool is_hla = name.starts_with("HLA-");
  const auto is_bad = [is_hla](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code <= ' ' || code >= 0x7f || std::string_view{"\\,\"'`()[]{}<>"}.find(c) != std::string_view::npos ||
           (!is_hla && (c == '*' || c == ':'));
  };
  return !name.empty() && name.front() != '=' && std::ranges::none_of(name, is_bad);
}

VcfDeclarations read_declarations(const std::string& path, std::string_view text) {
  HeaderText header{path};
  header.read(text);
  return std::move(header.declared);
}

}  // namespace stardose::genomics
