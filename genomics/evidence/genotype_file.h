// Genotypes from reads as a VCF or BCF file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "genomics/evidence/genotype_header.h"
#include "genomics/evidence/genotype_record.h"

namespace stardose::genomics {

/// What is known of a site beside its genotypes; texts may be empty.
struct SiteNotes {
  std::vector<std::string> ids;    ///< dbSNP names
  std::vector<std::string> genes;  ///< symbols
  std::vector<std::string> names;  ///< HGVS by listed alternative; none at all: not known
};

/// Returns whether the name says in which format to write: `-`, or it ends in .vcf, .vcf.gz, .vcf.bgz or
/// .bcf.
[[nodiscard]] bool has_genotype_file_name(const std::string& path);

/// Written as `PATH.partial` and named by close(), with an index beside a compressed file (.tbi of VCF, .csi of BCF);
/// without close() nothing remains. `-` is plain VCF on standard output. Every failing step throws InputError (output).
class GenotypeFile {
 public:
  /// Requires: has_genotype_file_name(path).
  GenotypeFile(const std::string& path, const GenotypeFileHeader& header);
  ~GenotypeFile();
  GenotypeFile(GenotypeFile&&) = delete;
  GenotypeFile& operator=(GenotypeFile&&) = delete;
  GenotypeFile(const GenotypeFile&) = delete;
  GenotypeFile& operator=(const GenotypeFile&) = delete;

  /// Number of a contig (canonical name) in the header; nullopt: it is not there (nor is chrM where it is another
  /// sequence than the catalogue's positions count on), and nothing can be said about it.
  [[nodiscard]] std::optional<int> contig(const std::string& canonical) const;
  /// Records come by contig number and position. Requires: contig(place.contig).
  void put(const ReadSite& place, const GenotypeRecord& record, const SiteNotes& notes);
  void close();

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace stardose::genomics
