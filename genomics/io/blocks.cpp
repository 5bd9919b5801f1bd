// Blocks of BGZF, of gzip, and of plain text.
#include "genomics/io/blocks.h"

#include <htslib/bgzf.h>
#include <htslib/hfile.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "genomics/input_error.h"
#include "genomics/io/little_endian.h"

namespace stardose::genomics {

namespace {

constexpr std::size_t plain_block = 1 << 16;

// A block ends with the number of bytes that it unpacks to (SAM specification 1.6, section 4.1), which HTSlib does not
// look at. Requires: the block was read last, and not taken from a cache.
bool has_stated_size(const BGZF& bgzf) {
  const bool is_block = bgzf.block_length > 0 && bgzf.is_gzip == 0 && bgzf.is_compressed != 0;
  if (!is_block) return true;
  const auto* begin = static_cast<const std::uint8_t*>(bgzf.compressed_block);
  const std::size_t size = std::size_t{little_u16(begin + 16)} + 1;
  return little_u32(begin + size - 4) == static_cast<std::uint32_t>(bgzf.block_length);
}

// As bgzf_read() does when it has used a block up.
void leave_block(BGZF& bgzf) {
  bgzf.block_address = htell(bgzf.fp);
  bgzf.block_offset = bgzf.block_length = 0;
}

}  // namespace

void check_end(const std::string& path, const htsFile& file, int status) {
  if (status < -1) {
    throw InputError{Fault::input,
                     {path, "", "the file is damaged or truncated: reading stopped before its end", truncated_help}};
  }
  if (file.is_bgzf == 0) return;
  const BGZF* bgzf = file.fp.bgzf;
  if (bgzf->errcode != 0) {
    throw InputError{Fault::input,
                     {path, "", "the file is damaged: a compressed block does not unpack", truncated_help}};
  }
  if (bgzf->no_eof_block != 0) throw InputError{Fault::input, {path, "", truncated_why, truncated_help}};
}

Blocks::Blocks(const std::string& path, htsFile& file) : path_{path}, file_{file} {
  if (file_.is_bgzf == 0)
    plain_.resize(plain_block);
  else if (!has_stated_size(*file_.fp.bgzf))
    check_end(path_, file_, -2);
}

std::string_view Blocks::rest() const {
  if (file_.is_bgzf == 0) return {plain_.data() + begin_, end_ - begin_};
  const BGZF& bgzf = *file_.fp.bgzf;
  const int left = std::max(0, bgzf.block_length - bgzf.block_offset);
  return {static_cast<const char*>(bgzf.uncompressed_block) + bgzf.block_offset, static_cast<std::size_t>(left)};
}

void Blocks::take(std::size_t count) {
  if (count == 0) return;
  if (file_.is_bgzf == 0) {
    begin_ += count;
    return;
  }
  BGZF& bgzf = *file_.fp.bgzf;
  bgzf.block_offset += static_cast<int>(count);
  if (bgzf.block_offset >= bgzf.block_length) leave_block(bgzf);
}

bool Blocks::next() {
  if (file_.is_bgzf == 0) {
    const ssize_t count = hread(file_.fp.hfile, plain_.data(), plain_.size());
    if (count < 0) check_end(path_, file_, -2);
    begin_ = 0;
    end_ = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    return count > 0;
  }
  BGZF& bgzf = *file_.fp.bgzf;
  do {
    if (bgzf_read_block(&bgzf) != 0 || !has_stated_size(bgzf)) check_end(path_, file_, -2);
    if (bgzf.block_length == 0) return false;
    if (bgzf.block_offset < bgzf.block_length) return true;
    if (bgzf.block_offset > bgzf.block_length) check_end(path_, file_, -2);  // a seek to nowhere
    leave_block(bgzf);                                                       // a seek to the block's end
  } while (true);
}

void Blocks::skip(std::uint64_t count) {
  while (count > 0) {
    const std::uint64_t step = std::min<std::uint64_t>(count, rest().size());
    take(step);
    count -= step;
    if (count > 0 && rest().empty() && !next()) check_end(path_, file_, -2);
  }
}

std::string Blocks::copy(std::size_t count) {
  std::string bytes;
  while (bytes.size() < count && (!rest().empty() || next())) {
    const std::size_t step = std::min(count - bytes.size(), rest().size());
    bytes += rest().substr(0, step);
    take(step);
  }
  return bytes;
}

std::uint64_t Blocks::offset() const {
  if (file_.is_bgzf == 0) return 0;
  return static_cast<std::uint64_t>(bgzf_tell(file_.fp.bgzf));
}

void Blocks::seek(std::uint64_t offset) {
  if (offset == this->offset()) return;
  if (bgzf_seek(file_.fp.bgzf, static_cast<std::int64_t>(offset), SEEK_SET) != 0) check_end(path_, file_, -2);
}

bool Blocks::reaches(std::uint64_t offset) const {
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path_, unknown);
  return unknown || offset >> 16U <= size;
}

void Blocks::seek_anew(std::uint64_t offset) {
  file_.fp.bgzf->errcode = 0;
  hclearerr(file_.fp.bgzf->fp);
  if (bgzf_seek(file_.fp.bgzf, static_cast<std::int64_t>(offset), SEEK_SET) != 0) check_end(path_, file_, -2);
}

}  // namespace stardose::genomics
