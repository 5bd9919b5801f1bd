// Builds variant files: VCF text, VCF.gz and BCF, with or without an index, whole or damaged.
#pragma once

#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "genomics/io/hts_handle.h"

namespace stardose::test {

/// Starts with chr1-chr3, chr10 and chrX of GRCh38 and one sample `S1`.
///   VcfBuilder{}.samples({"A", "B"}).record("chr1 101 A G", "0/1 1|1:7")
class VcfBuilder {
 public:
  VcfBuilder& no_contigs() {
    contigs_.clear();
    return *this;
  }
  VcfBuilder& contig(const std::string& name, long length = 0) {
    contigs_ += "##contig=<ID=" + name + (length > 0 ? ",length=" + std::to_string(length) : "") + ">\n";
    return *this;
  }
  VcfBuilder& samples(std::vector<std::string> names) {
    samples_ = std::move(names);
    return *this;
  }
  /// How the header declares GQ: Integer, or Float as freebayes does.
  VcfBuilder& quality_type(const std::string& type) {
    quality_type_ = type;
    return *this;
  }
  /// A record with what a variant caller says of its genotypes: `filter` `PASS`, `format` `GT:DP:GQ`.
  VcfBuilder& judged(const std::string& place, const std::string& filter, const std::string& format,
                     const std::string& genotypes, const std::string& info = ".") {
    std::istringstream words{place + " " + genotypes};
    std::string contig;
    std::string position;
    std::string ref;
    std::string alts;
    words >> contig >> position >> ref >> alts;
    std::string line = contig;
    for (const std::string& cell : {position, std::string{"."}, ref, alts, std::string{"."}, filter, info, format}) {
      line += "\t" + cell;
    }
    for (std::string value; words >> value;) line += "\t" + value;
    return raw(line);
  }
  /// `place` is `contig position ref alts`; `genotypes` has one word a sample, `GT` or `GT:PS`.
  VcfBuilder& record(const std::string& place, const std::string& genotypes, const std::string& info = ".") {
    std::istringstream words{place};
    std::string contig;
    std::string position;
    std::string ref;
    std::string alts;
    words >> contig >> position >> ref >> alts;
    std::string line = contig + "\t" + position + "\t.\t" + ref + "\t" + alts + "\t.\tPASS\t" + info;
    if (!genotypes.empty()) line += genotypes.find(':') == std::string::npos ? "\tGT" : "\tGT:PS";
    std::istringstream values{genotypes};
    for (std::string value; values >> value;) line += "\t" + value;
    return raw(line);
  }
  /// A line as it stands.
  VcfBuilder& raw(const std::string& line) {
    lines_.push_back(line);
    return *this;
  }

  [[nodiscard]] std::string text() const {
    std::string text = "##fileformat=VCFv4.2\n##FILTER=<ID=PASS,Description=\"\">\n" + contigs_ +
                       "##ALT=<ID=NON_REF,Description=\"\">\n##ALT=<ID=DEL,Description=\"\">\n"
                       "##INFO=<ID=END,Number=1,Type=Integer,Description=\"\">\n"
                       "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"\">\n"
                       "##INFO=<ID=PAD,Number=1,Type=String,Description=\"\">\n"
                       "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">\n"
                       "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"\">\n"
                       "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"\">\n"
                       "##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"\">\n"
                       "##FORMAT=<ID=GQ,Number=1,Type=" +
                       quality_type_ +
                       ",Description=\"\">\n"
                       "##FORMAT=<ID=GQX,Number=1,Type=Integer,Description=\"\">\n"
                       "##FORMAT=<ID=RGQ,Number=1,Type=Integer,Description=\"\">\n"
                       "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"\">\n"
                       "##FORMAT=<ID=FT,Number=1,Type=String,Description=\"\">\n"
                       "##FILTER=<ID=LowQual,Description=\"\">\n##FILTER=<ID=q10,Description=\"\">\n"
                       "##FILTER=<ID=RefCall,Description=\"\">\n"
                       "##FILTER=<ID=no_reads,Description=\"\">\n##FILTER=<ID=low_depth,Description=\"\">\n"
                       "##FILTER=<ID=low_quality,Description=\"\">\n##FILTER=<ID=low_balance,Description=\"\">\n"
                       "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
    if (!samples_.empty()) text += "\tFORMAT";
    for (const std::string& sample : samples_) text += "\t" + sample;
    text += "\n";
    for (const std::string& line : lines_) text += line + "\n";
    return text;
  }

  std::string write_plain(const std::string& path) const {
    std::ofstream{path, std::ios::binary} << text();
    return path;
  }
  /// `block` is the uncompressed size of a BGZF block: small ones give a file with many.
  std::string write_gz(const std::string& path, bool index, std::size_t block = 60'000) const {
    const std::string bytes = text();
    BGZF* file = bgzf_open(path.c_str(), "w");
    check(file != nullptr, path);
    for (std::size_t at = 0; at < bytes.size(); at += block) {
      const std::string piece = bytes.substr(at, block);
      check(bgzf_write(file, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()), path);
      check(bgzf_flush(file) == 0, path);
    }
    check(bgzf_close(file) == 0, path);
    if (index) check(tbx_index_build(path.c_str(), 0, &tbx_conf_vcf) == 0, path);
    return path;
  }
  std::string write_bcf(const std::string& path, bool index) const {
    const std::string plain = write_plain(path + ".text");

    const genomics::HtsHandle<htsFile> in{hts_open(plain.c_str(), "r")};
    genomics::HtsHandle<htsFile> out{hts_open(path.c_str(), "wb")};
    check(in && out, path);
    const genomics::HtsHandle<bcf_hdr_t> header{bcf_hdr_read(in.get())};
    const genomics::HtsHandle<bcf1_t> record{bcf_init()};
    check(header && bcf_hdr_write(out.get(), header.get()) == 0, path);
    while (bcf_read(in.get(), header.get(), record.get()) >= 0) {
      check(bcf_write(out.get(), header.get(), record.get()) == 0, path);
    }
    check(hts_close(out.release()) == 0, path);
    std::filesystem::remove(plain);
    if (index) check(bcf_index_build(path.c_str(), 14) == 0, path);
    return path;
  }

 private:
  static void check(bool good, const std::string& path) {
    if (!good) throw std::runtime_error{"cannot write " + path};
  }

  std::string contigs_ =
      "##contig=<ID=chr1,length=248956422>\n##contig=<ID=chr2,length=242193529>\n"
      "##contig=<ID=chr3,length=198295559>\n##contig=<ID=chr10,length=133797422>\n"
      "##contig=<ID=chrX,length=156040895>\n";
  std::vector<std::string> samples_{"S1"};
  std::string quality_type_ = "Integer";
  std::vector<std::string> lines_;
};

/// Size of the empty block that ends every BGZF file.
inline constexpr std::size_t eof_block = 28;

/// Writes the first `size` bytes of a file to another, and returns that one's path.
inline std::string cut_copy(const std::string& path, std::size_t size, const std::string& to) {
  std::filesystem::copy_file(path, to, std::filesystem::copy_options::overwrite_existing);
  std::filesystem::resize_file(to, size);
  return to;
}

/// Makes a file look older than every other.
inline void make_old(const std::string& path) {
  std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) - std::chrono::hours{24});
}

}  // namespace stardose::test
