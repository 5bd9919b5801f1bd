// Builds a Gene from a few lines written like the catalogue's tables.
#pragma once

#include <stdexcept>
#include <string>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/knowledge/gene_loader.h"

namespace stardose::test {

/// Goes through the catalogue's loader, so that a gene here is one that the program could load.
///   GeneBuilder{}.site(100, "A", "G").allele("*1", "reference").allele("*2", "100=G").build()
class GeneBuilder {
 public:
  explicit GeneBuilder(std::string symbol = "TEST") : symbol_{std::move(symbol)} {}

  /// `position` is 1-based, `alts` joined by commas; sites by position. Not placed on GRCh37.
  GeneBuilder& site(int position, const std::string& ref, const std::string& alts, const std::string& rsid = ".",
                    const std::string& hgvs = ".") {
    return site_on_both(position, ref, alts, ".", ".", rsid, hgvs);
  }
  GeneBuilder& site_on_both(int position, const std::string& ref, const std::string& alts,
                            const std::string& position37, const std::string& ref37, const std::string& rsid = ".",
                            const std::string& hgvs = ".") {
    sites_ += std::to_string(position) + "\t" + ref + "\t" + alts + "\t" + rsid + "\t" + hgvs + "\t" + position37 +
              "\t" + ref37 + "\n";
    return *this;
  }
  GeneBuilder& allele(const std::string& name, const std::string& definition,
                      const std::string& function = "Normal function", const std::string& activity = ".",
                      const std::string& core = ".") {
    alleles_ += name + "\t" + core + "\t" + function + "\t" + activity + "\t" + definition + "\n";
    return *this;
  }
  /// A row of phenotypes.tsv: two functions (or lowest and highest score) and a phenotype.
  GeneBuilder& phenotype(const std::string& first, const std::string& second, const std::string& words) {
    phenotypes_ += first + "\t" + second + "\t" + words + "\n";
    return *this;
  }
  GeneBuilder& contig(const std::string& name) { return replace(contig_, name); }
  GeneBuilder& ploidy(const std::string& word) { return replace(ploidy_, word); }
  GeneBuilder& calling(const std::string& word) { return replace(calling_, word); }
  GeneBuilder& small_variants(const std::string& word) { return replace(small_variants_, word); }
  GeneBuilder& undocumented(const std::string& word) { return replace(undocumented_, word); }
  GeneBuilder& method(const std::string& word) { return replace(method_, word); }
  /// A line of gene.yaml as it stands: `required: [100]`.
  GeneBuilder& setting(const std::string& line) {
    settings_ += line + "\n";
    return *this;
  }

  [[nodiscard]] pharmaco::CatalogueFiles files() const {
    const std::string folder = "genes/" + symbol_ + "/";
    const std::string header =
        method_ == "activity_score" ? "score_min\tscore_max\tphenotype\n" : "function_1\tfunction_2\tphenotype\n";
    return {
        "test",
        {{folder + "gene.yaml", "gene: " + symbol_ + "\ncontig: " + contig_ + "\nploidy: " + ploidy_ +
                                    "\ncalling: " + calling_ + "\nsmall_variants: " + small_variants_ +
                                    "\nundocumented: " + undocumented_ + "\nphenotype: " + method_ + "\n" + settings_},
         {folder + "sites.tsv", "position\tref\talts\trsid\thgvs\tposition37\tref37\n" + sites_},
         {folder + "alleles.tsv", "name\tcore\tfunction\tactivity\tdefinition\n" + alleles_},
         {folder + "phenotypes.tsv", header + phenotypes_}}};
  }

  /// Throws std::runtime_error with the first fault of a gene that the loader refuses.
  [[nodiscard]] pharmaco::Gene build() const {
    pharmaco::CatalogueFaults faults{"test"};
    pharmaco::Gene gene = pharmaco::load_gene(files(), symbol_, faults);
    if (!faults.none()) throw std::runtime_error{faults.lines().front()};
    return gene;
  }

 private:
  GeneBuilder& replace(std::string& setting, const std::string& word) {
    setting = word;
    return *this;
  }

  std::string symbol_;
  std::string sites_;
  std::string alleles_;
  std::string phenotypes_;
  std::string settings_;
  std::string contig_ = "chr1";
  std::string ploidy_ = "diploid";
  std::string calling_ = "named_alleles";
  std::string small_variants_ = "sufficient";
  std::string undocumented_ = "no_call";
  std::string method_ = "none";
};

}  // namespace stardose::test
