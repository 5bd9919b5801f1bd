// Joining findings on one assembly, and judging by REF whether the files are on it.
#include "genomics/io/assembly_reading.h"

#include <utility>

#include "genomics/input_error.h"

namespace stardose::genomics {

AssemblyReading::AssemblyReading(AssemblySites on, std::size_t samples)
    : on_{std::move(on)}, table_{*on_.sites, samples} {}

void AssemblyReading::begin(const VariantFile& file) {
  path_ = file.path();
  table_.begin_file();
  file_votes_ = {};
  matched_.push_back(0);
  foreign_mitochondrion_ = foreign_mitochondrion_ || !file.is_mitochondrion_rcrs(on_.assembly);
}

void AssemblyReading::join(AssemblyFindings& findings) {
  matched_.back() += findings.matched;
  for (SiteRow& row : findings.rows) table_.add(std::move(row));
  for (const std::size_t site : findings.votes.disagreeing) file_of_wrong_.emplace(site, path_);
  file_votes_.agreeing.merge(findings.same);
  file_votes_.disagreeing.insert(findings.votes.disagreeing.begin(), findings.votes.disagreeing.end());
  votes_.agreeing.merge(findings.votes.agreeing);
  votes_.disagreeing.merge(findings.votes.disagreeing);
  shifted_.merge(findings.shifted);
  foreign_mitochondrion_ = foreign_mitochondrion_ || findings.foreign_mitochondrion;
}

void AssemblyReading::check_bases(std::string_view told_by) const {
  if (votes_.are_another_assembly()) refuse(votes_, file_of_wrong_.begin()->first, told_by);
}

void AssemblyReading::check_file_bases(std::string_view told_by) const {
  // A file may be one gene with one faulty record; the whole cohort's votes still weigh that.
  constexpr std::size_t more_than_faults = 3;
  if (file_votes_.disagreeing.size() < more_than_faults || !file_votes_.are_another_assembly()) return;
  refuse(file_votes_, *file_votes_.disagreeing.begin(), told_by);
}

void AssemblyReading::refuse(const RefVotes& votes, std::size_t site, std::string_view told_by) const {
  const std::string name{to_string(on_.assembly)};
  const std::size_t wrong = votes.disagreeing.size();
  throw InputError{Fault::mismatch,
                   {file_of_wrong_.at(site), to_string(on_.sites->site(site)),
                    "REF is not the base of " + name + " here and at " + std::to_string(wrong - 1) + " further of " +
                        std::to_string(wrong + votes.agreeing.size()) + " positions seen" +
                        (told_by.empty() ? "" : ", though " + std::string{told_by} + " says " + name),
                    "the file is on another assembly; records that were lifted over need the header of their new one"}};
}

std::vector<std::string> AssemblyReading::warnings() const {
  std::vector<std::string> all;
  for (const auto& [number, path] : file_of_wrong_) {
    all.push_back(path + ": " + to_string(on_.sites->site(number)) + ": a record's REF is not the base of " +
                  std::string{to_string(on_.assembly)} + ", so the record was not used");
  }
  return all;
}

std::vector<std::string> AssemblyReading::unaligned_warnings() const {
  std::vector<std::string> all;
  for (const std::size_t site : shifted_) {
    all.push_back(to_string(on_.sites->site(site)) +
                  ": an indel nearby may be this site's but is not left-aligned, so its carriers have no "
                  "genotype here; --reference FASTA would settle it");
  }
  return all;
}

ReadSites AssemblyReading::finish(bool assume_reference) {
  for (const auto& [site, path] : file_of_wrong_) table_.mark_conflict(site);
  for (std::size_t number = 0; number < on_.sites->size() && foreign_mitochondrion_; ++number) {
    if (on_.sites->site(number).contig == mitochondrion) table_.mark_unplaced(number, Missing::other_sequence);
  }
  table_.finish(assume_reference);
  return {on_.sites, std::move(table_)};
}

}  // namespace stardose::genomics
