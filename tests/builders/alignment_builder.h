// Builds alignment files: SAM lines as BAM or CRAM, with or without an index.
#pragma once

#include <htslib/hts.h>
#include <htslib/sam.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/hts_handle.h"

namespace stardose::test {

/// Starts with chr1, chr10 and chr22 of GRCh38, sorted by position, and one read group of sample `S1`.
///   AlignmentBuilder{}.read("a 0 chr1 101 60 4M", "ACGT").write_bam(path)
class AlignmentBuilder {
 public:
  AlignmentBuilder& no_contigs() {
    contigs_.clear();
    return *this;
  }
  AlignmentBuilder& contig(const std::string& name, long length, const std::string& more = "") {
    contigs_ += "@SQ\tSN:" + name + "\tLN:" + std::to_string(length) + (more.empty() ? "" : "\t" + more) + "\n";
    return *this;
  }
  AlignmentBuilder& order(const std::string& order) {
    order_ = order;
    return *this;
  }
  /// One read group for each name; an empty name: a read group without SM.
  AlignmentBuilder& samples(const std::vector<std::string>& names) {
    groups_.clear();
    for (const std::string& name : names) {
      groups_ += "@RG\tID:g" + std::to_string(groups_.size()) + (name.empty() ? "" : "\tSM:" + name) + "\n";
    }
    return *this;
  }
  /// `place` is `name flag contig position mapq cigar`; reads come in the order of the file. `qualities` is one
  /// character for all bases, or one for each; `*`: none.
  AlignmentBuilder& read(const std::string& place, const std::string& bases, const std::string& qualities = "I",
                         const std::string& tags = "") {
    std::istringstream words{place};
    std::string line;
    for (std::string word; words >> word;) line += (line.empty() ? "" : "\t") + word;
    const bool for_all = qualities.size() == 1 && qualities != "*" && bases != "*";
    line += "\t*\t0\t0\t" + bases + "\t" + (for_all ? std::string(bases.size(), qualities[0]) : qualities);
    lines_.push_back(line + (tags.empty() ? "" : "\t" + tags));
    return *this;
  }

  [[nodiscard]] std::string text() const {
    std::string text = "@HD\tVN:1.6" + (order_.empty() ? "" : "\tSO:" + order_) + "\n" + contigs_ + groups_;
    for (const std::string& line : lines_) text += line + "\n";
    return text;
  }
  std::string write_sam(const std::string& path) const {
    std::ofstream{path, std::ios::binary} << text();
    return path;
  }
  std::string write_bam(const std::string& path, bool index = true) const { return write(path, "wb", "", index); }
  /// How a CRAM is cut.
  AlignmentBuilder& slices(int reads_in_slice, int slices_in_container) {
    reads_in_slice_ = reads_in_slice;
    slices_in_container_ = slices_in_container;
    return *this;
  }
  /// Reads of several contigs may share a slice of a CRAM, as where contigs have few.
  AlignmentBuilder& shared_slices() {
    share_slices_ = true;
    return *this;
  }
  /// `fasta` is indexed as it needs be; empty: without a reference.
  std::string write_cram(const std::string& path, const std::string& fasta, bool index = true) const {
    return write(path, "wc", fasta, index);
  }

 private:
  std::string write(const std::string& path, const char* mode, const std::string& fasta, bool index) const {
    const std::string plain = write_sam(path + ".sam");
    const genomics::HtsHandle<htsFile> in{hts_open(plain.c_str(), "r")};
    genomics::HtsHandle<htsFile> out{hts_open(path.c_str(), mode)};
    check(in && out, path);
    if (!fasta.empty()) check(hts_set_fai_filename(out.get(), fasta.c_str()) == 0, path);
    if (std::string_view{mode} == "wc") {
      check(hts_set_opt(out.get(), CRAM_OPT_NO_REF, fasta.empty() ? 1 : 0) == 0, path);
      check(hts_set_opt(out.get(), CRAM_OPT_SEQS_PER_SLICE, reads_in_slice_) == 0, path);
      check(hts_set_opt(out.get(), CRAM_OPT_SLICES_PER_CONTAINER, slices_in_container_) == 0, path);
      if (share_slices_) check(hts_set_opt(out.get(), CRAM_OPT_MULTI_SEQ_PER_SLICE, 1) == 0, path);
    }
    const genomics::HtsHandle<sam_hdr_t> header{sam_hdr_read(in.get())};
    check(header && sam_hdr_write(out.get(), header.get()) == 0, path);
    const genomics::HtsHandle<bam1_t> record{bam_init1()};
    std::size_t count = 0;
    for (; sam_read1(in.get(), header.get(), record.get()) >= 0; ++count) {
      check(sam_write1(out.get(), header.get(), record.get()) >= 0, path);
    }
    check(count == lines_.size() && hts_close(out.release()) == 0, path);
    std::filesystem::remove(plain);
    if (index) check(sam_index_build(path.c_str(), 0) == 0, path);
    return path;
  }
  static void check(bool good, const std::string& path) {
    if (!good) throw std::runtime_error{"cannot write " + path};
  }

  std::string contigs_ = "@SQ\tSN:chr1\tLN:248956422\n@SQ\tSN:chr10\tLN:133797422\n@SQ\tSN:chr22\tLN:50818468\n";
  std::string groups_ = "@RG\tID:g\tSM:S1\n";
  std::string order_ = "coordinate";
  std::vector<std::string> lines_;
  int reads_in_slice_ = 10'000;  // as HTSlib has it
  int slices_in_container_ = 1;
  bool share_slices_ = false;
};

}  // namespace stardose::test
