// Contig names and lengths of the two assemblies.
#include "genomics/basics/assembly.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "genomics/basics/unknown_assembly.h"

namespace stardose::genomics {

namespace {

struct ContigLengths {
  std::string_view contig;
  std::int64_t grch37;
  std::int64_t grch38;
};

constexpr std::array<ContigLengths, 24> primary_contigs = {{
    {"chr1", 249250621, 248956422},  {"chr2", 243199373, 242193529},  {"chr3", 198022430, 198295559},
    {"chr4", 191154276, 190214555},  {"chr5", 180915260, 181538259},  {"chr6", 171115067, 170805979},
    {"chr7", 159138663, 159345973},  {"chr8", 146364022, 145138636},  {"chr9", 141213431, 138394717},
    {"chr10", 135534747, 133797422}, {"chr11", 135006516, 135086622}, {"chr12", 133851895, 133275309},
    {"chr13", 115169878, 114364328}, {"chr14", 107349540, 107043718}, {"chr15", 102531392, 101991189},
    {"chr16", 90354753, 90338345},   {"chr17", 81195210, 83257441},   {"chr18", 78077248, 80373285},
    {"chr19", 59128983, 58617616},   {"chr20", 63025520, 64444167},   {"chr21", 48129895, 46709983},
    {"chr22", 51304566, 50818468},   {"chrX", 155270560, 156040895},  {"chrY", 59373566, 57227415},
}};

const ContigLengths* find(std::string_view contig) {
  const auto* at = std::find_if(primary_contigs.begin(), primary_contigs.end(),
                                [&](const ContigLengths& entry) { return entry.contig == contig; });
  return at == primary_contigs.end() ? nullptr : at;
}

/// RefSeq numbers chromosomes NC_000001 to NC_000024 in every assembly of the Genome Reference Consortium, whose
/// version follows on the point (NCBI, assemblies GCF_000001405.25 and .26); empty: it is none of them.
std::string contig_of_accession(std::string_view name) {
  constexpr std::string_view chromosomes = "NC_0000";
  if (name.starts_with("NC_012920.")) return std::string{mitochondrion};
  if (!name.starts_with(chromosomes) || name.find('.') != chromosomes.size() + 2) return {};
  std::size_t number = 0;
  const char* const begin = name.data() + chromosomes.size();
  const auto [end, fault] = std::from_chars(begin, begin + 2, number);
  const bool is_one = fault == std::errc{} && end == begin + 2 && number >= 1 && number <= primary_contigs.size();
  return is_one ? std::string{primary_contigs[number - 1].contig} : std::string{};
}

}  // namespace

std::string canonical_contig(std::string_view name) {
  if (const std::string by_accession = contig_of_accession(name); !by_accession.empty()) return by_accession;
  std::string_view bare = name;
  for (const std::string_view prefix : {"chr", "Chr", "CHR"}) {
    if (name.starts_with(prefix)) bare.remove_prefix(prefix.size());
  }
  if (bare == "M" || bare == "MT") return "chrM";
  std::string candidate = "chr" + std::string{bare};
  return find(candidate) != nullptr ? candidate : std::string{name};
}

std::optional<Assembly> assembly_of(std::string_view contig, std::int64_t length) {
  const ContigLengths* entry = find(contig);
  if (entry == nullptr) return std::nullopt;
  if (entry->grch38 == length) return Assembly::grch38;
  if (entry->grch37 == length) return Assembly::grch37;
  return std::nullopt;
}

bool is_of_unknown_assembly(std::string_view contig, std::int64_t length) {
  const ContigLengths* entry = find(contig);
  constexpr std::int64_t tenth = 10;
  if (entry == nullptr) return false;
  const std::int64_t shorter = std::min(entry->grch37, entry->grch38);
  return length > shorter - shorter / tenth && !assembly_of(contig, length);
}

int contig_rank(std::string_view contig) {
  const ContigLengths* entry = find(contig);
  if (entry != nullptr) return static_cast<int>(entry - primary_contigs.begin());
  const int last = static_cast<int>(primary_contigs.size());
  return contig == "chrM" ? last : last + 1;
}

bool is_primary_contig(std::string_view contig) { return find(contig) != nullptr; }

}  // namespace stardose::genomics
