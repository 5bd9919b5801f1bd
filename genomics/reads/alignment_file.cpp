// Opening an alignment file and reading the stretches of a plan.
#include "genomics/reads/alignment_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/io/blocks.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/reference.h"
#include "genomics/reads/aligned_read.h"
#include "genomics/reads/alignment_header.h"
#include "genomics/reads/contig_walk.h"
#include "genomics/reads/evidence_builder.h"
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

HtsHandle<htsFile> open(const std::string& path) {
  [[maybe_unused]] static const bool is_quiet = (hts_set_log_level(HTS_LOG_OFF), true);  // once: it is a global
  check_regular(path);
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
  return file;
}

}  // namespace

struct AlignmentFile::Handle {
  std::string path;
  HtsHandle<htsFile> file;
  HtsHandle<sam_hdr_t> header;
  AlignmentHeader facts;
  HtsHandle<hts_idx_t> index;
  ReadFilter filter;
  std::unique_ptr<Reference> reference;  // null: none was given

  void load_index();
  void read_stretch(int contig, const Stretch& stretch, std::int64_t read_before, ContigWalk& walk,
                    EvidenceBuilder& into) const;
};

void AlignmentFile::Handle::load_index() {
  index.reset(sam_index_load3(file.get(), path.c_str(), nullptr, HTS_IDX_SILENT_FAIL));
  if (!index) refuse(path, "it has no index, or one that cannot be read", "make one: `samtools index FILE`");
}

AlignmentFile::AlignmentFile(const std::string& path, const AlignmentInputOptions& options)
    : handle_{std::make_unique<Handle>()} {
  Handle& handle = *handle_;
  handle.path = path;
  handle.filter = options.filter;
  handle.file = open(path);
  if (hts_check_EOF(handle.file.get()) == 0) {
    refuse(path, truncated_why, "copy or make the file again; `samtools quickcheck` tells when it is whole");
  }
  handle.header.reset(sam_hdr_read(handle.file.get()));
  if (!handle.header) {
    refuse(path, "the header cannot be read", "check it with `samtools view -H`; make the file again", "header");
  }
  handle.facts = check_alignment_header(path, handle.header.get());
  handle.load_index();
  if (!options.reference.empty()) handle.reference = std::make_unique<Reference>(options.reference);
}

AlignmentFile::~AlignmentFile() = default;
AlignmentFile::AlignmentFile(AlignmentFile&&) noexcept = default;
AlignmentFile& AlignmentFile::operator=(AlignmentFile&&) noexcept = default;

const std::string& AlignmentFile::path() const { return handle_->path; }
const std::string& AlignmentFile::sample() const { return handle_->facts.sample; }
std::optional<Assembly> AlignmentFile::assembly() const { return handle_->facts.assembly; }
bool AlignmentFile::has_contig(const std::string& canonical) const {
  return handle_->facts.contigs.contains(canonical);
}

// A read that begins before the end of the stretch before was met there, with all that lies under it.
void AlignmentFile::Handle::read_stretch(int contig, const Stretch& stretch, std::int64_t read_before, ContigWalk& walk,
                                         EvidenceBuilder& into) const {
  const HtsHandle<hts_itr_t> iterator{sam_itr_queryi(index.get(), contig, stretch.begin, stretch.end)};
  if (!iterator) refuse(path, "the index does not fit the file", "make it again: `samtools index FILE`");
  const HtsHandle<bam1_t> record{bam_init1()};
  int status = 0;
  while ((status = sam_itr_next(file.get(), iterator.get(), record.get())) >= 0) {
    const bam1_core_t& core = record->core;
    if ((core.flag & not_wanted) != 0 || core.pos < read_before) continue;
    AlignedRead read;
    read.cigar = {bam_get_cigar(record.get()), core.n_cigar};
    read.begin = core.pos;
    read.end = core.pos + reference_length(read.cigar);
    const bool is_duplicate = (core.flag & BAM_FDUP) != 0;
    into.count_read(is_duplicate);
    if (is_duplicate || !walk.concerns(read.begin, read.end)) continue;
    const char* name = bam_get_qname(record.get());
    read.fragment = fragment_of({name, std::strlen(name)});
    read.bases = bam_get_seq(record.get());
    read.qualities = bam_get_qual(record.get());
    read.length = core.l_qseq;
    read.mapping_quality = core.qual;
    read.reverse = (core.flag & BAM_FREVERSE) != 0;
    into.count_used(core.l_qseq, (core.flag & BAM_FPAIRED) != 0);
    walk.take(read);
  }
  if (status < -1) {
    refuse(path, "the file is damaged", "check it with `samtools quickcheck` and copy or make it again",
           std::string{sam_hdr_tid2name(header.get(), contig)} + ":" + std::to_string(stretch.begin + 1));
  }
}

ReadEvidence AlignmentFile::read(const ReadPlan& plan) const {
  EvidenceBuilder builder{plan.sites.size(), plan.depth_regions.size(), handle_->filter};
  std::vector<std::pair<int, ContigLayout>> contigs;
  for (ContigLayout& layout : lay_out(plan)) {
    const auto known = handle_->facts.contigs.find(layout.contig);
    if (known != handle_->facts.contigs.end()) contigs.emplace_back(known->second, std::move(layout));
  }
  std::sort(contigs.begin(), contigs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [id, layout] : contigs) {
    ContigWalk walk{layout, handle_->reference.get(), handle_->filter, builder};
    std::int64_t read_before = 0;
    for (const Stretch& stretch : layout.stretches) {
      handle_->read_stretch(id, stretch, read_before, walk, builder);
      read_before = stretch.end;
    }
    walk.finish();
  }
  return std::move(builder).finish();
}

bool is_alignment_file(const std::string& path) {
  struct stat status {};
  if (path == "-" || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  if (!file) return false;
  const htsExactFormat format = hts_get_format(file.get())->format;
  return format == bam || format == cram;
}

}  // namespace stardose::genomics
