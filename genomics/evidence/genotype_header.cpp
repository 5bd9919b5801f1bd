// The header's lines.
#include "genomics/evidence/genotype_header.h"

#include <htslib/sam.h>

#include "genomics/input_error.h"
#include "genomics/io/filter_name.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/vcf_header_text.h"
#include "genomics/sites/site_matcher.h"

namespace stardose::genomics {

namespace {

std::string filter_line(std::string_view id, const std::string& description) {
  return "##FILTER=<ID=" + std::string{id} + ",Description=\"" + description + "\">";
}

std::string field_line(const std::string& kind, const std::string& id, const std::string& number,
                       const std::string& type, const std::string& description) {
  return "##" + kind + "=<ID=" + id + ",Number=" + number + ",Type=" + type + ",Description=\"" + description + "\">";
}

}  // namespace

std::vector<std::string> header_lines(const GenotypeFileHeader& header) {
  const GenotypeThresholds& least = header.thresholds;
  const std::string balance = std::to_string(least.min_allele_balance).substr(0, 4);
  std::vector<std::string> lines{"##source=" + header.source, "##catalogue=" + header.catalogue};
  if (!header.assembly.empty()) lines.push_back("##reference=" + header.assembly);
  const std::vector<std::string> declared{
      filter_line(filter_name::no_reads, "No fragment that says anything"),
      filter_line(filter_name::low_depth,
                  "DP below " + std::to_string(least.min_depth) + ", or half of it on one copy"),
      filter_line(filter_name::low_quality, "GQ below " + std::to_string(least.min_genotype_quality)),
      filter_line(filter_name::low_balance, "One of two alleles in a share of fragments below " + balance),
      filter_line(filter_name::structural, "Copies and hybrids of the gene decide; two alleles would say too little"),
      "##ALT=<ID=" + std::string{unlisted_alternative.substr(1, unlisted_alternative.size() - 2)} +
          ",Description=\"An allele that the catalogue does not list and whose bases are not known\">",
      field_line("INFO", "GENE", ".", "String", "Symbols of the genes that ask for the position"),
      field_line("INFO", "HGVS", "A", "String", "Genomic names of the alternatives on GRCh38"),
      field_line("FORMAT", "GT", "1", "String", "Genotype"),
      field_line("FORMAT", "DP", "1", "Integer", "Fragments that say something (a pair of reads counts once)"),
      field_line("FORMAT", "AD", "R", "Integer", "Fragments by allele"),
      field_line("FORMAT", "ADF", "R", "Integer", "Fragments by allele, forward strand"),
      field_line("FORMAT", "ADR", "R", "Integer", "Fragments by allele, reverse strand"),
      field_line("FORMAT", "MQ", "1", "Integer", "Mean mapping quality of all reads at the position"),
      field_line("FORMAT", "GQ", "1", "Integer", "Phred of the probability that it is another genotype, at most 99"),
      field_line("FORMAT", "PL", "G", "Integer", "Phred-scaled likelihoods of the genotypes, the likeliest 0"),
      field_line("FORMAT", "SP", "1", "Integer", "Phred of Fisher's exact test of the two alleles' strands"),
      field_line("FORMAT", "PS", "1", "Integer", "Phase set: position of its first heterozygous site"),
      field_line("FORMAT", "FT", "1", "String", "Filters of the genotype"),
  };
  lines.insert(lines.end(), declared.begin(), declared.end());
  const std::string assembly = header.assembly.empty() ? "" : ",assembly=" + header.assembly;
  for (const ContigLength& contig : header.contigs) {
    lines.push_back("##contig=<ID=" + contig.name + ",length=" + std::to_string(contig.length) + assembly + ">");
  }
  return lines;
}

std::vector<ContigLength> contigs_of_alignments(const std::string& path) {
  const HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  sam_hdr_t* const header = file ? sam_hdr_read(file.get()) : nullptr;
  if (header == nullptr) {
    throw InputError{Fault::input, {path, "header", "the header cannot be read", "check it with `samtools view -H`"}};
  }
  std::vector<ContigLength> contigs;
  for (int k = 0; k < sam_hdr_nref(header); ++k) {
    // SAM allows names that no VCF can have, such as `chr1,chr3`; none is one that the catalogue knows.
    const std::string name = sam_hdr_tid2name(header, k);
    if (is_contig_name(name)) contigs.push_back({name, sam_hdr_tid2len(header, k)});
  }
  sam_hdr_destroy(header);
  return contigs;
}

}  // namespace stardose::genomics
