// The same 2,504 people, read on both assemblies by two projects: where the genotypes agree, so do the calls.
//
// Genotypes are taken from the files here, in bases and by the tables' own pairs of positions, without the reader under
// test. Two VCF files are made of the records at sites that both files have, and the program calls both.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "genomics/io/hts_handle.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

/// A site of the catalogue, with its place and base on each of the assemblies: [0] GRCh38, [1] GRCh37.
struct PairedSite {
  std::string gene;
  std::string contig;
  std::array<std::int64_t, 2> position{};
  std::array<std::string, 2> ref;
  std::set<std::string> alleles;
};

/// What a file says of a site: for each person two alleles in bases, in the order of the strands.
struct SeenSite {
  std::string line;  ///< the record's columns up to FORMAT
  std::vector<std::string> genotypes;
  std::vector<std::array<std::string, 2>> bases;
};

std::vector<PairedSite> catalogue_sites() {
  std::vector<PairedSite> sites;
  for (const auto& gene : std::filesystem::directory_iterator{STARDOSE_SOURCE_DIR "/pharmaco/catalogue/genes"}) {
    const std::string table = gene.path().string() + "/sites.tsv";
    if (!std::filesystem::exists(table)) continue;
    const std::string settings = file_text(gene.path().string() + "/gene.yaml");
    const std::size_t at = settings.find("contig: ") + 8;
    const std::string contig = settings.substr(at, settings.find('\n', at) - at);
    for (const TableRow& row : read_table(table)) {
      if (row.at("position37") == ".") continue;
      PairedSite site{gene.path().filename().string(),
                      contig,
                      {std::stol(row.at("position")), std::stol(row.at("position37"))},
                      {row.at("ref"), row.at("ref37")},
                      {row.at("ref")}};
      for (const std::string& alt : split_text(row.at("alts"), ",")) site.alleles.insert(alt);
      sites.push_back(std::move(site));
    }
  }
  return sites;
}

/// Reads single records at the sites by the index; a site with two records at its place is left out.
class GenomesFile {
 public:
  GenomesFile(const std::string& path, std::size_t assembly)
      : assembly_{assembly},
        file_{hts_open(path.c_str(), "r")},
        header_{bcf_hdr_read(file_.get())},
        index_{bcf_index_load(path.c_str())} {}

  std::vector<std::string> samples() const {
    return {header_->samples, header_->samples + bcf_hdr_nsamples(header_.get())};
  }
  void choose(const std::vector<std::string>& people) {
    for (const std::string& name : people)
      columns_.push_back(bcf_hdr_id2int(header_.get(), BCF_DT_SAMPLE, name.c_str()));
  }

  std::optional<SeenSite> read(const PairedSite& site) {
    const std::string contig = assembly_ == 0 ? site.contig : site.contig.substr(3);
    const int id = bcf_hdr_name2id(header_.get(), contig.c_str());
    if (id < 0) return std::nullopt;
    const std::int64_t start = site.position[assembly_] - 1;
    const genomics::HtsHandle<hts_itr_t> iterator{bcf_itr_queryi(index_.get(), id, start, start + 1)};
    const genomics::HtsHandle<bcf1_t> record{bcf_init()};
    std::optional<SeenSite> seen;
    int there = 0;
    while (bcf_itr_next(file_.get(), iterator.get(), record.get()) >= 0) {
      if (record->pos != start) continue;
      if (++there == 1) seen = see(site, record.get());
    }
    return there == 1 ? seen : std::nullopt;
  }

 private:
  std::optional<SeenSite> see(const PairedSite& site, bcf1_t* record) {
    bcf_unpack(record, BCF_UN_ALL);
    std::vector<std::string> alleles(record->d.allele, record->d.allele + record->n_allele);
    const bool known =
        std::ranges::all_of(alleles, [&](const std::string& text) { return site.alleles.contains(text); });
    if (!known || alleles.front() != site.ref[assembly_]) return std::nullopt;
    int* values = nullptr;
    int size = 0;
    const int count = bcf_get_genotypes(header_.get(), record, &values, &size);
    const int ploidy = count / bcf_hdr_nsamples(header_.get());
    SeenSite seen;
    seen.line = (assembly_ == 0 ? site.contig : site.contig.substr(3)) + "\t" + std::to_string(record->pos + 1) +
                "\t.\t" + alleles.front() + "\t";
    for (std::size_t k = 1; k < alleles.size(); ++k) seen.line += (k == 1 ? "" : ",") + alleles[k];
    seen.line += "\t.\tPASS\t.\tGT";
    for (const int column : columns_) add(seen, alleles, values + std::ptrdiff_t{column} * ploidy, ploidy);
    std::free(values);  // NOLINT: HTSlib allocates with malloc
    return seen;
  }

  static void add(SeenSite& seen, const std::vector<std::string>& alleles, const int* values, int ploidy) {
    std::string text;
    std::array<std::string, 2> bases{"-", "-"};
    for (int k = 0; k < ploidy && k < 2 && values[k] != bcf_int32_vector_end; ++k) {
      if (k > 0) text += bcf_gt_is_phased(values[k]) != 0 ? "|" : "/";
      const int allele = bcf_gt_allele(values[k]);
      text += allele < 0 ? "." : std::to_string(allele);
      bases[static_cast<std::size_t>(k)] = allele < 0 ? "." : alleles[static_cast<std::size_t>(allele)];
    }
    seen.genotypes.push_back(text);
    seen.bases.push_back(bases);
  }

  std::size_t assembly_;
  genomics::HtsHandle<htsFile> file_;
  genomics::HtsHandle<bcf_hdr_t> header_;
  genomics::HtsHandle<hts_idx_t> index_;
  std::vector<int> columns_;
};

/// Sites that both files have, gene by gene, with what each says.
struct Common {
  PairedSite site;
  std::array<SeenSite, 2> seen;
};

std::string vcf_of(const std::vector<Common>& common, std::size_t assembly, const std::vector<std::string>& people) {
  std::map<std::pair<std::string, std::int64_t>, std::string> lines;
  for (const Common& entry : common) {
    std::string line = entry.seen[assembly].line;
    for (const std::string& genotype : entry.seen[assembly].genotypes) line += "\t" + genotype;
    lines[{entry.site.contig, entry.site.position[assembly]}] = line + "\n";
  }
  std::string text = "##fileformat=VCFv4.3\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">\n";
  text += assembly == 0 ? "##contig=<ID=chr10,length=133797422>\n" : "##contig=<ID=10,length=135534747>\n";
  text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + join_text(people, "\t") + "\n";
  for (const auto& [place, line] : lines) text += line;
  return text;
}

/// (gene, person) -> the call: every column but the remarks, which name positions.
std::map<std::pair<std::string, std::string>, std::string> calls_of(const std::string& input,
                                                                    const std::string& output) {
  const ProgramResult run = run_program({"run", "--input", input, "--output", output, "--write", "calls",
                                         "--from-small-variants", "CYP2D6", "--threads", "2"});
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  std::map<std::pair<std::string, std::string>, std::string> calls;
  for (TableRow& row : read_table(output + "/calls.tsv")) {
    std::string all;
    for (const auto& [column, cell] : row) all += column == "remarks" ? "" : cell + "\t";
    calls[{row["gene"], row["sample"]}] = all;
  }
  return calls;
}

/// Whether a person's genotypes at these sites are the same on both, strands exchanged or not.
bool agree(const std::vector<const Common*>& sites, std::size_t person) {
  bool same = true;
  bool exchanged = true;
  for (const Common* site : sites) {
    const auto& one = site->seen[0].bases[person];
    const auto& two = site->seen[1].bases[person];
    same = same && one == two;
    exchanged = exchanged && one[0] == two[1] && one[1] == two[0];
  }
  return same || exchanged;
}

bool agree_unphased(const Common& site, std::size_t person) {
  const auto twice = [](std::array<std::string, 2> bases) {  // one X may be written as two that are the same
    if (bases[1] == "-") bases[1] = bases[0];
    return bases;
  };
  const auto one = twice(site.seen[0].bases[person]);
  const auto two = twice(site.seen[1].bases[person]);
  return one == two || (one[0] == two[1] && one[1] == two[0]);
}

struct Genomes {
  std::vector<std::string> people;
  std::vector<Common> common;
};

Genomes read_genomes() {
  GenomesFile on38{shared_path("data/1kgp3202_pgx_grch38.bcf"), 0};
  GenomesFile on37{shared_path("data/1kgp2504_pgx_grch37.bcf"), 1};
  Genomes genomes;
  const std::vector<std::string> more = on38.samples();
  const std::set<std::string> names{more.begin(), more.end()};
  for (const std::string& name : on37.samples()) {
    if (names.contains(name)) genomes.people.push_back(name);
  }
  on38.choose(genomes.people);
  on37.choose(genomes.people);
  for (const PairedSite& site : catalogue_sites()) {
    auto one = on38.read(site);
    auto two = on37.read(site);
    if (one && two) genomes.common.push_back({site, {std::move(*one), std::move(*two)}});
  }
  return genomes;
}

}  // namespace

TEST_SUITE("shared: both assemblies") {
  TEST_CASE("the same person has the same calls on both assemblies") {
    if (!shared_is_there()) return;
    const Genomes genomes = read_genomes();
    CHECK(genomes.people.size() == 2504);
    CHECK(genomes.common.size() > 150);
    const TempFolder folder;
    const auto calls38 = calls_of(folder.write("38.vcf", vcf_of(genomes.common, 0, genomes.people)), folder / "38");
    const auto calls37 = calls_of(folder.write("37.vcf", vcf_of(genomes.common, 1, genomes.people)), folder / "37");
    std::map<std::string, std::vector<const Common*>> by_gene;
    for (const Common& entry : genomes.common) by_gene[entry.site.gene].push_back(&entry);
    CHECK(by_gene.size() >= 15);
    std::string table;
    for (const auto& [gene, sites] : by_gene) {
      int compared = 0;
      int equal = 0;
      int equal_elsewhere = 0;
      for (std::size_t person = 0; person < genomes.people.size(); ++person) {
        const auto key = std::pair{gene, genomes.people[person]};
        const bool same_call = calls38.at(key) == calls37.at(key);
        if (!agree(sites, person)) {
          equal_elsewhere += same_call ? 1 : 0;
          continue;
        }
        ++compared;
        if (same_call) ++equal;
      }
      CHECK_MESSAGE(equal == compared, gene);
      CHECK_MESSAGE(compared > 1000, gene, " ", compared);
      table += gene + ": " + std::to_string(sites.size()) + " sites, " + std::to_string(compared) +
               " people with equal genotypes, all calls equal; of the others " + std::to_string(equal_elsewhere) +
               " have equal calls\n";
    }
    MESSAGE(table);
  }

  TEST_CASE("at every position nearly everyone has the same bases on both assemblies") {
    if (!shared_is_there()) return;
    const Genomes genomes = read_genomes();
    int other_bases = 0;
    std::size_t lowest = genomes.people.size();
    for (const Common& entry : genomes.common) {
      std::size_t same = 0;
      for (std::size_t person = 0; person < genomes.people.size(); ++person)
        same += agree_unphased(entry, person) ? 1U : 0U;
      // Low coverage misses some; another place would give another row of genotypes.
      CHECK_MESSAGE(same * 100 >= genomes.people.size() * 95, entry.site.gene, " ", entry.site.position[0], ": ", same);
      lowest = std::min(lowest, same);
      if (entry.site.ref[0] != entry.site.ref[1]) ++other_bases;
    }
    MESSAGE(genomes.common.size(), " positions; least people with the same bases: ", lowest);
    CHECK(other_bases >= 4);  // CYP2C19, CYP2D6 twice or more, CYP3A5
  }
}

}  // namespace stardose::tests
