// Mosaics of donors, record by record.
#include "benchmarks/data/write_cohort.h"

#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include "benchmarks/data/random.h"

namespace stardose::bench {

namespace {

/// Which donor each haplotype copies at the moment.
class Mosaic {
 public:
  explicit Mosaic(std::size_t haplotypes) : donor_(haplotypes, 0), left_(haplotypes, 0) {}

  void step(int contig, std::size_t donors) {
    const bool is_new = contig != contig_;
    contig_ = contig;
    for (std::size_t k = 0; k < donor_.size(); ++k) {
      if (!is_new && left_[k]-- > 0) continue;
      donor_[k] = random_.below(donors);
      left_[k] = random_.below(1000);
    }
  }
  [[nodiscard]] std::uint32_t donor(std::size_t haplotype) const { return donor_[haplotype]; }

 private:
  std::vector<std::uint32_t> donor_;
  std::vector<std::uint32_t> left_;
  int contig_ = -1;
  Random random_{21};
};

class CohortFile {
 public:
  CohortFile(const std::string& path, bcf_hdr_t* header)
      : path_{path}, is_bcf_{path.ends_with(".bcf")}, file_{hts_open(path.c_str(), is_bcf_ ? "wb" : "wz")} {
    if (file_ == nullptr || hts_set_threads(file_, 2) != 0 || bcf_hdr_write(file_, header) != 0) {
      give_up(path + ": cannot be written");
    }
  }
  void write(bcf_hdr_t* header, bcf1_t* record) {
    if (bcf_write(file_, header, record) != 0) give_up(path_ + ": cannot be written");
  }
  void close() {
    if (hts_close(file_) != 0) give_up(path_ + ": cannot be written");
    const int status = is_bcf_ ? bcf_index_build(path_.c_str(), 14) : tbx_index_build(path_.c_str(), 0, &tbx_conf_vcf);
    if (status != 0) give_up(path_ + ": cannot be indexed");
  }

 private:
  std::string path_;
  bool is_bcf_;
  htsFile* file_;
};

bcf_hdr_t* make_header(std::size_t samples) {
  bcf_hdr_t* header = bcf_hdr_init("w");
  for (const Contig& contig : contigs) {
    const std::string line =
        "##contig=<ID=" + std::string{contig.name} + ",length=" + std::to_string(contig.length) + ">";
    bcf_hdr_append(header, line.c_str());
  }
  bcf_hdr_append(header, "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">");
  for (std::size_t k = 1; k <= samples; ++k) {
    const std::string digits = std::to_string(k);
    bcf_hdr_add_sample(header, ("S" + std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits).c_str());
  }
  if (bcf_hdr_sync(header) != 0) give_up("the header cannot be made");
  return header;
}

void set_alleles(bcf_hdr_t* header, bcf1_t* record, const Position& place) {
  record->rid = place.contig;
  record->pos = place.position;
  std::string alleles = place.ref;
  for (const std::string& alt : place.alts) alleles += "," + alt;
  bcf_update_alleles_str(header, record, alleles.c_str());
}

}  // namespace

void write_cohort(const std::vector<std::string>& paths, const std::vector<Position>& positions, const PanelPlan& plan,
                  std::size_t samples) {
  bcf_hdr_t* header = make_header(samples);
  std::vector<CohortFile> files;
  for (const std::string& path : paths) files.emplace_back(path, header);
  Mosaic mosaic{2 * samples};
  bcf1_t* record = bcf_init();
  std::vector<std::int32_t> genotypes;
  const int mitochondrion = contig_number("chrM");
  for_each_donor_record(plan, positions, [&](const DonorRecord& donors) {
    mosaic.step(donors.place.contig, donors.alleles.size());
    bcf_clear(record);
    set_alleles(header, record, donors.place);
    const std::size_t copies = donors.place.contig == mitochondrion ? 1 : 2;
    genotypes.resize(copies * samples);
    for (std::size_t k = 0; k < genotypes.size(); ++k) {
      const int allele = donors.alleles[mosaic.donor(copies == 1 ? 2 * k : k)];
      const bool second = copies == 2 && k % 2 == 1;
      genotypes[k] = allele < 0 ? bcf_gt_missing : second ? bcf_gt_phased(allele) : bcf_gt_unphased(allele);
    }
    bcf_update_genotypes(header, record, genotypes.data(), static_cast<int>(genotypes.size()));
    for (CohortFile& file : files) file.write(header, record);
  });
  bcf_destroy(record);
  for (CohortFile& file : files) file.close();
  bcf_hdr_destroy(header);
}

}  // namespace stardose::bench
