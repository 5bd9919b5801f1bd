// The checks on a header.
#include "genomics/io/variant_header.h"

#include <algorithm>

#include "genomics/basics/assembly.h"
#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {

std::vector<std::string> sample_names(const std::string& path, const bcf_hdr_t* header) {
  const int count = bcf_hdr_nsamples(header);
  if (count == 0) {
    throw InputError{Fault::input,
                     {path, "", "the file has no sample, so there are no genotypes to call from",
                      "give a file with genotype columns (FORMAT and one column a sample)"}};
  }
  std::vector<std::string> names(header->samples, header->samples + count);
  // HTSlib 1.16 takes the rest of the header line for a name that is empty.
  const auto is_broken = [](const std::string& name) { return name.empty() || name.find('\t') != std::string::npos; };
  if (std::any_of(names.begin(), names.end(), is_broken)) {
    throw InputError{Fault::input, {path, "header", "a sample has an empty name", "name it with `bcftools reheader`"}};
  }
  return names;
}

std::int64_t declared_length(const bcf_hdr_t* header, int contig) {
  return static_cast<std::int64_t>(header->id[BCF_DT_CTG][contig].val->info[0]);
}

void check_assembly(const std::string& path, const std::string& contig, std::int64_t length) {
  if (length <= 0 || !is_primary_contig(contig)) return;
  const auto assembly = assembly_of(contig, length);
  if (assembly == Assembly::grch38) return;
  const std::string has = "contig " + contig + " has " + std::to_string(length) + " bases";
  if (assembly == Assembly::grch37) {
    throw InputError{Fault::mismatch,
                     {path, "header", has + ": the file is on GRCh37 (hg19) and the catalogue on GRCh38",
                      "call the variants on GRCh38, or lift the file over with `bcftools +liftover` or Picard"}};
  }
  throw InputError{Fault::mismatch, {path, "header", has + ", which is not GRCh38", "give a file made on GRCh38"}};
}

}  // namespace

VariantHeader check_header(const std::string& path, const bcf_hdr_t* header) {
  VariantHeader facts;
  facts.samples = sample_names(path, header);
  for (int i = 0; i < header->n[BCF_DT_CTG]; ++i) {
    const char* name = header->id[BCF_DT_CTG][i].key;
    if (name == nullptr || header->id[BCF_DT_CTG][i].val == nullptr) continue;
    const std::string canonical = canonical_contig(name);
    check_assembly(path, canonical, declared_length(header, i));
    if (!facts.contigs.emplace(canonical, name).second && is_primary_contig(canonical)) {
      throw InputError{Fault::input,
                       {path, "header", "contig " + canonical + " is declared under two names",
                        "rename the contigs with `bcftools annotate --rename-chrs`"}};
    }
  }
  return facts;
}

}  // namespace stardose::genomics
