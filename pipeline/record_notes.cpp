// Sites to alleles, samples to calls, both to text.
#include "pipeline/record_notes.h"

#include <algorithm>

#include "genomics/basics/site_genotype.h"
#include "genomics/io/vcf_text.h"
#include "pharmaco/knowledge/defined_alleles.h"

namespace stardose::pipeline {

namespace {

using genomics::percent_encoded;

void add_new(std::vector<std::string>& texts, std::string text) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

std::string joined(const std::vector<std::string>& parts, char separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text.empty() ? "." : text;
}

/// Several readings of an ambiguous gene stand side by side, each once.
std::string readings_text(const pharmaco::GeneResult& result, std::string pharmaco::GeneReading::*what) {
  std::vector<std::string> texts;
  for (const pharmaco::GeneReading& reading : result.readings) add_new(texts, percent_encoded(reading.*what));
  return joined(texts, '|');
}

}  // namespace

genomics::AddedFields annotation_fields(const std::string& version) {
  return {.info = {{"PGX_GENE", ".", "Genes whose catalogue positions the record speaks about"},
                   {"PGX_ALLELE", "A",
                    "Named alleles whose definition asks for this alternative, as GENE:ALLELE, several joined by |"},
                   {"PGX_FUNCTION", "A", "Their functions, in the order of PGX_ALLELE; . where none is known"}},
          .format = {{"PGX_STATUS", ".", "How the call of each gene of PGX_GENE ended, over all its positions"},
                     {"PGX_DIPLOTYPE", ".", "Diplotype of each gene of PGX_GENE; of an ambiguous one all, joined by |"},
                     {"PGX_PHENOTYPE", ".", "Phenotype of each gene of PGX_GENE; several that differ joined by |"}},
          .source = "StarDose",
          .version = version};
}

RecordNotes::RecordNotes(const GenePanel& panel, const genomics::Cohort& cohort,
                         const std::vector<GeneOutcomes>& outcomes, genomics::ReferenceBases* reference)
    : panel_{panel}, cohort_{cohort}, outcomes_{outcomes}, matcher_{*cohort.sites, reference} {
  place_sites();
  for (const GeneOutcomes& gene : outcomes) {
    texts_.emplace_back();
    for (const GeneOutcome& outcome : gene.distinct) {
      texts_.back().push_back({std::string{to_string(outcome.result.status)},
                               readings_text(outcome.result, &pharmaco::GeneReading::diplotype),
                               readings_text(outcome.result, &pharmaco::GeneReading::phenotype)});
    }
  }
}

/// As choose_genes() has put them: gene by gene, then what belongs to no allele, gene by gene.
void RecordNotes::place_sites() {
  places_.resize(cohort_.sites->total());
  std::size_t at = 0;
  for (std::size_t gene = 0; gene < panel_.genes.size(); ++gene) {
    for (std::size_t k = 0; k < panel_.genes[gene].site_count; ++k) places_[at++] = {gene, k};
  }
  for (std::size_t gene = 0; gene < panel_.genes.size(); ++gene) {
    const std::size_t none = panel_.genes[gene].gene->sites.size();
    for (std::size_t k = 0; k < panel_.genes[gene].gene->extra_sites.size(); ++k) places_[at++] = {gene, none};
  }
  for (std::size_t site = 0; site < cohort_.sites->size(); ++site) {
    const std::size_t gene = places_[site].gene;
    // One base of several that an allele asks for together.
    for (const std::size_t part : cohort_.sites->components(site)) {
      places_[part] = {gene, panel_.genes[gene].gene->sites.size()};
    }
  }
}

void RecordNotes::add_alleles(const genomics::SiteMatch& match, std::vector<std::string>& alleles,
                              std::vector<std::string>& functions) const {
  const SitePlace& place = places_[match.site];
  const pharmaco::Gene& gene = *panel_.genes[place.gene].gene;
  const genomics::Site& site = cohort_.sites->site(match.site);
  if (!match.direct || place.site >= gene.sites.size()) return;
  for (std::size_t k = 0; k < alleles.size(); ++k) {
    const std::uint8_t written = match.codes[k + 1];
    // A base that is REF's again, by another allele of the record, is none of its alternatives.
    if (written == 0 || written > site.alts.size()) continue;
    const std::uint8_t code = genomics::written_number(written, site.base);
    for (const std::size_t number : alleles_defined_by(gene, place.site, code)) {
      const pharmaco::NamedAllele& allele = gene.alleles[number];
      const std::string name = percent_encoded(gene.symbol) + ":" + percent_encoded(allele.reported_name());
      alleles[k] += (alleles[k].empty() ? "" : "|") + name;
      functions[k] += (functions[k].empty() ? "" : "|") + percent_encoded(allele.function);
    }
  }
}

void RecordNotes::add_samples(const std::vector<std::size_t>& genes, genomics::AddedValues& values) {
  const std::size_t fields = Texts{}.size();
  const std::size_t samples = cohort_.samples.size();
  values.samples.resize(fields);
  joined_.clear();
  for (std::size_t field = 0; field < fields; ++field) {
    values.samples[field].resize(samples);
    for (std::size_t sample = 0; sample < samples; ++sample) {
      const auto text_of = [&](std::size_t gene) -> const std::string& {
        return texts_[gene][outcomes_[gene].of_sample[sample]][field];
      };
      std::string_view& value = values.samples[field][sample];
      value = text_of(genes.front());
      if (genes.size() == 1) continue;
      std::vector<std::string> parts;
      for (const std::size_t gene : genes) parts.push_back(text_of(gene));
      value = joined_.emplace_back(joined(parts, ','));
    }
  }
}

bool RecordNotes::give(const genomics::VariantRecord& record, genomics::AddedValues& values) {
  const genomics::RecordAlleles written = record.alleles();
  if (written.contig == genomics::mitochondrion && !record.is_on_rcrs(cohort_.assembly)) return false;
  const genomics::MatchResult result = matcher_.match(written);
  if (result.matches.empty()) return false;
  std::vector<std::size_t> genes;
  std::vector<std::string> alleles(written.alleles.size() - 1);
  std::vector<std::string> functions(alleles.size());
  for (const genomics::SiteMatch& match : result.matches) {
    const std::size_t gene = places_[match.site].gene;
    if (std::ranges::find(genes, gene) == genes.end()) genes.push_back(gene);
    add_alleles(match, alleles, functions);
  }
  std::ranges::sort(genes);
  std::vector<std::string> symbols;
  for (const std::size_t gene : genes) symbols.push_back(percent_encoded(panel_.genes[gene].gene->symbol));
  const bool names_any = std::ranges::any_of(alleles, [](const std::string& text) { return !text.empty(); });
  for (auto* texts : {&alleles, &functions}) {
    for (std::string& text : *texts) text = text.empty() ? "." : text;
  }
  values.info = {joined(symbols, ','), names_any ? joined(alleles, ',') : ".",
                 names_any ? joined(functions, ',') : "."};
  add_samples(genes, values);
  return true;
}

}  // namespace stardose::pipeline
