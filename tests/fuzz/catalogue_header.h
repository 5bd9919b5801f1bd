// The header of a VCF whose records may be anywhere in the catalogue.
#pragma once

#include <string>
#include <utility>

#include "tests/builders/vcf_builder.h"

namespace stardose::fuzz {

/// Of two samples, on GRCh38.
inline const std::string& catalogue_header() {
  static const std::string header = [] {
    test::VcfBuilder vcf;
    vcf.no_contigs().samples({"S1", "S2"});
    for (const auto& [name, length] :
         {std::pair{"chr1", 248956422L}, {"chr2", 242193529L},  {"chr3", 198295559L},  {"chr4", 190214555L},
          {"chr5", 181538259L},          {"chr6", 170805979L},  {"chr7", 159345973L},  {"chr8", 145138636L},
          {"chr9", 138394717L},          {"chr10", 133797422L}, {"chr11", 135086622L}, {"chr12", 133275309L},
          {"chr13", 114364328L},         {"chr15", 101991189L}, {"chr16", 90338345L},  {"chr17", 83257441L},
          {"chr19", 58617616L},          {"chr20", 64444167L},  {"chr21", 46709983L},  {"chr22", 50818468L},
          {"chrX", 156040895L},          {"chrM", 16569L}}) {
      vcf.contig(name, length);
    }
    return vcf.text();
  }();
  return header;
}

}  // namespace stardose::fuzz
