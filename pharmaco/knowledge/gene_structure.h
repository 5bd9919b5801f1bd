// What the catalogue knows of a gene whose copies are deleted, repeated, or joined with those of a paralog.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"

namespace stardose::pharmaco {

/// A stretch on one assembly, 0-based and half-open.
struct BaseRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// One value for each assembly.
template <class T>
struct OnBoth {
  T grch37{};
  T grch38{};

  [[nodiscard]] const T& on(genomics::Assembly assembly) const {
    return assembly == genomics::Assembly::grch37 ? grch37 : grch38;
  }
};

/// No symbol of a column.
inline constexpr std::uint8_t no_symbol = 255;

/// A column at one of its two places.
struct ColumnPlace {
  /// 0-based; nullopt: has no place on that assembly.
  OnBoth<std::optional<std::int64_t>> position;
  /// The column's symbols as VCF alleles there; empty: has no such place at all.
  std::vector<std::string> alleles;
  /// Which of them each assembly has.
  OnBoth<std::uint8_t> base;
};

/// One place of the gene together with the place of the paralog that aligns with it. What a copy has there is a
/// symbol: a number that means the same at both places.
struct StructureColumn {
  std::size_t stretch = 0;                  ///< number in GeneStructure::stretches
  std::optional<std::size_t> site;          ///< number in Gene::sites, whose alleles are then the first symbols
  std::uint8_t paralog_symbol = no_symbol;  ///< what the paralog has; the gene's own is 0
  double reliability = 1;                   ///< share of gene copies with symbol 0; of a column that is no site
  double paralog_reliability = 1;           ///< share of paralog copies with `paralog_symbol`
  ColumnPlace gene;
  ColumnPlace paralog;
};

/// How a kind of copy is called.
struct CopyName {
  std::string name;     ///< as reported, `*36`
  std::string content;  ///< the named allele whose variants such a copy carries outside of what the paralog gave
};

/// Where a kind of copy takes its sequence from, stretch by stretch.
enum class StretchSource : std::uint8_t {
  gene,
  paralog,
  either,  ///< the place of the breakpoint within it is not the same in all such copies
};

struct CopyKind {
  std::string id;
  std::string words;                   ///< for reports: `hybrid that ends like CYP2D7`
  std::vector<StretchSource> sources;  ///< by stretch
  bool is_gene_copy = true;            ///< false: an ordinary copy of the paralog, which has no name
  /// Fixed name whatever its variants; empty: see `names`.
  std::string name;
  /// Names it may have; empty: those of all named alleles.
  std::vector<CopyName> names;
};

/// A haplotype as a list of kinds: `D7, gene x2`.
struct HaplotypeShape {
  struct Part {
    std::size_t kind = 0;
    int least = 1;  ///< copies in a row, all alike
    int most = 1;
  };
  std::vector<Part> parts;
  double share = 0;     ///< of haplotypes, with `least` copies; any alleles
  double per_copy = 1;  ///< factor for each copy more
  std::string name;     ///< of a haplotype without any copy of the gene, `*5`; else empty
  std::string words;
};

/// Share of haplotypes that are exactly this, `*36+*10`; before the product of a shape's share and its alleles'.
struct KnownShare {
  std::string haplotype;
  double share = 0;
};

/// What a depth region counts.
enum class DepthCounts {
  gene,     ///< copies whose stretch is the gene's
  paralog,  ///< copies whose stretch is the paralog's
  both,     ///< all copies
  flank,    ///< always two: tells what depth one copy has
};

struct DepthRegion {
  std::string name;
  DepthCounts counts = DepthCounts::flank;
  std::size_t stretch = 0;
  std::vector<OnBoth<BaseRange>> places;  ///< counted together; of a flank each for itself
};

/// A base of its own, seen by a read or not: reads that see the first and the second but none of the gene's columns
/// span a deletion.
struct DeletionLink {
  struct Marker {
    OnBoth<std::int64_t> position;
    char base = 'N';
  };
  std::vector<Marker> before;
  std::vector<Marker> after;
};

struct GeneStructure {
  std::string paralog;  ///< its symbol, empty: none
  std::vector<std::string> stretches;
  std::vector<StructureColumn> columns;  ///< by the gene's position
  std::vector<CopyKind> kinds;
  std::vector<HaplotypeShape> shapes;
  std::vector<DepthRegion> depth;
  std::optional<DeletionLink> deletion_link;
  std::vector<KnownShare> known_shares;   ///< of haplotypes of several copies
  std::vector<KnownShare> allele_shares;  ///< of single alleles
  double other_allele_share = 0.001;      ///< of any allele that is not among them
};

}  // namespace stardose::pharmaco
