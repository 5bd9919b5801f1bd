// Rows of scoring files.
#include "pharmaco/polygenic/scoring_file_reader.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "genomics/input_error.h"
#include "genomics/io/text_lines.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/polygenic/score_index.h"
#include "pharmaco/polygenic/score_row_reader.h"
#include "pharmaco/polygenic/scoring_header.h"

namespace stardose::pharmaco {

namespace {

using Column = ScoreColumn;
using genomics::Fault;
using genomics::InputError;
using genomics::TextLines;
using Row = ScoreCells;

/// Reads the PGS Catalog's table.
class CatalogTable {
 public:
  CatalogTable(TextLines& lines, const ScoreColumns& columns, const PositionColumns& places, ScoringFile& file)
      : lines_{lines}, columns_{columns}, places_{places}, reader_{lines, file}, file_{file} {
    file.scores = {file.header.name};
    file.dosage_weights = columns.has(Column::dosage_0_weight) && columns.has(Column::dosage_1_weight) &&
                          columns.has(Column::dosage_2_weight);
    if (!columns.has(Column::effect_allele)) missing("effect_allele");
    if (!file.dosage_weights && !columns.has(Column::effect_weight)) missing("effect_weight");
  }

  void read(const Row& row) {
    if (row.size() > columns_.size()) {
      lines_.fail(
          "the line has " + std::to_string(row.size()) + " columns, and the table " + std::to_string(columns_.size()),
          "columns are separated by tabs; fetch the file again");
    }
    ScoreVariant variant;
    if (is_true(row, Column::is_haplotype, "is_haplotype")) ScoreRowReader::decide(variant, VariantFate::haplotype);
    if (is_true(row, Column::is_diplotype, "is_diplotype")) ScoreRowReader::decide(variant, VariantFate::diplotype);
    if (is_true(row, Column::is_interaction, "is_interaction"))
      ScoreRowReader::decide(variant, VariantFate::interaction);
    std::string_view other = cell(row, Column::other_allele);
    if (says_nothing(other)) other = cell(row, Column::hm_infer_other_allele);
    // Where the Catalog infers several alleles (A/C), none is known.
    if (other.find('/') != std::string_view::npos) other = {};
    reader_.take_alleles(variant, cell(row, Column::effect_allele), other);
    reader_.place(variant, cell(row, places_.contig), cell(row, places_.position));
    if (const std::string_view frequency = cell(row, Column::allelefrequency_effect); !says_nothing(frequency)) {
      const double value = reader_.number(frequency, "allelefrequency_effect");
      if (value >= 0 && value <= 1) variant.frequency = static_cast<float>(value);
    }
    read_weights(row, variant);
    reader_.keep(variant);
  }

 private:
  [[noreturn]] void missing(const std::string& column) const {
    lines_.fail("the table has no column " + column,
                "give a scoring file of the PGS Catalog; columns are separated by tabs");
  }
  [[nodiscard]] std::string_view cell(const Row& row, Column column) const { return columns_.cell(row, column); }
  [[nodiscard]] bool is_true(const Row& row, Column column, std::string_view name) const {
    return columns_.has(column) && reader_.truth(cell(row, column), name);
  }

  void read_weights(const Row& row, ScoreVariant& variant) {
    const bool dominant = is_true(row, Column::is_dominant, "is_dominant");
    const bool recessive = is_true(row, Column::is_recessive, "is_recessive");
    if (dominant && recessive) {
      lines_.fail("the variant is dominant and recessive at once", "leave one of the two");
    }
    if (dominant) variant.model = WeightModel::dominant;
    if (recessive) variant.model = WeightModel::recessive;
    if (!file_.dosage_weights) {
      file_.weights.push_back(reader_.number(cell(row, Column::effect_weight), "effect_weight"));
      return;
    }
    if (says_nothing(cell(row, Column::dosage_0_weight)) && !says_nothing(cell(row, Column::effect_weight))) {
      const double weight = reader_.number(cell(row, Column::effect_weight), "effect_weight");
      const double once = recessive ? 0 : weight;
      file_.weights.insert(file_.weights.end(), {0, once, dominant || recessive ? weight : 2 * weight});
    } else {
      file_.weights.push_back(reader_.number(cell(row, Column::dosage_0_weight), "dosage_0_weight"));
      file_.weights.push_back(reader_.number(cell(row, Column::dosage_1_weight), "dosage_1_weight"));
      file_.weights.push_back(reader_.number(cell(row, Column::dosage_2_weight), "dosage_2_weight"));
    }
    variant.model = WeightModel::by_dosage;
  }

  TextLines& lines_;
  const ScoreColumns& columns_;
  PositionColumns places_;
  ScoreRowReader reader_;
  ScoringFile& file_;
};

/// Reads the table of several scores: ID, effect_allele, and a column a score.
class ManyScores {
 public:
  ManyScores(TextLines& lines, const ScoreColumns& columns, ScoringFile& file)
      : lines_{lines}, reader_{lines, file}, file_{file} {
    const std::vector<std::string>& names = columns.names();
    if (names.size() < 3 || names[1] != "effect_allele") {
      lines.fail("a table that begins with ID needs effect_allele as its second column, and one for each score",
                 "separate columns by tabs: ID, effect_allele, score, score ...");
    }
    file.scores.assign(names.begin() + 2, names.end());
  }

  void read(const Row& row) {
    if (row.size() != file_.scores.size() + 2) {
      lines_.fail("the line has " + std::to_string(row.size()) + " columns, and the table " +
                      std::to_string(file_.scores.size() + 2),
                  "columns are separated by tabs");
    }
    ScoreVariant variant;
    std::array<std::string_view, 4> parts;  // chromosome, position, allele, allele
    std::string_view rest = row[0];
    for (std::string_view& part : parts) {
      part = rest.substr(0, rest.find(':'));
      rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    }
    if (parts[1].empty() || !rest.empty()) {
      lines_.fail("the ID is not chrom:pos:ref:alt: " + std::string{row[0]}, "write 22:17080378:G:A");
    }
    const std::string effect = upper(row[1]);
    std::string_view other;
    if (!parts[3].empty()) {
      const bool is_first = upper(parts[2]) == effect;
      if (!is_first && upper(parts[3]) != effect) {
        lines_.fail("the effect allele " + effect + " is none of " + std::string{row[0]}, "correct one of the two");
      }
      other = is_first ? parts[3] : parts[2];
    }
    reader_.take_alleles(variant, effect, other);
    reader_.place(variant, parts[0], parts[1]);
    for (std::size_t k = 0; k < file_.scores.size(); ++k) {
      file_.weights.push_back(reader_.number(row[k + 2], file_.scores[k]));
    }
    reader_.keep(variant);
  }

 private:
  static std::string upper(std::string_view text) {
    std::string result{text};
    for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
  }

  TextLines& lines_;
  ScoreRowReader reader_;
  ScoringFile& file_;
};

template <class Table>
void read_rows(TextLines& lines, Table table) {
  Row row;
  for (std::string_view line; lines.next(line);) {
    if (trimmed(line).empty()) continue;
    split_cells(line, row);
    table.read(row);
  }
}

void check_rows(ScoringFile& file) {
  const auto is_placed = [](const ScoreVariant& variant) { return variant.position != ScoreVariant::nowhere; };
  if (file.variants.empty() || std::ranges::none_of(file.variants, is_placed)) {
    throw InputError{
        Fault::input,
        {file.path, "",
         file.variants.empty() ? "the table has no variant" : "no variant has a position: harmonising it has failed",
         "fetch the file again, or another one of the same score"}};
  }
  const std::string& declared = file.header.variants_number;
  if (!declared.empty() && declared != std::to_string(file.variants.size())) {
    file.warnings.push_back(file.path + ": its header says " + declared + " variants, and it has " +
                            std::to_string(file.variants.size()));
  }
  const std::string type = folded(file.header.weight_type);
  if (type == "or" || type == "hr" || type == "odds ratio" || type == "hazard ratio") {
    file.warnings.push_back(file.path + ": its header says that weights are ratios (" + file.header.weight_type +
                            "), which are summed as they stand; a sum wants their logarithms");
  }
  if (!file.assembly) {
    file.warnings.push_back(file.path + ": it does not say what assembly its positions are on (genome_build " +
                            (file.header.genome_build.empty() ? "is missing" : file.header.genome_build) +
                            "), so they are taken for the input's");
  }
}

}  // namespace

ScoringFile read_scoring_file(const std::string& path, std::optional<genomics::Assembly> wanted) {
  TextLines lines{path, "scoring file"};
  ScoringFile file;
  file.path = path;
  const std::string first = read_scoring_header(lines, file.header);
  const ScoreColumns columns{lines, first};
  if (columns.names().front() == "ID" || columns.names().front() == "#ID") {
    file.assembly = assembly_of_build(file.header.genome_build);
    if (wanted && file.assembly && file.assembly != wanted) {
      throw InputError{Fault::mismatch,
                       {path, "header",
                        "its positions are on " + file.header.genome_build + ", and the input is on " +
                            std::string{to_string(*wanted)},
                        "give a table with positions of the input's assembly"}};
    }
    read_rows(lines, ManyScores{lines, columns, file});
  } else {
    const PositionColumns places = choose_positions(path, file.header, columns, wanted);
    file.assembly = places.assembly;
    read_rows(lines, CatalogTable{lines, columns, places, file});
  }
  check_rows(file);
  mark_repeated(file);
  return file;
}

}  // namespace stardose::pharmaco
