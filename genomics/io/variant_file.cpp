// Opening a variant file, choosing what to read of it, and reading it.
#include "genomics/io/variant_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <iterator>
#include <utility>

#include "genomics/basics/assembly.h"
#include "genomics/basics/utf8.h"
#include "genomics/input_error.h"
#include "genomics/io/bin_index.h"
#include "genomics/io/file_kind.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/hts_record.h"
#include "genomics/io/index_check.h"
#include "genomics/io/little_endian.h"
#include "genomics/io/record_boundary.h"
#include "genomics/io/record_cursor.h"
#include "genomics/io/variant_header.h"

namespace stardose::genomics {

namespace {

[[noreturn]] void refuse_input(ErrorParts parts) { throw InputError{Fault::input, std::move(parts)}; }

// Ranges closer than this are read in one go: a jump costs more than reading on (benchmarks/README.md).
constexpr std::int64_t jump_gap = 10'000;

HtsHandle<htsFile> open(const std::string& path) {
  [[maybe_unused]] static const bool is_quiet = (hts_set_log_level(HTS_LOG_OFF), true);  // once: it is a global
  refuse_unreadable_encryption(path);
  errno = 0;
  HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  if (!file) {
    const bool is_there = errno == 0 || errno == ENOEXEC;
    refuse_input({path, "", is_there ? "not a VCF or BCF file" : std::string{"cannot open: "} + std::strerror(errno),
                  is_there ? "give a VCF, VCF.gz or BCF file" : "check the path and your permission to read it"});
  }
  const htsFormat& format = *hts_get_format(file.get());
  if (format.format != vcf && format.format != bcf) {
    refuse_input({path, "", "not a VCF or BCF file",
                  "give a VCF, VCF.gz or BCF file, or sorted and indexed reads as BAM or CRAM"});
  }
  return file;
}

bool is_there(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0;
}

bool is_newer_or_same(const std::string& index, const std::string& data) {
  struct stat index_stat {};
  struct stat data_stat {};
  if (stat(index.c_str(), &index_stat) != 0 || stat(data.c_str(), &data_stat) != 0) return false;
  return index_stat.st_mtime >= data_stat.st_mtime;
}

/// Size of a file that can be read in several places; 0: it cannot.
std::uint64_t seekable_size(const std::string& path, const htsFile& file) {
  struct stat status {};
  const bool seekable =
      path != "-" && file.format.compression == bgzf && stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
  return seekable ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// Of a BCF (VCF specification 4.5, section 6.3.1).
std::optional<RecordStart> start_of_record(Blocks& here) {
  constexpr std::size_t fixed = 16;  // two lengths, contig, position
  const std::string bytes = here.copy(fixed);
  if (bytes.size() < fixed) return std::nullopt;
  const auto* at = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return RecordStart{little_i32(at + 8), std::max(little_i32(at + 12), 0)};
}

std::optional<RecordStart> start_of_line(Blocks& here, const BinIndex& index) {
  constexpr std::size_t enough = 512;  // a contig's name and a number
  const std::string line = here.copy(enough);
  const std::size_t tab = line.find('\t');
  if (tab == std::string::npos) return std::nullopt;
  std::int64_t position = 0;
  if (std::from_chars(line.data() + tab + 1, line.data() + line.size(), position).ec != std::errc{})
    return std::nullopt;
  return RecordStart{index.number_of(std::string_view{line}.substr(0, tab)), std::max<std::int64_t>(position - 1, 0)};
}

template <class Cursor>
Passage read_spans(Cursor cursor, const Shard& shard, RecordWalk& walk, Records records,
                   const std::function<void(VariantRecord&)>& use) {
  Passage passage;
  RecordPlace place;
  for (const Span& span : shard.spans) {
    passage.end = span.begin;
    if (span.begin >= span.end) continue;
    cursor.seek(span.begin);
    while (cursor.offset() < span.end && cursor.next(walk.order().records + 1, place)) {
      walk.step(place.contig, place.position);
      if (passage.first_contig.empty()) {
        passage.first_contig = place.contig;
        passage.first_position = place.position;
      }
      if (records == Records::all || walk.is_near(place.end)) {
        use(cursor.load());
      } else {
        cursor.skip();
      }
    }
    passage.end = cursor.offset();
  }
  passage.order = walk.order();
  passage.commented_out = cursor.commented_out();
  return passage;
}

/// Whether of the records in these spans, which are those of a contig in order, one begins in the interval.
template <class Cursor>
bool any_begins_in(Cursor cursor, const std::vector<Span>& spans, const WatchedRegion& region) {
  RecordPlace place;
  std::uint64_t number = 0;
  for (const Span& span : spans) {
    cursor.seek(span.begin);
    while (cursor.offset() < span.end && cursor.next(++number, place)) {
      if (place.contig == region.contig && place.position >= region.interval.start) {
        return place.position < region.interval.end;
      }
      cursor.skip();
    }
  }
  return false;
}

}  // namespace

bool can_be_cut(const std::string& path) {
  struct stat status {};
  if (path == "-" || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const HtsHandle<BGZF> file{bgzf_open(path.c_str(), "r")};
  return file && bgzf_compression(file.get()) == bgzf;
}

struct VariantFile::Handle {
  std::string path;
  HtsHandle<htsFile> file;
  HtsHandle<bcf_hdr_t> header;
  bool check_format = true;
  VcfDeclarations declared;
  VariantHeader facts;
  std::optional<BinIndex> index;
  std::vector<std::string> warnings;
  bool jumps = false;  // what is read are places that the index names

  void load_index();
  [[nodiscard]] bool is_bcf() const { return file->format.format == bcf; }
  [[nodiscard]] const char* fault_in_index() const;
  /// What makes indexes takes a large variant without END for one base.
  [[nodiscard]] bool ends_are_indexed() const {
    const auto declares = [this](const char* field) {
      return bcf_hdr_idinfo_exists(header, BCF_HL_INFO, bcf_hdr_id2int(header.get(), BCF_DT_ID, field));
    };
    return !declares("SVLEN") || declares("END");
  }
  [[nodiscard]] int number_in_index(const std::string& contig) const;
  [[nodiscard]] ReadStart read_start() const;
  /// nullopt, with a warning: the index is wrong.
  [[nodiscard]] std::optional<std::vector<Span>> checked_spans(const SiteIndex& sites);
  /// nullopt: the index is wrong. Leaves the file anywhere.
  [[nodiscard]] std::optional<std::vector<Span>> spans_near(const SiteIndex& sites) const;
};

void VariantFile::Handle::load_index() {
  if (path == "-" || file->format.compression != bgzf) return;
  const std::vector<std::string> endings =
      is_bcf() ? std::vector<std::string>{".csi"} : std::vector<std::string>{".tbi", ".csi"};
  for (const std::string& ending : endings) {
    const std::string index_path = path + ending;
    if (!is_there(index_path)) continue;
    if (!is_newer_or_same(index_path, path)) {
      warnings.push_back(index_path + " is older than the file, so it was not used and the whole file was read");
      return;
    }
    index = BinIndex::read(index_path);
    const bool knows_names = index && std::cmp_equal(index->names().size(), index->contigs());
    if (!index || (!is_bcf() && !knows_names)) {
      refuse_input({index_path, "", "the index cannot be read", "make it again with `bcftools index`, or remove it"});
    }
    if (const char* fault = fault_in_index()) {
      warnings.push_back(index_path + " is not this file's (" + fault +
                         "), so it was not used and the whole file was read");
      index.reset();
    }
    return;
  }
}

const char* VariantFile::Handle::fault_in_index() const {
  Blocks here{path, *file};
  return genomics::fault_in_index(here, *index, AfterChunks::nothing, read_start());
}

ReadStart VariantFile::Handle::read_start() const {
  return [this](Blocks& at) { return is_bcf() ? start_of_record(at) : start_of_line(at, *index); };
}

int VariantFile::Handle::number_in_index(const std::string& contig) const {
  return is_bcf() ? bcf_hdr_name2id(header.get(), contig.c_str()) : index->number_of(contig);
}

std::optional<std::vector<Span>> VariantFile::Handle::spans_near(const SiteIndex& sites) const {
  std::vector<Span> spans;
  Blocks here{path, *file};
  CheckedStretches stretches{*index, read_start()};
  for (const auto& [canonical, own_name] : facts.contigs) {
    const int contig = number_in_index(own_name);
    for (const Interval& range : sites.wanted(canonical, jump_gap)) {
      const auto inside = stretches.spans(here, contig, range.start, range.end);
      if (!inside) return std::nullopt;
      spans.insert(spans.end(), inside->begin(), inside->end());
    }
  }
  return join_spans(std::move(spans));
}

std::optional<std::vector<Span>> VariantFile::Handle::checked_spans(const SiteIndex& sites) {
  Blocks here{path, *file};
  const std::uint64_t begin = here.offset();
  std::optional<std::vector<Span>> spans;
  try {
    spans = spans_near(sites);
  } catch (const InputError&) {
    // it names places where no block begins
  }
  here.seek_anew(begin);
  if (!spans) warnings.push_back(path + ": its index names places where other records are, so the whole file was read");
  return spans;
}

VariantFile::VariantFile(const std::string& path, bool use_index, bool check_format)
    : handle_{std::make_unique<Handle>()} {
  Handle& handle = *handle_;
  handle.path = path;
  handle.check_format = check_format;
  handle.file = open(path);
  if (hts_check_EOF(handle.file.get()) == 0) refuse_input({path, "", truncated_why, truncated_help});
  handle.header = read_header(path, *handle.file, check_format ? &handle.declared : nullptr);
  if (!handle.header) {
    refuse_input(
        {path, "header", "the header cannot be read", "check it with `bcftools view -h`; make the file again"});
  }
  handle.facts = check_header(path, handle.header.get());
  if (handle.facts.any_latin1) handle.warnings.push_back(path + ": " + std::string{latin1_warning});
  if (use_index) handle.load_index();
  if (handle.index && !handle.is_bcf()) add_contigs(path, *handle.header, handle.facts, handle.index->names());
}

VariantFile::~VariantFile() = default;
VariantFile::VariantFile(VariantFile&&) noexcept = default;

const std::string& VariantFile::path() const { return handle_->path; }
const std::vector<std::string>& VariantFile::samples() const { return handle_->facts.samples; }
bool VariantFile::declares_filter(const std::string& name) const {
  const bcf_hdr_t* header = handle_->header.get();
  const int id = bcf_hdr_id2int(header, BCF_DT_ID, name.c_str());
  return id >= 0 && bcf_hdr_idinfo_exists(header, BCF_HL_FLT, id);
}
std::optional<Assembly> VariantFile::assembly() const { return handle_->facts.assembly; }
const std::string& VariantFile::assembly_evidence() const { return handle_->facts.assembly_evidence; }
bool VariantFile::is_mitochondrion_rcrs(Assembly assembly) const {
  const auto contig = handle_->facts.contigs.find(mitochondrion);
  return contig == handle_->facts.contigs.end() || is_rcrs(contig->second, handle_->facts.chrm_length, assembly);
}
const std::vector<std::string>& VariantFile::warnings() const { return handle_->warnings; }

bool VariantFile::uses_index() const { return handle_->jumps; }

std::vector<Shard> VariantFile::plan(const SiteIndex& sites, const Cutting& cutting, Records records) {
  Handle& handle = *handle_;
  const std::uint64_t size = seekable_size(handle.path, *handle.file);
  const Blocks here{handle.path, *handle.file};
  std::vector<Span> spans{{here.offset(), Span::to_end, false}};
  if (size == 0) return {{spans}};
  if (handle.index && records == Records::near_sites) {
    std::optional<std::vector<Span>> jumps = handle.checked_spans(sites);
    handle.jumps = jumps && handle.ends_are_indexed() && jumping_pays(*jumps, spans.front(), size);
    if (handle.jumps) spans = std::move(*jumps);
  }
  std::optional<RecordBoundary> boundary;
  return deal_out(spans, size, cutting, [&](std::uint64_t byte) {
    if (!boundary) boundary.emplace(handle.path, handle.is_bcf() ? handle.header.get() : nullptr);
    return boundary->find(byte);
  });
}

Passage VariantFile::read(const Shard& shard, const FileOrder& from, const SiteIndex& sites,
                          std::vector<WatchedRegion>& watched, Records records,
                          const std::function<void(VariantRecord&)>& use) {
  const OpenVariants open{handle_->path, handle_->file.get(), handle_->header.get(),
                          handle_->check_format ? &handle_->declared : nullptr};
  RecordWalk walk{handle_->path, sites, watched, from};
  return handle_->is_bcf() ? read_spans(BcfCursor{open}, shard, walk, records, use)
                           : read_spans(VcfCursor{open}, shard, walk, records, use);
}

bool VariantFile::has_record(const WatchedRegion& region) {
  const Handle& handle = *handle_;
  const auto own_name = handle.facts.contigs.find(region.contig);
  if (own_name == handle.facts.contigs.end()) return false;
  const int contig = handle.number_in_index(own_name->second);
  const auto [begin, end] = region.interval;
  const std::vector<Span> spans = all_of_stretch(handle.index->chunks(contig), begin, end, {});
  const OpenVariants open{handle.path, handle.file.get(), handle.header.get()};
  return handle.is_bcf() ? any_begins_in(BcfCursor{open}, spans, region)
                         : any_begins_in(VcfCursor{open}, spans, region);
}

}  // namespace stardose::genomics
