// One real slice in the many forms in which alignments come.
#include "changed_alignments.h"

#include <htslib/faidx.h>
#include <htslib/sam.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "genomics/io/hts_handle.h"

namespace stardose::tests {
namespace {

constexpr std::int64_t genes_begin = 42'123'000, genes_end = 42'146'000;  // 0-based, both repeats and both genes
constexpr std::int64_t measured_begin = 42'125'000, measured_end = 42'131'000;
constexpr std::int64_t contig_length = 50'818'468;  // chr22, GRCh38

template <class T>
using SamHandle = genomics::HtsHandle<T>;

struct Alignments {
  SamHandle<sam_hdr_t> header;
  std::vector<SamHandle<bam1_t>> records;
};

Alignments read_all(const std::string& path) {
  const SamHandle<samFile> in{sam_open(path.c_str(), "r")};
  if (!in) throw std::runtime_error{"cannot read " + path};
  Alignments all{SamHandle<sam_hdr_t>{sam_hdr_read(in.get())}, {}};
  for (;;) {
    SamHandle<bam1_t> record{bam_init1()};
    const int status = sam_read1(in.get(), all.header.get(), record.get());
    if (status < -1) throw std::runtime_error{"damaged: " + path};
    if (status < 0) return all;
    all.records.push_back(std::move(record));
  }
}

void write_all(const Alignments& all, const std::string& path, const std::string& reference) {
  const SamHandle<samFile> out{sam_open(path.c_str(), reference.empty() ? "wb1" : "wc")};
  if (!out) throw std::runtime_error{"cannot write " + path};
  if (!reference.empty() && hts_set_fai_filename(out.get(), (reference + ".fai").c_str()) < 0) {
    throw std::runtime_error{"cannot use " + reference};
  }
  bool good = sam_hdr_write(out.get(), all.header.get()) >= 0;
  for (const auto& record : all.records) good = good && sam_write1(out.get(), all.header.get(), record.get()) >= 0;
  if (!good) throw std::runtime_error{"cannot write " + path};
}

// The window as a whole chromosome, unknown elsewhere: a CRAM's reference is the chromosome.
std::string write_reference(const Window& window, const std::string& folder) {
  std::string path = folder + "/chr22.fa";
  std::ofstream stream{path, std::ios::binary};
  stream << '>' << window.contig << '\n'
         << std::string(static_cast<std::size_t>(window.start), 'N') << window.bases
         << std::string(static_cast<std::size_t>(contig_length - window.end()), 'N') << '\n';
  stream.close();
  if (!stream || fai_build(path.c_str()) < 0) throw std::runtime_error{"cannot write " + path};
  return path;
}

// CRAM wants an M5 of its contig that its reference has; other contigs have no reads, and no M5.
void forget_checksums(Alignments& all) {
  const int contigs = sam_hdr_nref(all.header.get());
  for (int i = 0; i < contigs; ++i) {
    const std::string name = sam_hdr_tid2name(all.header.get(), i);
    sam_hdr_remove_tag_id(all.header.get(), "SQ", "SN", name.c_str(), "M5");
    sam_hdr_remove_tag_id(all.header.get(), "SQ", "SN", name.c_str(), "UR");
  }
}

void bare_names(Alignments& all) {
  std::string text = sam_hdr_str(all.header.get());
  for (std::size_t at = 0; (at = text.find("SN:chr", at)) != std::string::npos;) text.erase(at + 3, 3);
  all.header.reset(sam_hdr_parse(text.size(), text.c_str()));
}

std::int64_t end_of(const bam1_t& record) { return bam_endpos(&record); }

double depth_of(const Alignments& all) {
  std::int64_t bases = 0;
  for (const auto& record : all.records) {
    if ((record->core.flag & (BAM_FUNMAP | BAM_FSECONDARY | BAM_FQCFAIL | BAM_FDUP)) != 0) continue;
    const std::int64_t begin = std::max<std::int64_t>(record->core.pos, measured_begin);
    bases += std::max<std::int64_t>(0, std::min(end_of(*record), measured_end) - begin);
  }
  return static_cast<double>(bases) / static_cast<double>(measured_end - measured_begin);
}

// In [0, 1), the same for all reads of a fragment.
double draw_of(const bam1_t& record) {
  std::uint64_t hash = 1469598103934665603U;  // FNV-1a
  for (const char* c = bam_get_qname(&record); *c != '\0'; ++c)
    hash = (hash ^ static_cast<unsigned char>(*c)) * 1099511628211U;
  return static_cast<double>((hash * 0x9E3779B97F4A7C15U) >> 11U) * 0x1.0p-53;
}

void thin(Alignments& all, double depth) {
  const double keep = depth / depth_of(all);
  std::erase_if(all.records, [keep](const auto& record) { return draw_of(*record) >= keep; });
}

void thicken(Alignments& all, double depth) {
  const double times = depth / depth_of(all);
  std::vector<SamHandle<bam1_t>> more;
  for (const auto& record : all.records) {
    const auto copies = static_cast<int>(times + draw_of(*record));
    for (int copy = 0; copy < copies; ++copy) {
      SamHandle<bam1_t> again{bam_dup1(record.get())};
      const std::string name = std::string{bam_get_qname(record.get())} + "_" + std::to_string(copy);
      bam_set_qname(again.get(), name.c_str());
      more.push_back(std::move(again));
    }
  }
  all.records = std::move(more);
}

void single_end(Alignments& all) {
  std::erase_if(all.records, [](const auto& record) { return (record->core.flag & BAM_FREAD2) != 0; });
  for (auto& record : all.records) {
    record->core.flag &= ~(BAM_FPAIRED | BAM_FPROPER_PAIR | BAM_FMUNMAP | BAM_FMREVERSE | BAM_FREAD1 | BAM_FREAD2);
    record->core.mtid = -1;
    record->core.mpos = -1;
    record->core.isize = 0;
  }
}

// M as = and X, by the window's bases; other reads stay as they are.
void spell_equal(bam1_t& record, const Window& window) {
  std::vector<std::uint32_t> spelt;
  std::int64_t place = record.core.pos;
  std::int32_t at = 0;
  const auto add = [&spelt](std::uint32_t operation, std::uint32_t length) {
    if (!spelt.empty() && bam_cigar_op(spelt.back()) == operation) {
      spelt.back() += bam_cigar_gen(length, 0U);
    } else {
      spelt.push_back(bam_cigar_gen(length, operation));
    }
  };
  for (std::uint32_t i = 0; i < record.core.n_cigar; ++i) {
    const std::uint32_t cigar = bam_get_cigar(&record)[i];
    const std::uint32_t operation = bam_cigar_op(cigar), length = bam_cigar_oplen(cigar);
    if (operation == BAM_CMATCH) {
      for (std::uint32_t k = 0; k < length; ++k) {
        const char base = seq_nt16_str[bam_seqi(bam_get_seq(&record), at + static_cast<std::int32_t>(k))];
        const auto here = place + static_cast<std::int64_t>(k);
        add(window.cut(here, here + 1)[0] == base ? BAM_CEQUAL : BAM_CDIFF, 1);
      }
    } else {
      spelt.push_back(cigar);
    }
    if ((bam_cigar_type(operation) & 1) != 0) at += static_cast<std::int32_t>(length);
    if ((bam_cigar_type(operation) & 2) != 0) place += length;
  }
  const SamHandle<bam1_t> old{bam_dup1(&record)};
  std::string bases;
  for (std::int32_t i = 0; i < old->core.l_qseq; ++i) bases += seq_nt16_str[bam_seqi(bam_get_seq(old.get()), i)];
  const auto& core = old->core;
  const auto* quality = reinterpret_cast<const char*>(bam_get_qual(old.get()));  // NOLINT: HTSlib's own bytes
  if (bam_set1(&record, std::strlen(bam_get_qname(old.get())), bam_get_qname(old.get()), core.flag, core.tid, core.pos,
               core.qual, spelt.size(), spelt.data(), core.mtid, core.mpos, core.isize, bases.size(), bases.c_str(),
               quality, 0) < 0) {
    throw std::runtime_error{"cannot spell a CIGAR"};
  }
}

void apply(Alignments& all, Change change, const Window& window) {
  if (change == Change::bare_names) bare_names(all);
  if (change == Change::cram) forget_checksums(all);
  if (change == Change::single_end) single_end(all);
  if (change == Change::ten_fold) thin(all, 10);
  if (change == Change::three_hundred_fold) thicken(all, 300);
  if (change == Change::no_read_groups) sam_hdr_remove_except(all.header.get(), "RG", nullptr, nullptr);
  for (auto& record : all.records) {
    if (change == Change::unmarked) record->core.flag &= ~BAM_FDUP;
    if (change == Change::no_read_groups) {
      if (std::uint8_t* group = bam_aux_get(record.get(), "RG")) bam_aux_del(record.get(), group);
    }
    const bool at_genes = record->core.pos < genes_end && end_of(*record) > genes_begin;
    if (change == Change::no_mapping_quality && at_genes) record->core.qual = 0;
    const bool inside = record->core.pos >= window.start && end_of(*record) < window.end();
    if (change == Change::equal_and_differ && inside && record->core.n_cigar > 0) spell_equal(*record, window);
  }
}

constexpr std::array<std::string_view, 10> words{"as it is",   "bare names", "cram",           "equal and differ",
                                                 "single end", "unmarked",   "no read groups", "no mapping quality",
                                                 "10x",        "300x"};

}  // namespace

std::string_view to_string(Change change) { return words.at(static_cast<std::size_t>(change)); }

const std::vector<Change>& all_changes() {
  static const std::vector<Change> changes = [] {
    std::vector<Change> every;
    for (std::size_t i = 0; i < words.size(); ++i) every.push_back(static_cast<Change>(i));
    return every;
  }();
  return changes;
}

ChangedFile write_changed(const std::string& bam, Change change, const Window& window, const std::string& folder) {
  Alignments all = read_all(bam);
  apply(all, change, window);
  ChangedFile file;
  if (change == Change::cram) file.reference = write_reference(window, folder);
  file.path = folder + (change == Change::cram ? "/slice.cram" : "/slice.bam");
  write_all(all, file.path, file.reference);
  if (sam_index_build(file.path.c_str(), 0) < 0) throw std::runtime_error{"cannot index " + file.path};
  return file;
}

}  // namespace stardose::tests
