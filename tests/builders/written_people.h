// People with alleles of the catalogue, as records that can be written in many ways of one meaning.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "genomics/basics/assembly.h"
#include "pharmaco/knowledge/gene.h"
#include "tests/builders/planted_genome.h"

namespace stardose::test {

/// Numbers of alleles by strand; `unread`: `.`, `none`: the person has one copy.
struct WrittenGenotype {
  static constexpr int unread = -1;
  static constexpr int none = -2;
  std::array<int, 2> alleles{0, 0};
  bool phased = false;

  [[nodiscard]] std::string text() const {
    const auto one = [](int allele) { return allele == unread ? std::string{"."} : std::to_string(allele); };
    if (alleles[1] == none) return one(alleles[0]);
    return one(alleles[0]) + (phased ? "|" : "/") + one(alleles[1]);
  }
};

struct WrittenRecord {
  std::string contig;
  std::int64_t position = 0;         ///< 0-based
  std::vector<std::string> alleles;  ///< reference first
  std::vector<WrittenGenotype> genotypes;
  std::int64_t block_end = 0;  ///< of a block of reference, as END says it; 0: no block
  std::optional<genomics::OtherPlace> grch37;

  [[nodiscard]] std::int64_t end() const { return position + static_cast<std::int64_t>(alleles[0].size()); }
  [[nodiscard]] bool is_carried(int allele) const {
    return std::ranges::any_of(genotypes, [&](const WrittenGenotype& genotype) {
      return std::ranges::find(genotype.alleles, allele) != genotype.alleles.end();
    });
  }
  [[nodiscard]] bool is_reference() const {
    return std::ranges::all_of(genotypes, [](const WrittenGenotype& genotype) {
      return std::ranges::all_of(genotype.alleles, [](int one) { return one == 0 || one == WrittenGenotype::none; });
    });
  }
};

/// `count` people; those of even numbers are phased. Each has of each gene two named alleles, and here and there what
/// belongs to no allele, what was not read, and alternatives that no definition knows. Records of one place and
/// reference are one; each is as GRCh38 has it.
class WrittenPeople {
 public:
  WrittenPeople(std::span<const pharmaco::Gene* const> genes, std::size_t count, Dice& dice) {
    for (std::size_t k = 0; k < count; ++k) samples_.push_back("P" + std::to_string(k));
    for (const pharmaco::Gene* const gene : genes) {
      for (std::size_t person = 0; person < count; ++person) add(*gene, person, dice);
    }
    for (const auto& [key, record] : records_) all_.push_back(record);
  }

  [[nodiscard]] const std::vector<std::string>& samples() const { return samples_; }
  [[nodiscard]] const std::vector<WrittenRecord>& records() const { return all_; }

 private:
  using Key = std::tuple<int, std::string, std::int64_t, std::string>;

  WrittenRecord& record_of(const genomics::Site& site) {
    WrittenRecord& record = records_[{genomics::contig_rank(site.contig), site.contig, site.position, site.ref}];
    if (record.alleles.empty()) {
      record = {site.contig, site.position, {site.ref}, std::vector<WrittenGenotype>(samples_.size()), 0, site.grch37};
    }
    return record;
  }
  static int number_of(WrittenRecord& record, const std::string& allele) {
    const auto at = std::ranges::find(record.alleles, allele);
    if (at == record.alleles.end()) {
      record.alleles.push_back(allele);
      return static_cast<int>(record.alleles.size()) - 1;
    }
    return static_cast<int>(at - record.alleles.begin());
  }

  /// What the named allele has at the site: one of those its definition allows, else the reference.
  static std::string carried(const pharmaco::Gene& gene, const pharmaco::NamedAllele& allele, std::size_t site,
                             Dice& dice) {
    const genomics::Site& place = gene.sites[site];
    const std::size_t number = dice.roll(place.alts.size() + 1);
    if (dice.roll(60) == 0) return bases_of(place, static_cast<std::uint8_t>(number));
    if (dice.roll(200) == 0) return unlisted_base(place, dice);
    for (const pharmaco::DefinedSite& defined : allele.definition) {
      if (defined.site != site) continue;
      for (std::size_t k = 0; k <= place.alts.size(); ++k) {
        const auto code = static_cast<std::uint8_t>((k + number) % (place.alts.size() + 1));
        if ((defined.allowed >> code & 1U) != 0) return bases_of(place, code);
      }
    }
    return place.ref;
  }
  /// A base that the site does not list; where all are listed, or where it is not of bases alone, its reference.
  static std::string unlisted_base(const genomics::Site& site, Dice& dice) {
    if (!is_single_base(site) || site.alts.size() == 3) return site.ref;
    for (;;) {
      const std::string base{dice.base_but(site.ref[0])};
      if (std::ranges::find(site.alts, base) == site.alts.end()) return base;
    }
  }

  void add(const pharmaco::Gene& gene, std::size_t person, Dice& dice) {
    const bool one_copy = gene.ploidy == pharmaco::Ploidy::mitochondrial ||
                          (gene.ploidy == pharmaco::Ploidy::x_linked && person % 4 >= 2);
    const pharmaco::NamedAllele& first = gene.alleles[dice.roll(gene.alleles.size())];
    const pharmaco::NamedAllele& second = gene.alleles[dice.roll(gene.alleles.size())];
    for (std::size_t site = 0; site < gene.sites.size(); ++site) {
      WrittenRecord& record = record_of(gene.sites[site]);
      for (const std::string& alt : gene.sites[site].alts) number_of(record, alt);
      WrittenGenotype& genotype = record.genotypes[person];
      genotype.phased = person % 2 == 0 && !one_copy;
      genotype.alleles = {number_of(record, carried(gene, first, site, dice)),
                          one_copy ? WrittenGenotype::none : number_of(record, carried(gene, second, site, dice))};
      if (dice.roll(60) != 0) continue;
      genotype.alleles[0] = WrittenGenotype::unread;
      if (!one_copy) genotype.alleles[1] = WrittenGenotype::unread;
    }
  }

  std::vector<std::string> samples_;
  std::map<Key, WrittenRecord> records_;
  std::vector<WrittenRecord> all_;
};

}  // namespace stardose::test
