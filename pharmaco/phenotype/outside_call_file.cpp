// Reading files of outside calls.
#include "pharmaco/phenotype/outside_call_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_allele.h"
#include "pharmaco/phenotype/outside_formats/foreign_call.h"

namespace stardose::pharmaco {

namespace {

constexpr std::array<std::string_view, 1> needed_columns = {"gene"};
constexpr std::array<std::string_view, 4> more_columns = {"sample", "diplotype", "phenotype", "activity_score"};

/// Thirteen copies are the most that were seen of a gene whose copies count; what is larger is no activity score.
constexpr int largest_score = 30;

/// Of a sample's gene: what is open between more tells nobody anything.
constexpr std::size_t most_calls = 1000;

/// Where a row's cells are.
struct Layout {
  std::size_t sample = absent;
  std::size_t gene = 0;
  std::size_t diplotype = 1;
  std::size_t phenotype = 2;
  std::size_t score = 3;
};

/// `*57:01 positive`, `HLA-B*57:01:01 Positive` or `positive for B*57:01`: `*57:01 positive`. Empty for anything else.
std::string presence_status(const Gene& gene, std::string_view written) {
  const std::string word = folded(written);
  for (const char* sign : {"positive", "negative"}) {
    std::string_view allele = trimmed(written);
    if (word.ends_with(sign)) {
      allele.remove_suffix(std::string_view{sign}.size());
    } else if (word.starts_with(std::string{sign} + " for ")) {
      allele.remove_prefix(std::string_view{sign}.size() + 5);
    } else {
      continue;
    }
    std::string name = two_fields(gene, allele);
    return name.empty() ? name : name + " " + sign;
  }
  return {};
}

/// A header has either of these.
bool heads_a_column(std::string_view cell) { return folded(cell) == "gene" || folded(cell) == "sample"; }

/// With the signs that a keyboard has, for those that documents set in their place.
std::string with_plain_signs(std::string_view written) {
  constexpr std::array<std::pair<std::string_view, char>, 6> plain = {
      {{"\u00d7", 'x'}, {"\u2217", '*'}, {"\uff0a", '*'}, {"\u00a0", ' '}, {"\u2009", ' '}, {"\u202f", ' '}}};
  std::string text{written};
  for (const auto& [set, sign] : plain) {
    for (std::size_t at = text.find(set); at != std::string::npos; at = text.find(set, at)) {
      text.replace(at, set.size(), 1, sign);
    }
  }
  return text;
}

/// Warnings of one kind about one name: the first place, and how many more.
struct LeftOut {
  std::string text;
  std::size_t lines = 0;
};

class OutsideCallReader {
 public:
  OutsideCallReader(const std::vector<std::string>& samples, const KnowledgeBase& knowledge, bool is_part)
      : samples_{samples}, is_part_{is_part}, knowledge_{knowledge} {
    for (std::size_t i = 0; i < samples.size(); ++i) sample_numbers_.emplace(samples[i], i);
    for (std::size_t i = 0; i < knowledge.genes.size(); ++i) gene_numbers_.emplace(knowledge.genes[i].symbol, i);
  }

  void read(const std::string& path) {
    const UserTable table{path, "outside calls", "--outside-calls", longest_cell};
    table_ = &table;
    if (const auto foreign = read_foreign_calls(path, table.text())) {
      if (foreign->empty()) calls_.warnings.push_back(path + ": no call is in it");
      for (const ForeignCall& call : *foreign) read_foreign(call);
      return tell_of_left_out();
    }
    Layout layout;
    bool is_first = true;
    for (const UserTable::Row& row : table.rows()) {
      const bool is_header = is_first && std::ranges::any_of(row.cells, heads_a_column);
      is_first = false;
      if (is_header) {
        layout = read_header(row);
      } else {
        read_row(row, layout);
      }
    }
    tell_of_left_out();
  }

  OutsideCalls take() {
    std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
      return std::tie(a.gene, a.sample, a.call) < std::tie(b.gene, b.sample, b.call);
    });
    for (Entry& entry : entries_) {
      auto& of_gene = calls_.by_gene[knowledge_.genes[entry.gene].symbol];
      if (of_gene.empty() || of_gene.back().sample != entry.sample) of_gene.push_back({entry.sample, {}});
      auto& calls = of_gene.back().calls;
      if (calls.empty() || calls.back() != entry.call) calls.push_back(std::move(entry.call));
    }
    return std::move(calls_);
  }

 private:
  struct Entry {
    std::size_t gene = 0;
    std::uint32_t sample = 0;
    OutsideCall call;
  };

  Layout read_header(const UserTable::Row& row) const {
    const auto at = find_columns(*table_, row, {needed_columns, more_columns});
    return {at[1], at[0], at[2], at[3], at[4]};
  }

  void read_row(const UserTable::Row& row, const Layout& layout) {
    const std::string symbol{row.cell(layout.gene)};
    if (symbol.empty()) table_->fail(row, "the line names no gene", "write the gene's symbol, or remove the line");
    if (layout.sample == absent && (samples_.size() != 1 || is_part_)) {
      table_->fail(row, "the file does not say which sample a call belongs to, and the run has several",
                   "start it with the header line: sample gene diplotype phenotype activity_score");
    }
    const std::string sample =
        layout.sample == absent ? samples_.front() : genomics::known_as(std::string{row.cell(layout.sample)});
    if (sample.empty()) table_->fail(row, "the line names no sample", "write the sample's name, or remove the line");
    if (const auto place = find(row, sample, symbol)) read_call(row, layout, place->gene, place->sample);
  }

  struct Place {
    std::size_t gene = 0;
    std::uint32_t sample = 0;
  };

  /// nullopt: one of them is not there, and is left out.
  std::optional<Place> find(const UserTable::Row& row, const std::string& sample, const std::string& symbol) {
    const auto number = sample_numbers_.find(sample);
    if (number == sample_numbers_.end()) {
      leave_out(row, samples_left_out_, sample, "the input has no sample " + sample);
      return std::nullopt;
    }
    const auto gene = gene_numbers_.find(symbol);
    if (gene == gene_numbers_.end()) {
      leave_out(row, genes_left_out_, symbol,
                "no such gene in the catalogue: " + genomics::shown_word(symbol) + nearest_gene(symbol));
      return std::nullopt;
    }
    return Place{gene->second, static_cast<std::uint32_t>(number->second)};
  }

  void read_foreign(const ForeignCall& call) {
    const UserTable::Row row{call.line, {}};
    check_lengths(row, call);
    const std::string sample =
        call.sample.empty() ? samples_[sample_of_file(table_->path(), samples_)] : genomics::known_as(call.sample);
    const auto place = find(row, sample, call.gene);
    if (!place) return;
    const auto add = [&](OutsideCall read) {
      read.note = call.note;
      add_entry(row, {place->gene, place->sample, std::move(read)});
    };
    const Gene& gene = knowledge_.genes[place->gene];
    for (const std::string& diplotype : call.diplotypes) {
      add({diplotype_of(gene, diplotype), {}, std::nullopt, {}});
      tell_of_strange_names(row, gene, entries_.back().call);
    }
    if (!call.diplotypes.empty()) return;
    if (call.phenotype.empty()) return add({});
    auto phenotypes = phenotypes_of_cell(row, gene, call.phenotype);
    if (!phenotypes.empty()) add({{}, std::move(phenotypes), std::nullopt, {}});
  }

  void check_lengths(const UserTable::Row& row, const ForeignCall& call) const {
    const auto is_long = [](const std::string& text) { return text.size() > longest_cell; };
    const bool any = std::ranges::any_of(call.diplotypes, is_long) || is_long(call.sample) || is_long(call.gene) ||
                     is_long(call.phenotype) || is_long(call.note);
    if (!any) return;
    table_->fail(row, "a name or a result has more than " + std::to_string(longest_cell) + " characters",
                 "give the file as the program wrote it");
  }

  [[nodiscard]] std::string nearest_gene(const std::string& written) const {
    std::vector<std::string> symbols;
    for (const Gene& gene : knowledge_.genes) symbols.push_back(gene.symbol);
    const std::string near = genomics::nearest_name(written, symbols);
    return near.empty() ? "" : " (nearest: " + near + ")";
  }

  void read_call(const UserTable::Row& row, const Layout& layout, std::size_t number, std::uint32_t sample) {
    const Gene& gene = knowledge_.genes[number];
    bool not_tested = false;
    bool no_result = false;
    const auto stated = [&](std::size_t column) {
      const std::string_view text = row.cell(column);
      const auto word = knowledge_.synonyms.no_result(text);
      not_tested = not_tested || word == NoResultWord::not_tested;
      no_result = no_result || word == NoResultWord::no_result || text == ".";
      return word || text == "." ? std::string_view{} : text;
    };
    OutsideCall call;
    std::vector<std::string> diplotypes = diplotypes_of_cell(row, gene, stated(layout.diplotype));
    if (!diplotypes.empty()) call.diplotype = diplotypes.front();
    const std::string_view phenotype = stated(layout.phenotype);
    const std::string_view score = stated(layout.score);
    if (!phenotype.empty()) {
      call.phenotypes = phenotypes_of_cell(row, gene, phenotype);
      // A phenotype that is not understood states nothing; what else the line says stands.
      not_tested = not_tested || call.phenotypes.empty();
    }
    if (!score.empty()) {
      call.score = read_activity_score(score);
      if (!call.score || call.score->hundredths > largest_score * 100) {
        table_->fail(row, "not an activity score", "write a number such as 1.5 or >=3");
      }
    }
    if (call.has_result() || (no_result && !not_tested)) {
      for (std::size_t k = 1; k < diplotypes.size(); ++k) {
        OutsideCall other = call;
        other.diplotype = diplotypes[k];
        tell_of_strange_names(row, gene, other);
        add_entry(row, {number, sample, std::move(other)});
      }
      tell_of_strange_names(row, gene, call);
      add_entry(row, {number, sample, std::move(call)});
    } else if (!not_tested) {
      table_->fail(row, "the line states neither diplotype, phenotype nor activity score",
                   "state one, write `.` for a call without a result, or remove the line");
    } else if (phenotype.empty()) {
      leave_out(row, untested_left_out_, gene.symbol, gene.symbol + " was not tested");
    }
  }

  [[nodiscard]] std::string diplotype_of(const Gene& gene, std::string_view text) const {
    std::string diplotype;
    for (const std::string_view haplotype : split(text, "/")) {
      diplotype += diplotype.empty() && haplotype.data() == text.data() ? "" : "/";
      diplotype += knowledge_.synonyms.allele(gene, trimmed(haplotype));
    }
    return diplotype;
  }

  /// `*1/*2`, `*1|*2`, `*1/*2;*1/*4` and `*1/*2 or *1/*4`, which does not decide between them.
  [[nodiscard]] std::vector<std::string> diplotypes_of_cell(const UserTable::Row& row, const Gene& gene,
                                                            std::string_view cell) const {
    constexpr std::string_view between = " or ";
    std::string text = with_plain_signs(cell);
    for (std::size_t at = folded(text).find(between); at != std::string::npos; at = folded(text).find(between)) {
      text.replace(at, between.size(), ";");
    }
    if (text.ends_with(';')) text.pop_back();
    if (text.find('/') == std::string::npos) std::ranges::replace(text, '|', '/');
    std::vector<std::string> diplotypes;
    for (const std::string_view item : split(text, ";")) {
      if (cell.empty()) break;
      const std::vector<std::string_view> haplotypes = split(trimmed(item), "/");
      const auto is_name = [](std::string_view name) {
        return name.find('?') == std::string_view::npos && name.find('|') == std::string_view::npos &&
               std::ranges::any_of(name, [](unsigned char c) { return std::isalnum(c) != 0; });
      };
      if (haplotypes.empty() || haplotypes.size() > 2 || !std::ranges::all_of(haplotypes, is_name)) {
        table_->fail(row, "not a diplotype: " + genomics::shown_word(genomics::printable(std::string{trimmed(item)})),
                     "write one or two alleles (*1/*2), several diplotypes with ; between them, or `.` for no result");
      }
      diplotypes.push_back(diplotype_of(gene, trimmed(item)));
    }
    return diplotypes;
  }

  /// Empty: not understood, and said so.
  std::vector<std::string> phenotypes_of_cell(const UserTable::Row& row, const Gene& gene, std::string_view text) {
    std::vector<std::string> known = stardose::pharmaco::phenotypes_of(gene);
    if (gene.phenotype.method == PhenotypeMethod::presence) {
      std::string list{text};
      std::ranges::replace_if(
          list, [](char c) { return c == '|' || c == ','; }, ';');
      std::vector<std::string> statuses;
      for (const std::string_view item : split(list, ";")) statuses.push_back(presence_status(gene, item));
      if (std::ranges::find(statuses, std::string{}) == statuses.end()) return statuses;
      known = {};
    } else if (const auto phenotype = knowledge_.synonyms.phenotype(gene, text)) {
      return {*phenotype};
    }
    const std::string why = "not a phenotype of " + gene.symbol;
    const std::string near = genomics::nearest_name(std::string{text}, known);
    if (!near.empty()) table_->fail(row, why, "spell it as `stardose knowledge show " + gene.symbol + "` does");
    leave_out(row, phenotypes_left_out_, gene.symbol + "\t" + std::string{text}, why);
    return {};
  }

  void add_entry(const UserTable::Row& row, Entry entry) {
    if (++counts_[{entry.gene, entry.sample}] > most_calls) {
      table_->fail(row, "more than " + std::to_string(most_calls) + " calls of one gene in one sample",
                   "give one, or those that are likely");
    }
    entries_.push_back(std::move(entry));
  }

  using Names = std::map<std::string, LeftOut>;

  /// A diplotype of which nothing follows looks like a result and is none.
  void tell_of_strange_names(const UserTable::Row& row, const Gene& gene, const OutsideCall& call) {
    if (call.diplotype.empty() || !call.phenotypes.empty() || call.score) return;
    const OutsideResult alone = stardose::pharmaco::read_outside_calls(gene, {&call, 1});
    const std::string nothing = ", so that nothing follows from it";
    if (!alone.not_known.empty()) {
      leave_out(row, strange_names_, gene.symbol, "no such allele of " + gene.symbol + " in the catalogue" + nothing);
    }
    if (!alone.no_typing.empty()) {
      leave_out(row, strange_names_, gene.symbol, "no typing of " + gene.symbol + " in two fields (*57:01)" + nothing);
    }
  }

  void leave_out(const UserTable::Row& row, Names& names, const std::string& name, const std::string& why) const {
    LeftOut& entry = names[name];
    if (entry.lines++ == 0) entry.text = table_->place(row) + ": " + genomics::printable(why);
  }

  void tell_of_left_out() {
    for (Names* names : {&samples_left_out_, &genes_left_out_, &untested_left_out_, &phenotypes_left_out_}) {
      tell(*names, "the line is left out", "such lines are left out");
    }
    tell(strange_names_, "", "such lines");
  }

  /// A name is told once a file, however many lines it has; of many names the first few are told, by line.
  void tell(Names& names, const std::string& of_one, const std::string& of_many) {
    constexpr std::size_t most = 5;
    std::size_t told = 0;
    for (const auto& [name, entry] : names) {
      if (told++ == most) break;
      const std::string lines = entry.lines == 1 ? of_one : std::to_string(entry.lines) + " " + of_many;
      calls_.warnings.push_back(entry.text + (lines.empty() ? "" : "; ") + lines);
    }
    if (names.size() > most) {
      calls_.warnings.push_back(table_->path() + ": and " + std::to_string(names.size() - most) + " more such names");
    }
    names.clear();
  }

  const std::vector<std::string>& samples_;
  bool is_part_;
  const KnowledgeBase& knowledge_;
  std::unordered_map<std::string, std::size_t> sample_numbers_;
  std::unordered_map<std::string, std::size_t> gene_numbers_;
  const UserTable* table_ = nullptr;  // the one being read
  Names samples_left_out_;
  Names genes_left_out_;
  Names untested_left_out_;
  Names phenotypes_left_out_;
  Names strange_names_;
  std::map<std::pair<std::size_t, std::uint32_t>, std::size_t> counts_;  ///< of entries, by gene and sample
  std::vector<Entry> entries_;
  OutsideCalls calls_;
};

}  // namespace

OutsideCalls read_outside_calls(const std::vector<std::string>& files, const std::vector<std::string>& samples,
                                const KnowledgeBase& knowledge, bool is_part) {
  OutsideCallReader reader{samples, knowledge, is_part};
  for (const std::string& file : files) reader.read(file);
  return reader.take();
}

}  // namespace stardose::pharmaco
