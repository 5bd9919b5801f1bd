// Writing, and giving names at the end.
#include "genomics/io/variant_output.h"

#include <fcntl.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/tbx.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "genomics/trail.h"
#include "genomics/unfinished_files.h"

namespace stardose::genomics {

namespace {

void remove_unfinished(const std::string& path) {
  end_unfinished(path, [&] { return unlink(path.c_str()); });
}

bool has_got_name(const std::string& from, const std::string& to) {
  return end_unfinished(from, [&] { return std::rename(from.c_str(), to.c_str()) == 0; });
}

/// As htslib wants it: `w`, `wz6`.
std::string mode_of(const VariantFormat& format) {
  std::string mode = format.type == 'v' ? "w" : format.type == 'u' ? "wbu" : std::string{"w"} + format.type;
  const bool has_level = format.level >= 0 && (format.type == 'z' || format.type == 'b');
  return has_level ? mode + std::to_string(format.level) : mode;
}

}  // namespace

std::optional<VariantFormat> format_of_name(std::string_view path) {
  if (path.ends_with(".vcf")) return VariantFormat{'v'};
  if (path.ends_with(".vcf.gz") || path.ends_with(".vcf.bgz")) return VariantFormat{'z'};
  if (path.ends_with(".bcf")) return VariantFormat{'b'};
  return std::nullopt;
}

VariantOutputFile::VariantOutputFile(VariantOutput output) : output_{std::move(output)} {
  STARDOSE_EXPECT(!output_.with_index || (output_.format.can_have_index() && !is_stream()));
  partial_ = is_stream() ? output_.path : output_.path + ".partial";
  if (output_.with_index) index_ = output_.path + (output_.format.type == 'b' ? ".csi" : ".tbi");
  if (!is_stream()) refuse_input(output_.path);
  // What a killed run left may be open to others, or a link.
  if (!is_stream()) unlink(partial_.c_str());
  errno = 0;
  const auto create = [this] { return hts_open(partial_.c_str(), mode_of(output_.format).c_str()); };
  file_.reset(is_stream() ? create() : begin_unfinished(partial_, create));
  if (!file_) fail_without_file("cannot be opened for writing");
  if (output_.threads > 1)
    check(hts_set_threads(file_.get(), output_.threads - 1) == 0, "has no threads to be written");
}

VariantOutputFile::~VariantOutputFile() {
  if (!file_) return;
  file_.reset();
  if (!is_stream()) remove_unfinished(partial_);
}

void VariantOutputFile::fail(const std::string& what) const {
  const std::string reason = errno == 0 ? "" : std::string{": "} + std::strerror(errno);
  throw InputError{Fault::output,
                   {output_.path, "", what + reason, "check the folder, its permissions and the free space"}};
}

void VariantOutputFile::fail_without_file(const std::string& what) const {
  const int reason = errno;
  if (!is_stream()) remove_unfinished(partial_);
  if (!index_.empty()) remove_unfinished(partial_index());
  errno = reason;
  fail(what);
}

void VariantOutputFile::put(const bcf_hdr_t& header) {
  errno = 0;
  // HTSlib marks a header as written, and changes nothing else.
  check(bcf_hdr_write(file_.get(), const_cast<bcf_hdr_t*>(&header)) == 0, "cannot be written");
}

void VariantOutputFile::put(const bcf_hdr_t& header, bcf1_t& record) {
  errno = 0;
  check(bcf_write(file_.get(), const_cast<bcf_hdr_t*>(&header), &record) == 0, "cannot be written");
}

void VariantOutputFile::put_line(std::string_view line) {
  STARDOSE_EXPECT(output_.format.is_text());
  const auto size = static_cast<ssize_t>(line.size());
  errno = 0;
  if (output_.format.type == 'v') {
    check(hwrite(file_->fp.hfile, line.data(), line.size()) == size, "cannot be written");
    return;
  }
  // A line goes on in the next block only where it does not fit in one: so indexes need less reading.
  BGZF* const blocks = file_->fp.bgzf;
  check(bgzf_flush_try(blocks, size) == 0 && bgzf_write(blocks, line.data(), line.size()) == size, "cannot be written");
}

void VariantOutputFile::make_index() {
  const std::string index = partial_index();
  const bool is_bcf = output_.format.type == 'b';
  unlink(index.c_str());
  const int made = begin_unfinished(index, [&] {
    return is_bcf ? bcf_index_build3(partial_.c_str(), index.c_str(), 14, 0)
                  : tbx_index_build3(partial_.c_str(), index.c_str(), 0, 0, &tbx_conf_vcf);
  });
  if (made != 0) fail_without_file("its index cannot be made");
}

void VariantOutputFile::name_files() {
  // The index of a file that is being replaced must not stand beside the new one.
  if (!index_.empty()) unlink(index_.c_str());
  if (!has_got_name(partial_, output_.path)) fail_without_file("cannot get its final name");
  note_written(output_.path);
  if (index_.empty()) return;
  if (!has_got_name(partial_index(), index_)) fail_without_file("its index cannot get its final name");
  note_written(index_);
}

void VariantOutputFile::close() {
  errno = 0;
  if (hts_close(file_.release()) != 0) fail_without_file("cannot be written");
  if (is_stream()) return;
  if (!index_.empty()) make_index();
  const int written = open(partial_.c_str(), O_RDONLY | O_CLOEXEC);
  const bool on_disk = written >= 0 && (fsync(written) == 0 || errno == EINVAL || errno == EROFS);
  if (written >= 0) ::close(written);
  if (!on_disk) fail_without_file("cannot be written");
  name_files();
}

}  // namespace stardose::genomics
