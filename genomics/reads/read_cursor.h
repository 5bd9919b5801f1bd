// Walking over the reads of a stretch, in BAM and in CRAM.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "genomics/io/bin_index.h"
#include "genomics/io/blocks.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/index_check.h"
#include "genomics/io/shard.h"
#include "genomics/reads/aligned_read.h"
#include "genomics/reads/cram_index_check.h"

namespace stardose::genomics {

/// A file opened, and whose it is for messages.
struct OpenAlignments {
  const std::string& path;
  htsFile* file;
  sam_hdr_t* header;
  const BinIndex* index;       ///< of a BAM
  const CramIndex* slices;     ///< of a CRAM
  hts_idx_t* container_index;  ///< of a CRAM
};

/// Reads come one at a time; each is valid until the next. Their `fragment` is not filled. Reads that the index's
/// chunks hold beside those that overlap the stretch are left out.
class ReadCursor {
 public:
  ReadCursor() = default;
  virtual ~ReadCursor() = default;
  ReadCursor(const ReadCursor&) = delete;
  ReadCursor& operator=(const ReadCursor&) = delete;
  ReadCursor(ReadCursor&&) = delete;
  ReadCursor& operator=(ReadCursor&&) = delete;

  /// Goes to the first read of a stretch, `contig` as the header counts.
  virtual void seek(int contig, std::int64_t begin, std::int64_t end) = 0;
  /// Returns false behind the last one. Throws InputError for damage.
  [[nodiscard]] virtual bool next(AlignedRead& read) = 0;
};

/// Returns where a BAM record begins; a ReadStart.
[[nodiscard]] std::optional<RecordStart> start_of_read(Blocks& here);

/// Looks at BAM records where HTSlib has unpacked them; those that lie across blocks, or are anything but plain, are
/// read by HTSlib. Copies the CIGAR alone.
class BamCursor final : public ReadCursor {
 public:
  explicit BamCursor(const OpenAlignments& open);
  void seek(int contig, std::int64_t begin, std::int64_t end) override;
  [[nodiscard]] bool next(AlignedRead& read) override;

 private:
  enum class Step { read, passed, behind };
  [[nodiscard]] bool peek();
  [[nodiscard]] bool is_behind(int contig, std::int64_t place) const;
  [[nodiscard]] Step look(AlignedRead& read);
  [[nodiscard]] Step load(AlignedRead& read);
  /// Throws InputError for a record that is longer than any.
  void check_size();
  [[nodiscard]] bool to_chunk();

  OpenAlignments open_;
  Blocks blocks_;
  CheckedStretches stretches_;
  std::vector<Span> chunks_;
  HtsHandle<bam1_t> record_;
  std::vector<std::uint32_t> cigar_;
  const std::uint8_t* at_ = nullptr;  // the record peeked at
  std::size_t size_ = 0;              // of it
  std::size_t chunk_ = 0;
  int contig_ = 0;
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
};

/// Leaves all to HTSlib.
class CramCursor final : public ReadCursor {
 public:
  /// For messages: the FASTA that was given, and the header's locations of references.
  CramCursor(const OpenAlignments& open, const std::string& reference, const std::vector<std::string>& locations);
  void seek(int contig, std::int64_t begin, std::int64_t end) override;
  [[nodiscard]] bool next(AlignedRead& read) override;

 private:
  OpenAlignments open_;
  const std::string& reference_;
  const std::vector<std::string>& locations_;
  HtsHandle<hts_itr_t> iterator_;
  HtsHandle<bam1_t> record_;
  std::map<std::uint64_t, std::optional<ContainerReach>> looked_into_;  // containers with reads of several contigs
  int contig_ = 0;
};

}  // namespace stardose::genomics
