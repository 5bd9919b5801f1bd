// Which sites a variant record speaks about, and what each of its alleles means there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/reference_bases.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// An alternative whose bases are not known but that is none of the site's: so our own files of genotypes write what
/// reads show beside the alleles that were asked for.
inline constexpr std::string_view unlisted_alternative = "<OTHER>";

/// The alleles of one VCF record; alleles[0] is REF. Upper case. Views into the reader's buffers.
struct RecordAlleles {
  std::string_view contig;    ///< canonical name
  std::int64_t position = 0;  ///< 0-based
  std::int64_t end = 0;       ///< one past the last base spoken about (REF's end, or a block's END)
  std::int64_t reach = 0;     ///< one past the last base that an allele without bases (`<DEL>`) changes; else as `end`
  std::span<const std::string_view> alleles;
  bool block = false;  ///< a stretch of reference without an alternative of its own (gVCF)
};

/// What a record's allele is at a site: an allele_code, or one of these, which no genotype ever holds.
namespace match_code {
inline constexpr std::uint8_t structural = 64;  ///< a large change without bases (`<DEL>`)
inline constexpr std::uint8_t symbolic = 65;    ///< no bases (`*`), and a known deletion may be why: nothing is said
inline constexpr std::uint8_t shifted = 66;     ///< perhaps the site's indel; it or the site is not left-aligned
}  // namespace match_code

struct SiteMatch {
  std::size_t site = 0;
  /// true: the record is about this very site; false: it only overlaps, and yields to a record that is, unless a
  /// sample has of it what takes the site's bases away.
  bool direct = false;
  /// true: the record reaches over the whole site, so its reference allele is the site's.
  bool spans = false;
  std::vector<std::uint8_t> codes;  ///< one for each allele of the record
  bool block = false;               ///< see RecordAlleles::block
  /// One of its alleles takes bases of the site away, or may: no record that calls them reference undoes it.
  bool takes_away = false;
  /// As `codes`, or empty: how an allele that is one of the site's is written, 0 as the catalogue does it. Two records
  /// that write one allele of the site differently have found it on two haplotypes, or twice on one.
  std::vector<std::uint64_t> spellings = {};
  /// Its alternatives keep the site's bases, in front of what they change, or one stands for whatever else is there.
  bool keeps = false;

  /// Returns whether who has the record's REF has the site's.
  [[nodiscard]] bool tells_reference() const { return direct || (spans && (block || codes.size() == 1 || keeps)); }
};

struct MatchResult {
  std::vector<SiteMatch> matches;
  /// Sites where REF is not the assembly's base.
  std::vector<std::size_t> ref_mismatches;
};

/// Compares after trimming; records with several alternatives are taken allele by allele. With a reference, indels
/// are left-aligned first; without, one that may be a shifted spelling of a site's gets match_code::shifted.
/// Holds references to its arguments, which must outlive it. Not safe to share between threads (the reference).
class SiteMatcher {
 public:
  SiteMatcher(const SiteIndex& index, ReferenceBases* reference) : index_{index}, reference_{reference} {}

  [[nodiscard]] MatchResult match(const RecordAlleles& record);

 private:
  [[nodiscard]] std::optional<Edit> edit_of(const RecordAlleles& record, std::string_view alt);
  void drop_silent(std::vector<SiteMatch>& matches, const std::vector<bool>& documented) const;
  /// Of `<DEL>`, a breakend, `*`, `<NON_REF>` and their like.
  [[nodiscard]] std::uint8_t code_without_bases(const RecordAlleles& record, std::size_t number,
                                                std::string_view alt) const;
  [[nodiscard]] SiteMatch match_site(const RecordAlleles& record, std::size_t number);
  void tell_elsewhere(const RecordAlleles& record, SiteMatch& match) const;
  [[nodiscard]] std::span<const Edit> edits_of_site(std::size_t number);
  [[nodiscard]] Edit aligned_edit(std::string_view contig, Edit edit);

  const SiteIndex& index_;
  ReferenceBases* reference_;
  std::vector<std::optional<Edit>> edits_;          // of the record at hand; nullopt: symbolic
  bool has_bases_ = false;                          // the reference knows it
  std::map<std::size_t, std::vector<Edit>> moved_;  // of sites that may move left, left-aligned
};

}  // namespace stardose::genomics
