// One BAM or CRAM file, opened.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "genomics/basics/assembly.h"
#include "genomics/reads/alignment_input_options.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"

namespace stardose::genomics {

/// Owns HTSlib's handles. Not safe to share between threads; several may be open.
class AlignmentFile {
 public:
  /// Throws InputError for what cannot be opened, is no BAM or CRAM, is unsorted or has no index; of a CRAM whose
  /// reference is not to be had, with the missing MD5 and where it was sought. Never asks the network.
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
  [[nodiscard]] bool has_contig(const std::string& canonical) const;

  /// Reads what the plan asks for, each stretch of the file once, with sites closer than about 10 kb merged into one
  /// stretch. Throws InputError for a damaged or truncated file, and for a CRAM reference that does not fit.
  [[nodiscard]] ReadEvidence read(const ReadPlan& plan) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

/// Returns whether the file's first bytes are those of BAM or CRAM (never by its name alone).
[[nodiscard]] bool is_alignment_file(const std::string& path);

}  // namespace stardose::genomics
