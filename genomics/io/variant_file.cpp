// Opening a variant file, and walking through it by index or from end to end.
#include "genomics/io/variant_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "genomics/basics/assembly.h"
#include "genomics/input_error.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/hts_record.h"
#include "genomics/io/variant_header.h"
#include "genomics/io/variant_stream.h"

namespace stardose::genomics {

namespace {

// Ranges closer than this are read in one go: a jump costs more than reading on (benchmarks/README.md).
constexpr std::int64_t jump_gap = 10'000;

HtsHandle<htsFile> open(const std::string& path) {
  hts_set_log_level(HTS_LOG_OFF);
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
                  "give a VCF, VCF.gz or BCF file; reads (BAM, CRAM) come by another workflow"});
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

}  // namespace

struct VariantFile::Handle {
  std::string path;
  HtsHandle<htsFile> file;
  HtsHandle<bcf_hdr_t> header;
  VariantHeader facts;
  HtsHandle<hts_idx_t> csi;  // of a BCF
  HtsHandle<tbx_t> tbx;      // of a VCF.gz
  std::vector<std::string> warnings;

  void load_index();
  [[nodiscard]] HtsHandle<hts_itr_t> query(const std::string& contig, const Interval& interval) const;
  [[nodiscard]] bool has_record(const WatchedRegion& region, bcf1_t* scratch) const;
  /// Hands out the records of one range but those that start before `done`.
  void read_range(const std::string& contig, const Interval& range, std::int64_t done, HtsRecord& record,
                  ReadCounts& counts, const std::function<void(VariantRecord&)>& use);
};

void VariantFile::Handle::load_index() {
  const bool is_bcf = file->format.format == bcf;
  if (path == "-" || file->format.compression != bgzf) return;
  const std::vector<std::string> endings =
      is_bcf ? std::vector<std::string>{".csi"} : std::vector<std::string>{".tbi", ".csi"};
  for (const std::string& ending : endings) {
    const std::string index_path = path + ending;
    if (!is_there(index_path)) continue;
    if (!is_newer_or_same(index_path, path)) {
      warnings.push_back(index_path + " is older than the file, so it was not used and the whole file was read");
      return;
    }
    if (is_bcf) csi.reset(bcf_index_load3(path.c_str(), index_path.c_str(), 0));
    if (!is_bcf) tbx.reset(tbx_index_load3(path.c_str(), index_path.c_str(), 0));
    if (!csi && !tbx) {
      refuse_input({index_path, "", "the index cannot be read", "make it again with `bcftools index`, or remove it"});
    }
    return;
  }
}

HtsHandle<hts_itr_t> VariantFile::Handle::query(const std::string& contig, const Interval& interval) const {
  if (tbx) {
    const int id = tbx_name2id(tbx.get(), contig.c_str());
    return HtsHandle<hts_itr_t>{id < 0 ? nullptr : tbx_itr_queryi(tbx.get(), id, interval.start, interval.end)};
  }
  const int id = bcf_hdr_name2id(header.get(), contig.c_str());
  return HtsHandle<hts_itr_t>{id < 0 ? nullptr : bcf_itr_queryi(csi.get(), id, interval.start, interval.end)};
}

bool VariantFile::Handle::has_record(const WatchedRegion& region, bcf1_t* scratch) const {
  const auto own_name = facts.contigs.find(region.contig);
  if (own_name == facts.contigs.end()) return false;
  const HtsHandle<hts_itr_t> iterator = query(own_name->second, region.interval);
  if (!iterator) return false;
  HtsText text;
  int status = 0;
  do {  // one that starts before the region says nothing of how the region was looked at
    status = tbx ? tbx_itr_next(file.get(), tbx.get(), iterator.get(), &text)
                 : bcf_itr_next(file.get(), iterator.get(), scratch);
  } while (status >= 0 && iterator->curr_beg < region.interval.start);
  if (status < -1) check_end(path, *file, status);
  return status >= 0;
}

VariantFile::VariantFile(const std::string& path, bool use_index) : handle_{std::make_unique<Handle>()} {
  Handle& handle = *handle_;
  handle.path = path;
  handle.file = open(path);
  if (hts_check_EOF(handle.file.get()) == 0) refuse_input({path, "", truncated_why, truncated_help});
  handle.header.reset(bcf_hdr_read(handle.file.get()));
  if (!handle.header) {
    refuse_input(
        {path, "header", "the header cannot be read", "check it with `bcftools view -h`; make the file again"});
  }
  handle.facts = check_header(path, handle.header.get());
  if (use_index) handle.load_index();
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
bool VariantFile::is_mitochondrion_rcrs(Assembly assembly) const { return has_rcrs(handle_->header.get(), assembly); }
const std::vector<std::string>& VariantFile::warnings() const { return handle_->warnings; }

void VariantFile::Handle::read_range(const std::string& contig, const Interval& range, std::int64_t done,
                                     HtsRecord& record, ReadCounts& counts,
                                     const std::function<void(VariantRecord&)>& use) {
  const HtsHandle<hts_itr_t> iterator = query(contig, range);
  if (!iterator) return;
  HtsText text;
  const auto next = [&] {
    return tbx ? tbx_itr_next(file.get(), tbx.get(), iterator.get(), &text)
               : bcf_itr_next(file.get(), iterator.get(), record.raw());
  };
  int status = 0;
  while ((status = next()) >= 0) {
    ++counts.records;
    if (tbx) parse_line({path, file.get(), header.get()}, counts.records, text, record);
    if (record.raw()->pos < done) continue;
    if (!tbx) record.accept();
    use(record);
  }
  if (status < -1) check_end(path, *file, status);
}

ReadCounts VariantFile::for_each_near(const SiteIndex& sites, std::vector<WatchedRegion>& watched,
                                      const std::function<void(VariantRecord&)>& use) {
  Handle& handle = *handle_;
  if (!handle.csi && !handle.tbx) {
    const OpenVariants open{handle.path, handle.file.get(), handle.header.get()};
    return handle.file->format.format == bcf ? stream_bcf(open, sites, watched, use)
                                             : stream_vcf(open, sites, watched, use);
  }
  ReadCounts counts{.used_index = true};
  HtsRecord record{handle.path, handle.header.get()};
  for (WatchedRegion& region : watched) {
    if (!region.seen) region.seen = handle.has_record(region, record.raw());
  }
  for (const auto& [canonical, own_name] : handle.facts.contigs) {
    std::int64_t done = 0;  // records that start before this were handed out for the range before
    for (const Interval& range : sites.wanted(canonical, jump_gap)) {
      handle.read_range(own_name, range, done, record, counts, use);
      done = range.end;
    }
  }
  return counts;
}

}  // namespace stardose::genomics
