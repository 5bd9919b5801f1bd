// A scoring file: variants, their effect alleles and what a copy of one is worth.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "pharmaco/polygenic/allele_names.h"
#include "pharmaco/polygenic/variant_fate.h"

namespace stardose::pharmaco {

/// How copies of the effect allele count.
enum class WeightModel : std::uint8_t {
  additive,   ///< each
  dominant,   ///< the first
  recessive,  ///< the second
  by_dosage,  ///< a weight of its own for none, one and two
};

/// A row of a scoring file, in few bytes as there may be millions.
struct ScoreVariant {
  static constexpr std::int32_t nowhere = -1;

  std::int32_t position = nowhere;  ///< 0-based, on the assembly that was asked for
  std::uint16_t contig = 0;         ///< number among the file's contigs
  WeightModel model = WeightModel::additive;
  VariantFate fate = VariantFate::not_in_input;
  AlleleName effect = 0;
  AlleleName other = 0;    ///< of an empty name: the file does not say
  std::uint32_t line = 0;  ///< in the file
  float frequency = -1;    ///< of the effect allele; negative: not known
};

/// What the lines before the table say; empty where they do not.
struct ScoringHeader {
  std::string name;              ///< pgs_id, else pgs_name, else the file's own name
  std::string genome_build;      ///< as written: GRCh37, hg19, NR ...
  std::string harmonised_build;  ///< HmPOS_build
  std::string weight_type;
  std::string format_version;
  std::string variants_number;
};

struct ScoringFile {
  std::string path;
  ScoringHeader header;
  std::vector<std::string> scores;   ///< names, one for each column of weights
  std::vector<std::string> contigs;  ///< canonical names
  AlleleNames alleles;
  std::vector<ScoreVariant> variants;  ///< in the order of the file
  std::vector<double> weights;         ///< variant, score, and by dosage where `dosage_weights`
  bool dosage_weights = false;
  std::optional<genomics::Assembly> assembly;  ///< of the positions; nullopt: nothing says
  std::vector<std::string> warnings;           ///< a sentence each

  /// Returns what no, one and two copies of the effect allele are worth.
  [[nodiscard]] std::array<double, 3> worth(std::size_t variant, std::size_t score) const;
  /// Returns whether two variants have the same weights in each score.
  [[nodiscard]] bool is_worth_the_same(std::size_t a, std::size_t b) const;
  /// Returns the largest difference between two genotypes: how much the variant weighs.
  [[nodiscard]] double effect_size(std::size_t variant, std::size_t score) const;
  /// `chr10:94761900` (1-based), or the line where there is no position.
  [[nodiscard]] std::string place(const ScoreVariant& variant) const;
};

/// Returns the assembly that a scoring file's header names: GRCh37, hg19, hg38 ...; nullopt: NR, another or none.
[[nodiscard]] std::optional<genomics::Assembly> assembly_of_build(std::string_view build);

}  // namespace stardose::pharmaco
