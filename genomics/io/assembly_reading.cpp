// Matching records to the sites of one assembly, and judging by REF whether it is theirs.
#include "genomics/io/assembly_reading.h"

#include <algorithm>
#include <utility>

#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {

constexpr std::string_view mitochondrion = "chrM";

std::shared_ptr<const SiteIndex> sites_on(Assembly assembly, const SiteIndex& catalogue) {
  if (assembly == Assembly::grch38) return {std::shared_ptr<void>{}, &catalogue};
  std::vector<Site> sites;
  sites.reserve(catalogue.size());
  for (std::size_t number = 0; number < catalogue.size(); ++number) {
    sites.push_back(placed_on(catalogue.site(number), assembly));
  }
  return std::make_shared<const SiteIndex>(std::move(sites));
}

}  // namespace

bool RefVotes::are_another_assembly() const {
  const std::size_t wrong = disagreeing.size();
  return wrong > 0 && (agreeing.empty() || (wrong >= 3 && wrong * 10 > agreeing.size()));
}

AssemblyReading::AssemblyReading(Assembly assembly, const SiteIndex& catalogue, std::size_t samples,
                                 ReferenceBases* reference)
    : assembly_{assembly},
      sites_{sites_on(assembly, catalogue)},
      matcher_{*sites_, reference},
      table_{*sites_, samples} {}

void AssemblyReading::begin(const VariantFile& file) {
  file_ = &file;
  file_votes_ = {};
  file_matched_ = 0;
  foreign_mitochondrion_ = foreign_mitochondrion_ || !file.is_mitochondrion_rcrs(assembly_);
}

const std::vector<SiteMatch>& AssemblyReading::match(const VariantRecord& record) {
  const RecordAlleles alleles = record.alleles();
  matched_ = {};
  if (alleles.contig == mitochondrion && !file_->is_mitochondrion_rcrs(assembly_)) {
    foreign_mitochondrion_ = true;
    return matched_.matches;
  }
  matched_ = matcher_.match(alleles);
  for (const std::size_t site : matched_.ref_mismatches) {
    votes_.disagreeing.insert(site);
    file_votes_.disagreeing.insert(site);
    file_of_wrong_.emplace(site, file_->path());
  }
  for (const SiteMatch& match : matched_.matches) hear_base(alleles, match);
  return matched_.matches;
}

// A block speaks for many sites and writes one base out: only where REF has a site's base it speaks for the assembly.
void AssemblyReading::hear_base(const RecordAlleles& record, const SiteMatch& match) {
  const Site& site = sites_->site(match.site);
  if (site.contig == mitochondrion) return;  // the same on both
  const auto ref_end = record.position + static_cast<std::int64_t>(record.alleles.front().size());
  if (record.position < site.end() && site.position < ref_end) file_votes_.agreeing.insert(match.site);
}

void AssemblyReading::add(std::span<const RecordGenotype> genotypes, std::span<const std::int32_t> phase_sets) {
  ++file_matched_;
  for (const SiteMatch& match : matched_.matches) {
    if (match.spans) votes_.agreeing.insert(match.site);
    table_.add(match, genotypes, phase_sets);
    note_shifted(match, genotypes);
  }
}

void AssemblyReading::note_shifted(const SiteMatch& match, std::span<const RecordGenotype> genotypes) {
  if (std::find(match.codes.begin(), match.codes.end(), match_code::shifted) == match.codes.end()) return;
  const auto carries = [&](std::int16_t allele) {
    return allele >= 0 && match.codes[static_cast<std::size_t>(allele)] == match_code::shifted;
  };
  const bool anyone = std::any_of(genotypes.begin(), genotypes.end(), [&](const RecordGenotype& genotype) {
    return !genotype.polyploid && (carries(genotype.first) || carries(genotype.second));
  });
  if (anyone) shifted_.insert(match.site);
}

void AssemblyReading::check_bases(std::string_view told_by) const {
  if (!votes_.are_another_assembly()) return;
  const auto& [site, path] = *file_of_wrong_.begin();
  const std::string name{to_string(assembly_)};
  const std::size_t wrong = votes_.disagreeing.size();
  throw InputError{Fault::mismatch,
                   {path, to_string(sites_->site(site)),
                    "REF is not the base of " + name + " here and at " + std::to_string(wrong - 1) + " further of " +
                        std::to_string(wrong + votes_.agreeing.size()) + " positions seen" +
                        (told_by.empty() ? "" : ", though " + std::string{told_by} + " says " + name),
                    "the file is on another assembly; records that were lifted over need the header of their new one"}};
}

std::vector<std::string> AssemblyReading::warnings() const {
  std::vector<std::string> all;
  for (const auto& [number, path] : file_of_wrong_) {
    all.push_back(path + ": " + to_string(sites_->site(number)) + ": a record's REF is not the base of " +
                  std::string{to_string(assembly_)} + ", so the record was not used");
  }
  for (const std::size_t site : shifted_) {
    all.push_back(to_string(sites_->site(site)) +
                  ": an indel nearby may be this site's but is not left-aligned, so its carriers have no "
                  "genotype here; --reference FASTA would settle it");
  }
  return all;
}

ReadSites AssemblyReading::finish(bool assume_reference) {
  for (const auto& [site, path] : file_of_wrong_) table_.mark_conflict(site);
  for (std::size_t number = 0; number < sites_->size() && foreign_mitochondrion_; ++number) {
    if (sites_->site(number).contig == mitochondrion) table_.mark_unplaced(number, Missing::other_sequence);
  }
  table_.finish(assume_reference);
  return {sites_, std::move(table_)};
}

}  // namespace stardose::genomics
