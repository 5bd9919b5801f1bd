// Chromosomes with CYP2D6 as the catalogue defines it.
#include "made_chromosome.h"

#include <algorithm>
#include <stdexcept>

#include "tests/shared/text_table.h"

namespace stardose::tests {
namespace {

// Stretches in which hybrids cross over (0-based, half-open): exons by PyPGx, comments of paralog_sites.tsv; hybrids by
// PharmVar's structural variation document: *36 and *4.013 have the paralog's exon 9, *68 all but exon 1, *13 only the
// gene's last exons, of differing number.
constexpr std::int64_t intron8_begin = 42'126'752, exon8_begin = 42'126'850, exon2_begin = 42'129'737;
constexpr std::int64_t intron1_begin = 42'129'909, conversion_begin = 42'130'546, exon9_begin = 42'126'498;

bool has_paralog_tail(const std::string& name) { return name == "*36" || name == "*57" || name == "*4.013"; }

}  // namespace

std::string deleted_chromosome(const Window& window, const Flanks& flanks, std::int64_t offset) {
  std::string made{window.cut(flanks.begin, gene_repeat_begin + offset)};
  made += window.cut(paralog_repeat_begin + offset, flanks.end);
  return made;
}

ChromosomeMaker::ChromosomeMaker(const Window& window, const pharmaco::Gene& gene, const std::string& paralog_sites)
    : window_{window}, gene_{gene} {
  for (const TableRow& row : read_table(paralog_sites)) {
    if (row.at("kind") != "differs") continue;
    const std::int64_t position = std::stoll(row.at("position")) - 1;
    pairs_.emplace_back(position, std::stoll(row.at("paralog_position")) - 1);
    if (position >= conversion_begin && position < conversion_begin + 40) {
      conversion_.push_back({position, row.at("ref"), row.at("alt")});
    }
  }
  if (pairs_.empty() || conversion_.size() != 7) throw std::runtime_error{"not the table that was thought of"};
}

std::string ChromosomeMaker::make(const std::vector<std::string>& units, const Flanks& flanks, Random& random) const {
  if (units.empty()) return deleted_chromosome(window_, flanks, static_cast<std::int64_t>(random.below(2700)));
  std::string made{window_.cut(flanks.begin, gene_repeat_begin)};
  bool ends_in_paralog = false;
  for (const std::string& unit : units) {
    if (ends_in_paralog) throw std::runtime_error{"nothing follows a *13"};
    if (unit == "*13") {
      const auto [gene_at, paralog_at] = crossover(exon8_begin, exon2_begin, random);
      const std::string tail = random.uniform() < 0.5 ? "*1" : "*2";
      made += planted(gene_repeat_begin, gene_at, changes_of(tail, random));
      made += window_.cut(paralog_at, flanks.end);
      ends_in_paralog = true;
    } else if (unit == "*68") {
      const auto [gene_at, paralog_at] = crossover(intron1_begin, conversion_begin, random);
      made += window_.cut(paralog_repeat_begin, paralog_at);
      made += planted(gene_at, paralog_repeat_begin, changes_of("*10", random));
    } else if (has_paralog_tail(unit)) {
      const auto [gene_at, paralog_at] = crossover(intron8_begin, exon8_begin, random);
      made += window_.cut(paralog_repeat_begin, paralog_at);
      made += planted(gene_at, paralog_repeat_begin, changes_of(unit == "*4.013" ? "*4" : "*36", random));
    } else {
      made += planted(gene_repeat_begin, paralog_repeat_begin, changes_of(unit, random));
    }
  }
  if (!ends_in_paralog) made += window_.cut(paralog_repeat_begin, flanks.end);
  return made;
}

std::vector<ChromosomeMaker::Change> ChromosomeMaker::changes_of(const std::string& allele, Random& random) const {
  const auto number = gene_.find_allele(allele);
  if (!number || !gene_.alleles[*number].is_defined) throw std::runtime_error{"no definition of " + allele};
  std::vector<Change> changes;
  bool converted = false;
  for (const pharmaco::DefinedSite& defined : gene_.alleles[*number].definition) {
    const genomics::Site& site = gene_.sites[defined.site];
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i <= site.alts.size(); ++i) {
      if ((defined.allowed >> i & 1U) != 0) open.push_back(i);
    }
    // What exon 9 leaves open belongs to its conversion, which comes whole or not at all.
    const bool as_reference = open.front() == 0 && site.position >= exon9_begin && site.position < intron8_begin &&
                              site.position != exon9_begin + 112;
    const auto usual = std::ranges::find_if(gene_.structure->usual, [&](const pharmaco::UsualSymbol& one) {
      return one.allele == *number && one.site == defined.site;
    });
    const bool is_usual = usual != gene_.structure->usual.end() && random.uniform() < 0.95;
    const std::size_t chosen = as_reference ? 0 : is_usual ? usual->symbol : open[random.below(open.size())];
    if (chosen == 0) continue;
    changes.push_back({site.position, site.ref, site.alts[chosen - 1]});
    converted = converted || site.position == 42'129'129;  // c.408G>C goes with the conversion
  }
  if (converted) changes.insert(changes.end(), conversion_.begin(), conversion_.end());
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.position < b.position; });
  return changes;
}

std::string ChromosomeMaker::planted(std::int64_t begin, std::int64_t end, const std::vector<Change>& changes) const {
  std::string made;
  std::int64_t at = begin;
  for (const Change& change : changes) {
    if (change.position < at || change.position >= end) continue;
    made += window_.cut(at, change.position);
    at = change.position + static_cast<std::int64_t>(change.ref.size());
    if (window_.cut(change.position, at) != change.ref) throw std::runtime_error{"the window has another base"};
    made += change.alt;
  }
  return made += window_.cut(at, end);
}

std::pair<std::int64_t, std::int64_t> ChromosomeMaker::crossover(std::int64_t first, std::int64_t last,
                                                                 Random& random) const {
  for (int tried = 0; tried < 1000; ++tried) {
    const std::int64_t at = first + static_cast<std::int64_t>(random.below(static_cast<std::size_t>(last - first)));
    const auto right = std::upper_bound(pairs_.begin(), pairs_.end(), std::pair{at, std::int64_t{0}});
    if (right == pairs_.begin() || right == pairs_.end()) continue;
    const auto left = right - 1;
    if (left->second - left->first == right->second - right->first) return {at, at + left->second - left->first};
  }
  throw std::runtime_error{"no place to cross over"};
}

}  // namespace stardose::tests
