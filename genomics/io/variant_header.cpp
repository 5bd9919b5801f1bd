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

// What one contig's length says of the assembly.
void hear_length(const std::string& path, const std::string& contig, std::int64_t length, VariantHeader& facts) {
  if (length <= 0 || !is_primary_contig(contig)) return;
  const auto assembly = assembly_of(contig, length);
  const std::string has = "contig " + contig + " has " + std::to_string(length) + " bases";
  if (!assembly) {
    throw InputError{Fault::mismatch,
                     {path, "header", has + ", which is neither GRCh38 nor GRCh37", "give a file made on one of them"}};
  }
  if (!facts.assembly) {
    facts.assembly = assembly;
    facts.assembly_evidence = has;
  } else if (facts.assembly != assembly) {
    throw InputError{
        Fault::mismatch,
        {path, "header",
         facts.assembly_evidence + ", which is " + std::string{to_string(*facts.assembly)} + ", but " + has +
             ", which is " + std::string{to_string(*assembly)},
         "the header mixes two assemblies; give the records the header of theirs with `bcftools reheader`"}};
  }
}

}  // namespace

VariantHeader check_header(const std::string& path, const bcf_hdr_t* header) {
  VariantHeader facts;
  facts.samples = sample_names(path, header);
  for (int i = 0; i < header->n[BCF_DT_CTG]; ++i) {
    const char* name = header->id[BCF_DT_CTG][i].key;
    if (name == nullptr || header->id[BCF_DT_CTG][i].val == nullptr) continue;
    const std::string canonical = canonical_contig(name);
    hear_length(path, canonical, declared_length(header, i), facts);
    if (!facts.contigs.emplace(canonical, name).second && is_primary_contig(canonical)) {
      throw InputError{Fault::input,
                       {path, "header", "contig " + canonical + " is declared under two names",
                        "rename the contigs with `bcftools annotate --rename-chrs`"}};
    }
  }
  return facts;
}

bool has_rcrs(const bcf_hdr_t* header, Assembly assembly) {
  for (int i = 0; i < header->n[BCF_DT_CTG]; ++i) {
    const char* name = header->id[BCF_DT_CTG][i].key;
    if (name == nullptr || header->id[BCF_DT_CTG][i].val == nullptr || canonical_contig(name) != "chrM") continue;
    const std::int64_t length = declared_length(header, i);
    if (length > 0) return length == rcrs_length;
    return assembly == Assembly::grch38 || std::string_view{name} == "MT";
  }
  return true;
}

}  // namespace stardose::genomics
