// Small VCF files, written out by a test.
#pragma once

#include <string>
#include <vector>

namespace stardose::tests {

/// A header on GRCh38 with these samples.
inline std::string vcf_header(
    const std::vector<std::string>& samples = {"S1"},
    const std::string& more_lines = "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"\">\n") {
  std::string text =
      "##fileformat=VCFv4.3\n"
      "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
      "##INFO=<ID=END,Number=1,Type=Integer,Description=\"Last base of a block\">\n" +
      more_lines +
      "##contig=<ID=chr1,length=248956422>\n##contig=<ID=chr2,length=242193529>\n"
      "##contig=<ID=chr6,length=170805979>\n##contig=<ID=chr7,length=159345973>\n"
      "##contig=<ID=chr10,length=133797422>\n##contig=<ID=chr12,length=133275309>\n"
      "##contig=<ID=chr13,length=114364328>\n##contig=<ID=chr16,length=90338345>\n"
      "##contig=<ID=chr19,length=58617616>\n##contig=<ID=chrX,length=156040895>\n##contig=<ID=chrM,length=16569>\n"
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
  for (const std::string& sample : samples) text += "\t" + sample;
  return text + "\n";
}

/// One record: `chr10 94761900 C T` and a genotype for each sample.
inline std::string vcf_record(const std::string& place_and_alleles, const std::vector<std::string>& genotypes,
                              const std::string& info = ".", const std::string& format = "GT") {
  std::vector<std::string> words{""};
  for (const char c : place_and_alleles) {
    if (c == ' ') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::string text =
      words[0] + "\t" + words[1] + "\t.\t" + words[2] + "\t" + words[3] + "\t.\tPASS\t" + info + "\t" + format;
  for (const std::string& genotype : genotypes) text += "\t" + genotype;
  return text + "\n";
}

}  // namespace stardose::tests
