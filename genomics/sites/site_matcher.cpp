// Comparing a record's alleles with a site's.
#include "genomics/sites/site_matcher.h"

#include <algorithm>
#include <functional>

#include "genomics/basics/site_genotype.h"

namespace stardose::genomics {

namespace {

bool has_bases(std::string_view allele) {
  return !allele.empty() && allele.find_first_not_of("ACGT") == std::string_view::npos;
}

// Compares REF with the site's reference bases where both are written out.
bool ref_agrees(const RecordAlleles& record, const Site& site) {
  const std::string_view ref = record.alleles.front();
  const std::int64_t record_end = record.position + static_cast<std::int64_t>(ref.size());
  const std::int64_t first = std::max(record.position, site.position);
  const std::int64_t last = std::min(record_end, site.end());
  for (std::int64_t at = first; at < last; ++at) {
    const char read = ref[static_cast<std::size_t>(at - record.position)];
    if (read != 'N' && read != site.ref[static_cast<std::size_t>(at - site.position)]) return false;
  }
  return true;
}

bool touches(const Edit& edit, const Edit& site) {
  if (edit.start == site.start && edit.is_indel() && site.is_indel()) return true;
  if (edit.removed.empty()) return site.start < edit.start && edit.start < site.end();
  if (site.removed.empty()) return edit.start < site.start && site.start < edit.end();
  return edit.start < site.end() && site.start < edit.end();
}

struct AlleleAtSite {
  std::uint8_t code = 0;
  bool at_site = false;  // the allele is a variant of this very place, not one that merely reaches over it
};

// Where no reference tells: an indel that lies further right may be a left-aligned one, and any a site's that is not.
AlleleAtSite edit_code(const Edit& edit, std::span<const Edit> known, bool left_aligned, bool site_may_move) {
  for (std::size_t k = 0; k < known.size(); ++k) {
    if (edit == known[k]) return {static_cast<std::uint8_t>(k + 1), true};
  }
  const bool shifted = !left_aligned && std::any_of(known.begin(), known.end(), [&](const Edit& site) {
    return (edit.start > site.start || site_may_move) && may_be_shifted(edit, site, SiteIndex::shift_reach);
  });
  if (shifted) return {match_code::shifted, true};
  for (const Edit& site : known) {
    if (touches(edit, site)) {
      const std::uint8_t code = edit.is_indel() ? allele_code::displaced : allele_code::other;
      return {code, edit.start == site.start && edit.is_indel() && site.is_indel()};
    }
  }
  return {};
}

// 0 for a site's allele written as the catalogue writes it, else a number of the change that it is part of.
std::uint64_t spelling_of(const std::optional<Edit>& edit, std::span<const Edit> known, std::uint8_t code) {
  const bool is_own = code >= 1 && code <= known.size();
  if (!is_own || !edit || *edit == known[code - 1U]) return 0;
  const std::hash<std::string_view> hash;
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;  // 2^64 / golden ratio: spreads the parts
  std::uint64_t spelling = static_cast<std::uint64_t>(edit->start) * odd;
  spelling = (spelling ^ hash(edit->removed)) * odd;
  return ((spelling ^ hash(edit->inserted)) * odd) | 1U;
}

// An indel that is one site's own is no other site's, spelled further right.
void forget_shifted(SiteMatch& match, const std::vector<bool>& documented) {
  bool forgotten = false;
  for (std::size_t a = 1; a < match.codes.size(); ++a) {
    if (!documented[a] || match.codes[a] != match_code::shifted) continue;
    match.codes[a] = 0;
    forgotten = true;
  }
  if (forgotten && std::ranges::all_of(match.codes, [](auto code) { return code == 0; })) match.direct = false;
}

bool is_any_other(std::string_view alt) { return alt == "<NON_REF>" || alt == "<*>"; }

// Requires: the record spans the site.
bool keeps_site(const RecordAlleles& record, const Site& site) {
  const auto kept = static_cast<std::size_t>(site.end() - record.position);
  const std::string_view ref = record.alleles.front();
  const auto alternatives = record.alleles.subspan(1);
  if (std::ranges::any_of(alternatives, is_any_other)) return true;
  return std::ranges::all_of(alternatives, [&](std::string_view alt) {
    return has_bases(alt) && kept <= ref.size() && alt.substr(0, kept) == ref.substr(0, kept);
  });
}

}  // namespace

std::optional<Edit> SiteMatcher::edit_of(const RecordAlleles& record, std::string_view alt) {
  if (!has_bases(alt) || !has_bases(record.alleles.front())) return std::nullopt;
  Edit edit = trim(record.position, record.alleles.front(), alt);
  if (reference_ == nullptr || !edit.is_indel()) return edit;
  return aligned_edit(record.contig, std::move(edit));
}

// Requires: a reference.
Edit SiteMatcher::aligned_edit(std::string_view contig, Edit edit) {
  return left_align(std::move(edit), [&](std::int64_t at) { return reference_->base(contig, at); });
}

std::uint8_t SiteMatcher::code_without_bases(const RecordAlleles& record, std::size_t number,
                                             std::string_view alt) const {
  const Site& site = index_.site(number);
  const bool is_breakend = alt.find_first_of("[]") != std::string_view::npos ||
                           (alt.size() > 1 && (alt.starts_with('.') || alt.ends_with('.')));
  const bool is_unknown = is_any_other(alt);
  if (is_breakend || (alt.starts_with('<') && !is_unknown)) {
    const bool reached = record.position < site.end() && site.position < std::max(record.end, record.reach);
    return reached ? match_code::structural : std::uint8_t{0};
  }
  const bool overlaps = record.position < site.end() && site.position < record.end;
  if (!overlaps) return 0;
  // Whoever has it has not the reference there.
  const bool reached = record.position <= site.position && site.end() <= record.end;
  return reached && index_.deletions_over(number).empty() ? allele_code::displaced : match_code::symbolic;
}

// A record about the site that has `*` besides leaves that allele to another record of the site, if one tells it.
void SiteMatcher::tell_elsewhere(const RecordAlleles& record, SiteMatch& match) const {
  if (!index_.deletions_over(match.site).empty()) return;
  for (std::size_t a = 1; a < match.codes.size(); ++a) {
    if (record.alleles[a] == "*") match.codes[a] = allele_code::elsewhere;
    if (is_any_other(record.alleles[a])) match.codes[a] = allele_code::displaced;
  }
}

// By the reference a site of the catalogue may lie further left than it was written without one.
std::span<const Edit> SiteMatcher::edits_of_site(std::size_t number) {
  const std::vector<Edit>& written = index_.edits(number);
  if (reference_ == nullptr || !index_.may_move_left(number)) return written;
  const auto [aligned, is_new] = moved_.try_emplace(number);
  if (is_new) {
    for (const Edit& edit : written) aligned->second.push_back(aligned_edit(index_.site(number).contig, edit));
  }
  return aligned->second;
}

SiteMatch SiteMatcher::match_site(const RecordAlleles& record, std::size_t number) {
  const Site& site = index_.site(number);
  const std::string_view ref = record.alleles.front();
  SiteMatch match{number, false, record.position <= site.position && record.end >= site.end(), {0}, record.block};
  const std::span<const Edit> known = edits_of_site(number);
  const bool same_place = record.position == site.position && ref == site.ref;
  match.spellings.push_back(0);
  match.keeps = match.spans && keeps_site(record, site);
  for (std::size_t a = 1; a < record.alleles.size(); ++a) {
    const std::string_view alt = record.alleles[a];
    AlleleAtSite allele;
    if (alt == unlisted_alternative) {
      if (same_place) allele = {allele_code::displaced, true};  // each place has a record of its own
    } else if (is_single_base(site) && match.spans && alt.size() == ref.size() && has_bases(alt)) {
      const std::uint8_t code = code_of_base(site, alt[static_cast<std::size_t>(site.position - record.position)]);
      allele = {code, code != 0};
    } else if (!edits_[a]) {
      allele.code = code_without_bases(record, number, alt);
    } else {
      allele = edit_code(*edits_[a], known, has_bases_, index_.may_move_left(number));
    }
    match.codes.push_back(allele.code);
    match.spellings.push_back(spelling_of(edits_[a], known, allele.code));
    match.direct = match.direct || allele.at_site;
    match.takes_away =
        match.takes_away || allele.code == allele_code::displaced || allele.code == match_code::structural;
  }
  if (match.direct) tell_elsewhere(record, match);
  // An insertion behind a base, or a deletion from the next one on, is written at the base and yields to who is about
  // it.
  const bool is_about_it =
      match.codes.size() == 1 || std::ranges::any_of(match.codes, [](auto code) { return code != 0; });
  match.direct = match.direct || (match.spans && same_place && is_about_it);
  return match;
}

// Leaves out what says nothing about a site. A named deletion is a fact about its own site; what it does to the sites
// that it reaches over is its definition's business.
void SiteMatcher::drop_silent(std::vector<SiteMatch>& matches, const std::vector<bool>& documented) const {
  std::erase_if(matches, [&](SiteMatch& match) {
    forget_shifted(match, documented);
    if (match.direct) return false;
    for (std::size_t a = 1; a < match.codes.size(); ++a) {
      if (documented[a]) match.codes[a] = 0;
    }
    const bool silent = std::all_of(match.codes.begin(), match.codes.end(), [](auto code) { return code == 0; });
    // What overlaps a site that replaces several bases is told by its single-base components.
    return (!match.spans && silent) || !index_.components(match.site).empty();
  });
}

MatchResult SiteMatcher::match(const RecordAlleles& record) {
  MatchResult result;
  const std::vector<std::size_t> sites =
      index_.near(record.contig, record.position, std::max(record.end, record.reach));
  if (sites.empty()) return result;
  edits_.assign(1, Edit{});
  for (std::size_t a = 1; a < record.alleles.size(); ++a) edits_.push_back(edit_of(record, record.alleles[a]));
  // A reference may lack the contig, or its bases; only indels ask it.
  const bool has_indel = std::ranges::any_of(edits_, [](const auto& edit) { return edit && edit->is_indel(); });
  has_bases_ = has_indel && reference_ != nullptr && reference_->base(record.contig, record.position) != 'N';
  std::vector<bool> documented(record.alleles.size(), false);
  for (const std::size_t number : sites) {
    if (!ref_agrees(record, index_.site(number))) {
      result.ref_mismatches.push_back(number);
      continue;
    }
    SiteMatch match = match_site(record, number);
    for (std::size_t a = 1; a < match.codes.size(); ++a) {
      if (match.codes[a] >= 1 && match.codes[a] <= allele_code::largest_alt) documented[a] = true;
    }
    result.matches.push_back(std::move(match));
  }
  drop_silent(result.matches, documented);
  return result;
}

}  // namespace stardose::genomics
