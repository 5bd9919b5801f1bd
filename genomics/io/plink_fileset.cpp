// Reading a PLINK 1 fileset.
#include "genomics/io/plink_fileset.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <unordered_set>

#include "genomics/input_error.h"
#include "genomics/io/text_lines.h"
#include "genomics/matrix/bed_row.h"
#include "genomics/matrix/matrix_rows.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

namespace {

constexpr const char* make_again = "make it again with `plink2 --make-bed`";

[[noreturn]] void refuse(const std::string& path, std::string why, std::string help = make_again) {
  throw InputError{Fault::input, {path, "", std::move(why), std::move(help)}};
}

}  // namespace

bool is_plink_bed(const std::string& path) { return path.ends_with(".bed"); }

PlinkFileset::PlinkFileset(const std::string& path) : path_{path} {
  read_fam();
  open_bed();
}

PlinkFileset::~PlinkFileset() {
  if (file_ >= 0) close(file_);
}

std::string PlinkFileset::beside(const char* ending) const {
  return path_.substr(0, path_.size() - std::strlen(".bed")) + ending;
}

void PlinkFileset::open_bed() {
  file_ = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file_ < 0 || fstat(file_, &status) != 0) {
    refuse(path_, std::string{"cannot open: "} + std::strerror(errno), "check the path and your permission to read it");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  std::array<char, bed_magic.size()> mark{};
  const ssize_t got = pread(file_, mark.data(), mark.size(), 0);
  const std::string_view found{mark.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
  if (found == bed_magic) return;
  if (found.substr(0, 2) == bed_magic.substr(0, 2)) {
    close(file_);
    file_ = -1;
    refuse(path_, "its rows are samples, not variants: a .bed of an early PLINK");
  }
  close(file_);
  file_ = -1;
  refuse(path_, "is not a PLINK .bed: its first bytes are others",
         "give the .bed of a PLINK 1 fileset; a list of regions (BED) holds no genotypes");
}

void PlinkFileset::read_fam() {
  TextLines lines{beside(".fam"), "list of samples"};
  std::unordered_set<std::string> seen;
  for (std::string_view line; lines.next(line);) {
    const std::string_view family = take_column(line);
    if (family.empty()) continue;
    const std::string_view sample = take_column(line);
    if (sample.empty()) lines.fail("the line has one column", "a .fam has a family and a sample in each line");
    samples_.push_back(known_as(std::string{sample}));
    if (!seen.insert(samples_.back()).second) {
      lines.fail("two samples have one name: " + samples_.back(),
                 "rename them with `plink2 --update-ids`; families do not tell them apart here");
    }
  }
  if (samples_.empty()) refuse(lines.path(), "there is no sample");
}

void PlinkFileset::for_each_row(const std::function<void(const BimRow&, std::size_t)>& use) const {
  TextLines lines{beside(".bim"), "list of variants"};
  std::size_t rows = 0;
  BimRow row;
  for (std::string_view line; lines.next(line);) {
    if (line.empty()) continue;
    if (const char* const fault = read_bim_row(line, row)) {
      lines.fail("not a line of a .bim: " + std::string{fault}, make_again);
    }
    use(row, rows++);
  }
  const std::uint64_t expected = bed_magic.size() + rows * bed_row_size(samples_.size());
  if (size_ == expected) return;
  refuse(path_,
         "its size does not fit: " + std::to_string(rows) + " variants of " + std::to_string(samples_.size()) +
             " samples take " + std::to_string(expected) + " bytes, and it has " + std::to_string(size_),
         "it was cut off, or its .bim and .fam are another fileset's; make or fetch all three again");
}

void PlinkFileset::read_rows(std::size_t first, std::span<std::uint8_t> bytes) const {
  auto at = static_cast<off_t>(bed_magic.size() + first * bed_row_size(samples_.size()));
  while (!bytes.empty()) {
    const ssize_t got = pread(file_, bytes.data(), bytes.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) refuse(path_, "cannot be read to its end", "leave inputs in place during a run");
    at += got;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace stardose::genomics
