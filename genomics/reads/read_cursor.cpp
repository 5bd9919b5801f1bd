// BAM records as the SAM specification (1.6, section 4.2) lays them out.
#include "genomics/reads/read_cursor.h"

#include <htslib/cram.h>

#include <cstring>
#include <string>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/little_endian.h"
#include "genomics/reads/cram_reference.h"

namespace stardose::genomics {

namespace {

// Bytes of a record: its length, then 32 of fixed places, name, CIGAR, bases, qualities, tags.
constexpr std::size_t front_size = 36;
/// The longest reads have some millions of bases, and as much again in tags.
constexpr std::uint32_t longest_record = std::uint32_t{64} << 20;

[[noreturn]] void refuse_damaged(const std::string& path, const char* contig, std::int64_t begin) {
  throw InputError{Fault::input,
                   {path, std::string{contig} + ":" + std::to_string(begin + 1), "the file or its index is damaged",
                    "check it with `samtools quickcheck`; copy or make it again, and its index with `samtools index`"}};
}

[[noreturn]] void refuse_index(const std::string& path) {
  throw InputError{Fault::input, {path, "", "the index does not fit the file", "make it again with `samtools index`"}};
}

void take(const bam1_t& record, AlignedRead& read) {
  const bam1_core_t& core = record.core;
  read.cigar = {bam_get_cigar(&record), core.n_cigar};
  read.begin = core.pos;
  read.end = core.pos + reference_length(read.cigar);
  read.name = bam_get_qname(&record);
  read.bases = bam_get_seq(&record);
  read.qualities = bam_get_qual(&record);
  read.length = core.l_qseq;
  read.mapping_quality = core.qual;
  read.flags = core.flag;
}

}  // namespace

std::optional<RecordStart> start_of_read(Blocks& here) {
  constexpr std::size_t fixed = 12;  // length, contig, position
  const std::string bytes = here.copy(fixed);
  if (bytes.size() < fixed) return std::nullopt;
  const auto* at = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return RecordStart{little_i32(at + 4), little_i32(at + 8)};
}

BamCursor::BamCursor(const OpenAlignments& open)
    : open_{open}, blocks_{open.path, *open.file}, stretches_{*open.index, start_of_read}, record_{bam_init1()} {}

void BamCursor::seek(int contig, std::int64_t begin, std::int64_t end) {
  contig_ = contig;
  begin_ = begin;
  end_ = end;
  chunk_ = 0;
  if (contig >= open_.index->contigs()) refuse_index(open_.path);
  auto chunks = stretches_.spans(blocks_, contig, begin, HTS_POS_MAX);
  if (!chunks) refuse_damaged(open_.path, sam_hdr_tid2name(open_.header, contig), begin);
  chunks_ = std::move(*chunks);
  if (!chunks_.empty()) blocks_.seek(chunks_.front().begin);
}

// Chunks that touch are read on; false: there are no more.
bool BamCursor::to_chunk() {
  while (chunk_ < chunks_.size() && blocks_.offset() >= chunks_[chunk_].end) {
    ++chunk_;
    if (chunk_ < chunks_.size() && blocks_.offset() < chunks_[chunk_].begin) blocks_.seek(chunks_[chunk_].begin);
  }
  return chunk_ < chunks_.size();
}

bool BamCursor::peek() {
  if (blocks_.rest().empty() && !blocks_.next())
    refuse_damaged(open_.path, sam_hdr_tid2name(open_.header, contig_), begin_);
  const std::string_view bytes = blocks_.rest();
  if (bytes.size() < front_size) return false;
  at_ = reinterpret_cast<const std::uint8_t*>(bytes.data());
  size_ = std::size_t{4} + little_u32(at_);
  const std::size_t bases = little_u32(at_ + 20);
  const std::size_t used = front_size + at_[12] + std::size_t{4} * little_u16(at_ + 16) + (bases + 1) / 2 + bases;
  return bases < bytes.size() && size_ <= bytes.size() && used <= size_ && at_[12] > 0;
}

// Sorted, so that behind the stretch there is nothing more; what the header or the order denies is damage.
bool BamCursor::is_behind(int contig, std::int64_t place) const {
  const bool is_known = contig >= -1 && contig < open_.header->n_targets;
  if (!is_known || (contig >= 0 && contig < contig_)) {
    refuse_damaged(open_.path, sam_hdr_tid2name(open_.header, contig_), begin_);
  }
  return contig != contig_ || place >= end_;
}

BamCursor::Step BamCursor::look(AlignedRead& read) {
  const std::int64_t place = little_i32(at_ + 8);
  const std::size_t operations = little_u16(at_ + 16);
  const std::uint8_t* packed = at_ + front_size + at_[12];
  cigar_.resize(operations);
  if (operations > 0) std::memcpy(cigar_.data(), packed, 4 * operations);
  std::int64_t of_read = 0;
  std::int64_t of_reference = 0;
  for (const std::uint32_t piece : cigar_) {
    if (takes_read(op_of(piece))) of_read += length_of(piece);
    if (takes_reference(op_of(piece))) of_reference += length_of(piece);
  }
  read.length = little_i32(at_ + 20);
  read.flags = little_u16(at_ + 18);
  // A read that is clipped as a whole may have its CIGAR in a tag (SAM specification 1.6, section 4.2.2).
  const bool is_in_tag =
      operations > 0 && op_of(cigar_[0]) == CigarOp::soft_clip && length_of(cigar_[0]) == read.length;
  const bool is_plain = !is_in_tag && (operations == 0 || read.length == 0 || of_read == read.length);
  if (!is_plain) return load(read);
  if (is_behind(little_i32(at_ + 4), place)) return Step::behind;
  read.cigar = cigar_;
  read.begin = place;
  read.end = place + of_reference;
  read.mapping_quality = at_[13];
  const char* name = reinterpret_cast<const char*>(at_) + front_size;
  read.name = {name, strnlen(name, at_[12])};  // of several zeros the first ends it, as in HTSlib
  read.bases = packed + 4 * operations;
  read.qualities = read.bases + (read.length + 1) / 2;
  blocks_.take(size_);
  return read.end > begin_ ? Step::read : Step::passed;
}

// HTSlib takes as much memory as a record says, and only then finds that the file has less.
void BamCursor::check_size() {
  constexpr std::size_t length = 4;
  std::string bytes{blocks_.rest().substr(0, length)};
  if (bytes.size() < length) {
    const std::uint64_t begin = blocks_.offset();
    bytes = blocks_.copy(length);
    blocks_.seek(begin);
  }
  const bool is_long =
      bytes.size() == length && little_u32(reinterpret_cast<const std::uint8_t*>(bytes.data())) > longest_record;
  if (is_long) refuse_damaged(open_.path, sam_hdr_tid2name(open_.header, contig_), begin_);
}

BamCursor::Step BamCursor::load(AlignedRead& read) {
  check_size();
  if (bam_read1(open_.file->fp.bgzf, record_.get()) < 0) {
    refuse_damaged(open_.path, sam_hdr_tid2name(open_.header, contig_), begin_);
  }
  if (is_behind(record_->core.tid, record_->core.pos)) return Step::behind;
  take(*record_, read);
  return read.end > begin_ ? Step::read : Step::passed;
}

bool BamCursor::next(AlignedRead& read) {
  while (to_chunk()) {
    const Step step = peek() ? look(read) : load(read);
    if (step == Step::read) return true;
    if (step == Step::behind) return false;
  }
  return false;
}

CramCursor::CramCursor(const OpenAlignments& open, const std::string& reference,
                       const std::vector<std::string>& locations)
    : open_{open}, reference_{reference}, locations_{locations}, record_{bam_init1()} {}

void CramCursor::seek(int contig, std::int64_t begin, std::int64_t end) {
  contig_ = contig;
  const auto look = [this](std::uint64_t container, std::uint64_t reads) -> const std::optional<ContainerReach>& {
    const auto [seen, is_new] = looked_into_.try_emplace(container);
    if (is_new) seen->second = reach_of_container(open_.path, container, reads);
    return seen->second;
  };
  if (const char* fault = open_.slices->fault_near(*cram_fd_get_fp(open_.file->fp.cram), contig, begin, end, look)) {
    throw InputError{Fault::input,
                     {open_.path, std::string{sam_hdr_tid2name(open_.header, contig)} + ":" + std::to_string(begin + 1),
                      std::string{"the index does not fit the file: "} + fault, "make it again with `samtools index`"}};
  }
  iterator_.reset(sam_itr_queryi(open_.container_index, contig, begin, end));
  if (!iterator_) refuse_index(open_.path);
}

bool CramCursor::next(AlignedRead& read) {
  const int status = sam_itr_next(open_.file, iterator_.get(), record_.get());
  if (status < -1) {
    throw explain_undecoded(open_.path, open_.header, contig_, reference_,
                            locations_.at(static_cast<std::size_t>(contig_)));
  }
  if (status < 0) return false;
  take(*record_, read);
  return true;
}

}  // namespace stardose::genomics
