// One BAM or CRAM file, opened.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/reads/alignment_input_options.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"

namespace stardose::genomics {

/// Owns HTSlib's handles. Not safe to share between threads; several may be open.
class AlignmentFile {
 public:
  /// Throws InputError for what cannot be opened, is no BAM or CRAM, is truncated, is unsorted, has several samples or
  /// no index.
  AlignmentFile(const std::string& path, const AlignmentInputOptions& options);
  ~AlignmentFile();
  AlignmentFile(AlignmentFile&&) noexcept;
  AlignmentFile& operator=(AlignmentFile&&) noexcept;
  AlignmentFile(const AlignmentFile&) = delete;
  AlignmentFile& operator=(const AlignmentFile&) = delete;

  [[nodiscard]] const std::string& path() const;
  /// The one SM of the read groups; where there is none, the file's name without its ending. Several differing ones are
  /// refused by the constructor.
  [[nodiscard]] const std::string& sample() const;
  /// By the lengths of its contigs; nullopt: they say nothing (a cut-out reference).
  [[nodiscard]] std::optional<Assembly> assembly() const;
  /// A mitochondrion that is not rCRS counts as not there: positions mean other bases on it.
  [[nodiscard]] bool has_contig(const std::string& canonical) const;
  /// Returns how many primary alignments lie over a base of the region on average; 0: there are none, or no such
  /// contig. Alignments beside the primary one do not count: their reads are at another place too. Throws InputError
  /// for a damaged file.
  [[nodiscard]] double primary_depth(const Region& region) const;
  /// What a reader should know though it stops nothing; a sentence each.
  [[nodiscard]] const std::vector<std::string>& warnings() const;

  /// Reads what the plan asks for, each stretch of the file once, with sites closer than about 10 kb merged into one
  /// stretch. The flanks of alleles longer than a base are those of the reference that the options give; without one,
  /// what most reads have. Contigs that the file has not stay without evidence.
  /// Throws InputError for a damaged file, and for a CRAM whose reference is another one or not to be had, with its MD5
  /// and where it was sought. Never asks the network.
  [[nodiscard]] ReadEvidence read(const ReadPlan& plan) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

/// Returns whether the file's first bytes are those of BAM or CRAM (never by its name alone).
[[nodiscard]] bool is_alignment_file(const std::string& path);

}  // namespace stardose::genomics
