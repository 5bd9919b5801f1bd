// What the catalogue knows of a gene whose copies are deleted, repeated, or joined with those of a paralog.
#pragma once

#include <algorithm>
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
  std::size_t stretch = 0;          ///< number in GeneStructure::stretches
  std::optional<std::size_t> site;  ///< number in Gene::sites, whose alleles are then the first symbols
  /// true: lies beside what follows the last copy of a chromosome, so that one copy of each chromosome has symbol 0.
  bool one_per_haplotype = false;
  std::uint8_t paralog_symbol = no_symbol;  ///< what the paralog has; the gene's own is 0
  double reliability = 1;                   ///< share of gene copies with symbol 0; of a column that is no site
  double paralog_reliability = 1;           ///< share of paralog copies with `paralog_symbol`
  ColumnPlace gene;
  ColumnPlace paralog;
};

/// How a kind of copy is called.
struct CopyName {
  std::string name;      ///< as reported, `*36`
  std::size_t like = 0;  ///< number in Gene::alleles: the named allele whose variants such a copy carries outside of
                         ///< what the paralog gave
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
  /// Names it may have, some perhaps more than once; empty: those of all named alleles.
  std::vector<CopyName> names;
};

/// A haplotype as a list of kinds: `D7, gene x2`; of a gene without a paralog that is deleted, an empty one.
struct HaplotypeShape {
  struct Part {
    std::size_t kind = 0;
    int least = 1;  ///< copies in a row, all alike
    int most = 1;
  };
  std::vector<Part> parts;
  double share = 0;       ///< of haplotypes, with `least` copies; any alleles
  double known_part = 1;  ///< of a known haplotype's share, where several shapes have its name
  double per_copy = 1;    ///< factor for each copy more
  std::string name;       ///< of a haplotype without any copy of the gene, `*5`; else empty
  std::string words;
};

/// Share of haplotypes that are exactly this, `*36+*10`; before the product of a shape's share and its alleles'.
struct KnownShare {
  std::string haplotype;
  double share = 0;
};

/// What nearly all copies of an allele have where its definition leaves a base open.
struct UsualSymbol {
  std::size_t allele = 0;  ///< number in Gene::alleles
  std::size_t site = 0;    ///< number in Gene::sites
  std::uint8_t symbol = 0;
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
  /// Counted together; of a flank each for itself. An empty range: has no place on that assembly.
  std::vector<OnBoth<BaseRange>> places;
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

/// A contig of GRCh38 with the gene once more: reads aligned there are missing at its place.
struct AlternateContig {
  std::vector<std::string> names;  ///< one contig's, in the fashions of references
  BaseRange gene;
};

struct GeneStructure {
  std::string paralog;  ///< its symbol, empty: none
  /// The alternate contig which alone has the gene on GRCh38, so that it is not called there; empty: its chromosome has
  /// it on both assemblies. (`alternate_contigs` have a gene of the chromosome once more.)
  std::string lies_only_on;
  std::vector<std::string> stretches;
  std::vector<StructureColumn> columns;  ///< by the gene's position
  std::vector<CopyKind> kinds;
  std::vector<HaplotypeShape> shapes;
  std::vector<DepthRegion> depth;
  std::optional<DeletionLink> deletion_link;
  std::vector<KnownShare> known_shares;   ///< of haplotypes of several copies
  std::vector<KnownShare> allele_shares;  ///< of single alleles
  std::vector<UsualSymbol> usual;
  double other_allele_share = 0.001;  ///< of any allele that is not among them
  std::vector<AlternateContig> alternate_contigs;

  /// true: no column tells the gene from a paralog, so that nothing but depth counts copies.
  [[nodiscard]] bool counts_by_depth_alone() const {
    return std::ranges::all_of(columns, [](const StructureColumn& column) { return column.paralog.alleles.empty(); });
  }
};

}  // namespace stardose::pharmaco
