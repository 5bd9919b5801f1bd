// Opening an alignment file and reading the stretches of a plan.
#include "genomics/reads/alignment_file.h"

#include <htslib/cram.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "genomics/basics/utf8.h"
#include "genomics/input_error.h"
#include "genomics/io/bin_index.h"
#include "genomics/io/blocks.h"
#include "genomics/io/file_kind.h"
#include "genomics/io/file_state.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/index_check.h"
#include "genomics/io/reference.h"
#include "genomics/reads/aligned_read.h"
#include "genomics/reads/alignment_header.h"
#include "genomics/reads/contig_walk.h"
#include "genomics/reads/cram_index_check.h"
#include "genomics/reads/cram_reference.h"
#include "genomics/reads/evidence_builder.h"
#include "genomics/reads/read_cursor.h"
#include "genomics/reads/read_layout.h"

namespace stardose::genomics {

namespace {

constexpr auto not_wanted = BAM_FUNMAP | BAM_FSECONDARY | BAM_FQCFAIL;

[[noreturn]] void refuse(const std::string& path, std::string why, std::string help, std::string place = "") {
  throw InputError{Fault::input, {path, std::move(place), std::move(why), std::move(help)}};
}

void check_regular(const std::string& path) {
  struct stat status {};
  if (path == "-") {
    refuse(path, "reads cannot come from standard input", "give the path of an indexed BAM or CRAM file");
  }
  if (stat(path.c_str(), &status) != 0) {
    refuse(path, std::string{"cannot open: "} + std::strerror(errno), "check the path and your permission to read it");
  }
  if (S_ISREG(status.st_mode) && status.st_size == 0) {
    refuse(path, "the file is empty", "give a BAM or CRAM file");
  }
}

// The index as `samtools index` names it, or with the file's ending replaced; empty: there is none.
std::string index_of(const std::string& path, bool is_cram) {
  const auto endings = is_cram ? std::vector<std::string>{".crai"} : std::vector<std::string>{".csi", ".bai"};
  for (const std::string& ending : endings) {
    for (const std::string& index : {path + ending, std::filesystem::path{path}.replace_extension(ending).string()}) {
      struct stat status {};
      if (stat(index.c_str(), &status) == 0) return index;
    }
  }
  return "";
}

bool is_older(const std::string& index, const std::string& file) {
  struct stat index_status {};
  struct stat file_status {};
  return stat(index.c_str(), &index_status) == 0 && stat(file.c_str(), &file_status) == 0 &&
         index_status.st_mtime < file_status.st_mtime;
}

void silence_htslib() {
  [[maybe_unused]] static const bool is_quiet = (hts_set_log_level(HTS_LOG_OFF), true);  // once: it is a global
}

HtsHandle<htsFile> open(const std::string& path, const std::string& reference) {
  silence_htslib();
  check_regular(path);
  refuse_unreadable_encryption(path);
  keep_references_local();
  errno = 0;
  HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  if (!file && errno != 0 && errno != ENOEXEC) {
    refuse(path, std::string{"cannot open: "} + std::strerror(errno), "check the path and your permission to read it");
  }
  const htsExactFormat format = file ? hts_get_format(file.get())->format : unknown_format;
  if (format == sam) {
    refuse(path, "this is SAM text, which cannot be read by position",
           "make a BAM of it: `samtools sort -o sorted.bam FILE && samtools index sorted.bam`");
  }
  if (format != bam && format != cram) refuse(path, "not a BAM or CRAM file", "give aligned reads as BAM or CRAM");
  if (format == cram && !reference.empty() && hts_set_opt(file.get(), CRAM_OPT_REFERENCE, reference.c_str()) != 0) {
    refuse(reference, "cannot open this file as an indexed FASTA", "make its index with `samtools faidx`");
  }
  return file;
}

}  // namespace

struct AlignmentFile::Handle {
  std::string path;
  std::optional<FileState> state;  // before it was opened
  HtsHandle<htsFile> file;
  HtsHandle<sam_hdr_t> header;
  AlignmentHeader facts;
  std::optional<BinIndex> index;         // of a BAM
  std::optional<CramIndex> slices;       // of a CRAM
  HtsHandle<hts_idx_t> container_index;  // of a CRAM, as HTSlib has it
  ReadFilter filter;
  std::unique_ptr<Reference> reference;  // null: none was given

  std::string reference_path;
  std::vector<std::string> locations;  // of a CRAM's references, by its header
  std::vector<std::string> warnings;

  [[nodiscard]] bool is_cram() const { return file->format.format == cram; }
  void load_index();
  /// Refuses an index with a fault, if it has one.
  void check_index(const std::string& index_path, const char* fault) const;
  void check_reference() const;
  /// The reference where it knows the contig; else null.
  [[nodiscard]] ReferenceBases* flanks_of(const ContigLayout& contig) const;
  void decode_only(const ReadPlan& plan) const;
  [[nodiscard]] std::unique_ptr<ReadCursor> cursor() const;
};

void AlignmentFile::Handle::load_index() {
  const std::string index_path = index_of(path, is_cram());
  if (index_path.empty()) refuse(path, "it has no index", "make one: `samtools index " + path + "`");
  const std::string help = "make it again: `samtools index " + path + "`";
  if (is_cram()) {
    slices.emplace(index_path);
    check_index(index_path, slices->fault_in(*cram_fd_get_fp(file->fp.cram)));
    container_index.reset(sam_index_load3(file.get(), path.c_str(), index_path.c_str(), HTS_IDX_SILENT_FAIL));
    if (!container_index) refuse(index_path, "the index cannot be read", help);
  } else {
    index = BinIndex::read(index_path);
    if (!index) refuse(index_path, "the index cannot be read", help);
    Blocks here{path, *file};
    check_index(index_path, fault_in_index(here, *index, AfterChunks::unplaced_reads, start_of_read));
  }
  if (is_older(index_path, path)) {
    warnings.push_back(index_path + " is older than the file; if the file has changed since, make it again with " +
                       "`samtools index`");
  }
}

void AlignmentFile::Handle::check_index(const std::string& index_path, const char* fault) const {
  if (fault == nullptr) return;
  refuse(index_path, std::string{"the index is not this file's: "} + fault,
         "sort the file by position if it is not, and make the index again: `samtools index " + path + "`");
}

void AlignmentFile::Handle::check_reference() const {
  const auto given = reference ? reference->assembly() : std::nullopt;
  if (!given || !facts.assembly || *given == *facts.assembly) return;
  throw InputError{Fault::mismatch,
                   {path, "header",
                    "the reads are aligned to " + std::string{to_string(*facts.assembly)} + ", but the reference " +
                        reference_path + " is " + std::string{to_string(*given)},
                    "give --reference the FASTA that the reads were aligned to"}};
}

ReferenceBases* AlignmentFile::Handle::flanks_of(const ContigLayout& contig) const {
  if (!reference || contig.local_sites.empty()) return nullptr;
  return reference->base(contig.contig, contig.local_sites.front().position) == 'N' ? nullptr : reference.get();
}

// A CRAM is stored field by field: the depth alone needs neither bases nor the reference.
void AlignmentFile::Handle::decode_only(const ReadPlan& plan) const {
  if (!is_cram()) return;
  int fields = SAM_FLAG | SAM_RNAME | SAM_POS | SAM_MAPQ | SAM_CIGAR;
  if (!plan.sites.empty()) fields |= SAM_QNAME | SAM_SEQ | SAM_QUAL;
  hts_set_opt(file.get(), CRAM_OPT_REQUIRED_FIELDS, fields);
  hts_set_opt(file.get(), CRAM_OPT_DECODE_MD, 0);
}

AlignmentFile::AlignmentFile(const std::string& path, const AlignmentInputOptions& options)
    : handle_{std::make_unique<Handle>()} {
  Handle& handle = *handle_;
  handle.path = path;
  handle.state.emplace(path);
  handle.filter = options.filter;
  handle.reference_path = options.reference;
  if (!options.reference.empty()) handle.reference = std::make_unique<Reference>(options.reference);
  handle.file = open(path, options.reference);
  if (hts_check_EOF(handle.file.get()) == 0) {
    refuse(path, truncated_why, "copy or make the file again; `samtools quickcheck` tells when it is whole");
  }
  handle.header.reset(sam_hdr_read(handle.file.get()));
  if (!handle.header) {
    refuse(path, "the header cannot be read", "check it with `samtools view -H`; make the file again", "header");
  }
  handle.facts = check_alignment_header(path, handle.header.get());
  if (handle.facts.is_latin1) handle.warnings.push_back(path + ": " + std::string{latin1_warning});
  if (handle.is_cram()) {
    // HTSlib keeps a header of its own, and that is the one it takes locations from.
    handle.locations = forget_useless_locations(cram_fd_get_header(handle.file->fp.cram));
  }
  handle.load_index();
  handle.check_reference();
}

AlignmentFile::~AlignmentFile() = default;
AlignmentFile::AlignmentFile(AlignmentFile&&) noexcept = default;
AlignmentFile& AlignmentFile::operator=(AlignmentFile&&) noexcept = default;

const std::string& AlignmentFile::path() const { return handle_->path; }
const std::string& AlignmentFile::sample() const { return handle_->facts.sample; }
std::optional<Assembly> AlignmentFile::assembly() const { return handle_->facts.assembly; }
const std::vector<std::string>& AlignmentFile::warnings() const { return handle_->warnings; }
bool AlignmentFile::has_contig(const std::string& canonical) const {
  return handle_->facts.contigs.contains(canonical);
}

namespace {

[[noreturn]] void refuse_equal_signs(const std::string& path, const std::string& contig, std::int64_t begin) {
  refuse(path, "a read has `=` in place of bases that are the reference's, as `samtools calmd -e` writes them",
         "give the file that it was made of, or align the reads again", contig + ":" + std::to_string(begin + 1));
}

// A read that begins before the end of the stretch before was met there, with all that lies under it.
void read_stretch(const std::string& path, ReadCursor& cursor, std::int64_t read_before, ContigWalk& walk,
                  EvidenceBuilder& into) {
  AlignedRead read;
  while (cursor.next(read)) {
    if ((read.flags & not_wanted) != 0 || read.begin < read_before) continue;
    const bool is_duplicate = (read.flags & BAM_FDUP) != 0;
    into.count_read(is_duplicate);
    if (is_duplicate || !walk.concerns(read.begin, read.end)) continue;
    if (walk.asks_bases() && read.has_equal_signs()) refuse_equal_signs(path, walk.contig(), read.begin);
    read.fragment = read.name == "*" ? into.nameless() : fragment_of(read.name);
    const bool is_paired = (read.flags & BAM_FPAIRED) != 0;
    if (!is_paired && (read.flags & BAM_FSUPPLEMENTARY) != 0) read.fragment = piece_of(read.fragment, read.begin);
    read.reverse = (read.flags & BAM_FREVERSE) != 0;
    into.count_used(read.length > 0 ? read.length : read_length(read.cigar), is_paired);
    walk.take(read);
  }
}

}  // namespace

std::unique_ptr<ReadCursor> AlignmentFile::Handle::cursor() const {
  const OpenAlignments open{
      path, file.get(), header.get(), index ? &*index : nullptr, slices ? &*slices : nullptr, container_index.get()};
  if (is_cram()) return std::make_unique<CramCursor>(open, reference_path, locations);
  return std::make_unique<BamCursor>(open);
}

double AlignmentFile::primary_depth(const Region& region) const {
  const auto known = handle_->facts.contigs.find(region.contig);
  if (known == handle_->facts.contigs.end() || region.begin >= region.end) return 0;
  handle_->decode_only({});
  const std::unique_ptr<ReadCursor> cursor = handle_->cursor();
  cursor->seek(known->second, region.begin, region.end);
  std::int64_t bases = 0;
  AlignedRead read;
  while (cursor->next(read)) {
    if ((read.flags & (not_wanted | BAM_FSUPPLEMENTARY | BAM_FDUP)) != 0) continue;
    bases += std::max<std::int64_t>(0, std::min(read.end, region.end) - std::max(read.begin, region.begin));
  }
  return static_cast<double>(bases) / static_cast<double>(region.end - region.begin);
}

ReadEvidence AlignmentFile::read(const ReadPlan& plan) const {
  handle_->decode_only(plan);
  EvidenceBuilder builder{plan, handle_->filter};
  std::vector<std::pair<int, ContigLayout>> contigs;
  for (ContigLayout& layout : lay_out(plan, handle_->is_cram() ? cram_merge_gap : merge_gap)) {
    const auto known = handle_->facts.contigs.find(layout.contig);
    if (known != handle_->facts.contigs.end()) contigs.emplace_back(known->second, std::move(layout));
  }
  std::sort(contigs.begin(), contigs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::unique_ptr<ReadCursor> cursor = handle_->cursor();
  for (const auto& [id, layout] : contigs) {
    ContigWalk walk{layout, handle_->flanks_of(layout), handle_->filter, builder};
    std::int64_t read_before = 0;
    for (const Stretch& stretch : layout.stretches) {
      cursor->seek(id, stretch.begin, stretch.end);
      read_stretch(handle_->path, *cursor, read_before, walk, builder);
      read_before = stretch.end;
    }
    walk.finish();
  }
  handle_->state->refuse_change();
  return std::move(builder).finish();
}

bool is_alignment_file(const std::string& path) {
  struct stat status {};
  if (path == "-" || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  silence_htslib();
  const HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  if (!file) return false;
  const htsExactFormat format = hts_get_format(file.get())->format;
  return format == bam || format == cram;
}

}  // namespace stardose::genomics
