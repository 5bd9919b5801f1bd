// Walking over packed records and over lines.
#include "genomics/io/record_cursor.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "genomics/basics/assembly.h"
#include "genomics/input_error.h"
#include "genomics/io/bcf_record_check.h"
#include "genomics/io/little_endian.h"

namespace stardose::genomics {

namespace {

// A packed record begins with two lengths and six numbers of four bytes (VCF specification 4.5, section 6.3).
constexpr std::size_t front_size = 32;
constexpr std::size_t shared_front = 24;  // of them count as part of the first length

/// Twice the longest line: packed values are as wide as the widest of their field.
std::uint64_t longest_record(int samples) { return 2 * std::uint64_t{longest_line(samples)}; }

bool is_header_line(std::string_view line) { return line.starts_with("##") || line.starts_with("#CHROM"); }

}  // namespace

BcfCursor::BcfCursor(const OpenVariants& open)
    : open_{open}, blocks_{open_.path, *open_.file}, record_{open_.path, open_.header} {
  std::error_code unknown;
  can_seek_ = std::filesystem::is_regular_file(open_.path, unknown);
  genotype_ = bcf_hdr_id2int(open_.header, BCF_DT_ID, "GT");
}

bool BcfCursor::peek(RecordPlace& place) {
  if (blocks_.rest().empty() && !blocks_.next()) return false;
  const std::string_view bytes = blocks_.rest();
  if (bytes.size() < front_size) return false;
  const auto* at = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::uint32_t shared = little_u32(at);
  const std::uint32_t individual = little_u32(at + 4);
  const std::int32_t contig = little_i32(at + 8);
  const std::int32_t position = little_i32(at + 12);
  const std::int32_t length = little_i32(at + 16);
  const auto samples = static_cast<int>(little_u32(at + 28) & 0xFFFFFF);
  const bool plain = shared >= shared_front && contig >= 0 && contig < open_.header->n[BCF_DT_CTG] && position >= 0 &&
                     length >= 0 && samples == bcf_hdr_nsamples(open_.header);
  if (!plain || may_have_length(bytes, shared)) return false;
  size_ = front_size - shared_front + std::uint64_t{shared} + individual;
  if (open_.declared != nullptr) {
    if (bytes.size() < size_) return false;
    const std::size_t rest = shared - shared_front;
    check(at + 8, {at + front_size, rest}, {at + front_size + rest, individual});
  }
  place = {record_.contig(contig), position, position + std::max<std::int64_t>(length, 1)};
  return true;
}

// HTSlib takes as much memory as a record says, and only then finds that the file has less. In a pipe the few that have
// their lengths in two blocks are left to it.
void BcfCursor::check_size(std::uint64_t number) {
  if (blocks_.rest().empty() && !blocks_.next()) return;
  constexpr std::size_t lengths = 8;
  std::string bytes{blocks_.rest().substr(0, lengths)};
  if (bytes.size() < lengths && can_seek_) {
    const std::uint64_t begin = blocks_.offset();
    bytes = blocks_.copy(lengths);
    blocks_.seek(begin);
  }
  if (bytes.size() < lengths) return;
  const auto* at = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::uint64_t longest = longest_record(bcf_hdr_nsamples(open_.header));
  if (std::uint64_t{little_u32(at)} + little_u32(at + 4) <= longest) return;
  throw InputError{Fault::input,
                   {open_.path, "record " + std::to_string(number),
                    "the record says that it has more than " + std::to_string(longest) + " bytes",
                    "the file is damaged or was written by a faulty program; make it again"}};
}

bool BcfCursor::next(std::uint64_t number, RecordPlace& place) {
  is_read_ = false;
  check_size(number);
  if (peek(place)) return true;
  const int status = bcf_read(open_.file, open_.header, record_.raw());
  if (status < 0) {
    check_end(open_.path, *open_.file, status);
    return false;
  }
  is_read_ = true;
  const bcf1_t& raw = *record_.raw();
  if (open_.declared != nullptr) check_read();
  if (static_cast<int>(raw.n_sample) != bcf_hdr_nsamples(open_.header)) refuse_samples();
  place = {record_.contig(), raw.pos, record_.end()};
  return true;
}

// A large variant may say how long it is where only HTSlib reads it.
bool BcfCursor::may_have_length(std::string_view bytes, std::uint32_t shared) const {
  if (bcf_hdr_id2int(open_.header, BCF_DT_ID, "SVLEN") < 0) return false;
  const std::string_view rest = bytes.substr(front_size);
  const std::size_t size = shared - shared_front;
  return rest.size() < size || rest.substr(0, size).find('<') != std::string_view::npos;
}

void BcfCursor::check(const std::uint8_t* at, std::span<const std::uint8_t> shared,
                      std::span<const std::uint8_t> individual) {
  const std::uint32_t in_record = little_u32(at + 16);
  const std::uint32_t of_samples = little_u32(at + 20);
  const PackedCounts counts{.alleles = in_record >> 16U,
                            .info = in_record & 0xFFFFU,
                            .formats = of_samples >> 24U,
                            .samples = of_samples & 0xFFFFFFU,
                            .names = open_.header->n[BCF_DT_ID],
                            .genotype = genotype_};
  const char* const fault = fault_in_packed(shared, individual, counts);
  if (fault == nullptr) return;
  const std::int32_t contig = little_i32(at);
  const bool is_known = contig >= 0 && contig < open_.header->n[BCF_DT_CTG];
  const std::string name{is_known ? record_.contig(contig) : std::string_view{"?"}};
  refuse(name + ":" + std::to_string(std::int64_t{little_i32(at + 4)} + 1), fault);
}

void BcfCursor::check_read() {
  const bcf1_t& raw = *record_.raw();
  if (raw.pos < -1 || raw.rlen < 0) refuse(record_.place(), "the record has a negative position or length");
  const PackedCounts counts{.alleles = raw.n_allele,
                            .info = raw.n_info,
                            .formats = raw.n_fmt,
                            .samples = raw.n_sample,
                            .names = open_.header->n[BCF_DT_ID],
                            .genotype = genotype_};
  const char* const fault = fault_in_packed({reinterpret_cast<const std::uint8_t*>(raw.shared.s), raw.shared.l},
                                            {reinterpret_cast<const std::uint8_t*>(raw.indiv.s), raw.indiv.l}, counts);
  if (fault != nullptr) refuse(record_.place(), fault);
}

void BcfCursor::refuse_samples() const {
  refuse(record_.place(), "the record has more or fewer samples than the header");
}

void BcfCursor::refuse(const std::string& place, const char* why) const {
  throw InputError{Fault::input,
                   {open_.path, place, why, "the file is damaged or was written by a faulty program; make it again"}};
}

void BcfCursor::skip() {
  if (!is_read_) blocks_.skip(size_);
}

HtsRecord& BcfCursor::load() {
  if (!is_read_) {
    const int status = bcf_read(open_.file, open_.header, record_.raw());
    if (status < 0) check_end(open_.path, *open_.file, -2);
  }
  record_.accept();
  return record_;
}

VcfCursor::VcfCursor(const OpenVariants& open)
    : open_{open},
      blocks_{open_.path, *open_.file},
      lines_{blocks_, longest_line(bcf_hdr_nsamples(open_.header))},
      record_{open_.path, open_.header} {
  if (open_.declared != nullptr) check_.emplace(open_.path, *open_.declared, bcf_hdr_nsamples(open_.header));
}

void VcfCursor::refuse_long_line(std::uint64_t number) const {
  LineStart start;
  const bool has_place = read_line_start(line_, {}, start) == nullptr;
  const std::string position = std::to_string(start.position + 1);
  const std::string place =
      has_place ? printable(canonical_contig(start.contig) + ":" + position) : "record " + std::to_string(number);
  const std::size_t longest = longest_line(bcf_hdr_nsamples(open_.header));
  throw InputError{Fault::input,
                   {open_.path, place, "the line has more than " + std::to_string(longest) + " bytes",
                    "the file is damaged or was written by a faulty program; make it again"}};
}

// Behind another header samples may be others, or in another order.
void VcfCursor::refuse_second_header(std::uint64_t number) const {
  throw InputError{Fault::input,
                   {open_.path, "record " + std::to_string(number), "a line of a header among records",
                    "take it away, or put files together with `bcftools concat` or `bcftools merge`"}};
}

bool VcfCursor::next(std::uint64_t number, RecordPlace& place) {
  do {
    if (!lines_.next(line_)) {
      check_end(open_.path, *open_.file, -1);
      return false;
    }
    if (lines_.is_long()) refuse_long_line(number);
    if (is_header_line(line_)) refuse_second_header(number);
    if (line_.starts_with('#')) ++commented_out_;
  } while (line_.empty() || line_.starts_with('#'));
  LineStart start;
  if (const LineFault fault = read_line_start(line_, raw_contig_, start)) {
    throw InputError{Fault::input,
                     {open_.path, "record " + std::to_string(number), fault,
                      "the file is damaged or was written by a faulty program; make it again"}};
  }
  if (check_) {
    check_->check(line_, number);
    if (lines_.is_cut()) refuse_cut_line(open_.path);
  }
  if (!start.same_contig) {
    raw_contig_ = start.contig;
    contig_ = canonical_contig(raw_contig_);
  }
  number_ = number;
  place = {contig_, start.position, start.end};
  return true;
}

HtsRecord& VcfCursor::load() {
  record_.parse(line_, number_);
  return record_;
}

}  // namespace stardose::genomics
