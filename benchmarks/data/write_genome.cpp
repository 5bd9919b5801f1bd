// Text of a single-sample VCF, compressed as it is made.
#include "benchmarks/data/write_genome.h"

#include <htslib/bgzf.h>
#include <htslib/tbx.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string_view>

#include "benchmarks/data/random.h"

namespace stardose::bench {

namespace {

constexpr std::string_view bases = "ACGT";

class GenomeWriter {
 public:
  explicit GenomeWriter(const std::string& path) : path_{path}, file_{bgzf_open(path.c_str(), "w")} {
    if (file_ == nullptr || bgzf_mt(file_, 2, 256) != 0) give_up(path + ": cannot be written");
  }

  void write_header() {
    text_ += "##fileformat=VCFv4.2\n##FILTER=<ID=VQSRTrancheSNP99.90to100.00,Description=\"As GATK writes it\">\n";
    for (const Contig& contig : contigs) {
      text_ += "##contig=<ID=" + std::string{contig.name} + ",length=" + std::to_string(contig.length) + ">\n";
    }
    for (const char* flag : {"AC,Number=A,Type=Integer", "AF,Number=A,Type=Float", "AN,Number=1,Type=Integer",
                             "BaseQRankSum,Number=1,Type=Float", "DP,Number=1,Type=Integer",
                             "ExcessHet,Number=1,Type=Float", "FS,Number=1,Type=Float", "MLEAC,Number=A,Type=Integer",
                             "MLEAF,Number=A,Type=Float", "MQ,Number=1,Type=Float", "MQRankSum,Number=1,Type=Float",
                             "QD,Number=1,Type=Float", "ReadPosRankSum,Number=1,Type=Float", "SOR,Number=1,Type=Float",
                             "VQSLOD,Number=1,Type=Float", "culprit,Number=1,Type=String"}) {
      text_ += "##INFO=<ID=" + std::string{flag} + ",Description=\"As GATK writes it\">\n";
    }
    for (const char* field : {"GT,Number=1,Type=String", "AD,Number=R,Type=Integer", "DP,Number=1,Type=Integer",
                              "GQ,Number=1,Type=Integer", "PL,Number=G,Type=Integer"}) {
      text_ += "##FORMAT=<ID=" + std::string{field} + ",Description=\"As GATK writes it\">\n";
    }
    text_ += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNA00001\n";
  }

  /// `a` <= `b` are the alleles carried, `alleles` how many the record has.
  void write_record(const Contig& contig, std::int64_t position, std::string_view ref, std::string_view alts,
                    int alleles, int a, int b) {
    text_ += contig.name;
    tab(position + 1);
    text_ += "\trs";
    number(random_.below(1'500'000'000));
    (text_ += '\t') += ref;
    (text_ += '\t') += alts;
    text_ += '\t';
    decimal(30 + random_.below(1500), random_.below(100), 2);
    text_ += random_.chance(0.97) ? "\tPASS\t" : "\tVQSRTrancheSNP99.90to100.00\t";
    const std::uint32_t depth = 18 + random_.below(28);
    write_info(alleles, a, b, depth);
    write_sample(alleles, a, b, depth);
    if (text_.size() > flush_at) flush();
  }

  void close() {
    flush();
    if (bgzf_close(file_) != 0) give_up(path_ + ": cannot be written");
    if (tbx_index_build(path_.c_str(), 0, &tbx_conf_vcf) != 0) give_up(path_ + ": cannot be indexed");
  }

 private:
  static constexpr std::size_t flush_at = 1U << 20U;

  void number(std::int64_t value) {
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    text_.append(digits.data(), end);
  }
  void tab(std::int64_t value) {
    text_ += '\t';
    number(value);
  }
  void decimal(std::uint32_t whole, std::uint32_t rest, int places) {
    number(whole);
    text_ += '.';
    for (std::uint32_t unit = places == 2 ? 10 : 100; unit > rest && unit > 1; unit /= 10) text_ += '0';
    number(rest);
  }
  // ;KEY=value below `most` with three decimals, negative for half of them where `either_sign`.
  void rank(std::string_view key, std::uint32_t most, bool either_sign) {
    (text_ += ';') += key;
    text_ += either_sign && random_.chance(0.5) ? "=-" : "=";
    decimal(random_.below(most), random_.below(1000), 3);
  }
  void for_each_alt(std::string_view key, int alleles, std::string_view one, std::string_view none, int a, int b) {
    text_ += key;
    for (int k = 1; k < alleles; ++k) {
      if (k > 1) text_ += ',';
      text_ += a == k && b == k ? (one == "1" ? "2" : "1.00") : (a == k || b == k ? one : none);
    }
  }

  void write_info(int alleles, int a, int b, std::uint32_t depth) {
    for_each_alt("AC=", alleles, "1", "0", a, b);
    for_each_alt(";AF=", alleles, "0.500", "0.00", a, b);
    text_ += ";AN=2";
    rank("BaseQRankSum", 3, true);
    text_ += ";DP=";
    number(depth + random_.below(4));
    text_ += ";ExcessHet=3.0103";
    rank("FS", 12, false);
    for_each_alt(";MLEAC=", alleles, "1", "0", a, b);
    for_each_alt(";MLEAF=", alleles, "0.500", "0.00", a, b);
    text_ += ";MQ=60.00";
    rank("MQRankSum", 2, true);
    rank("QD", 32, false);
    rank("ReadPosRankSum", 3, true);
    rank("SOR", 3, false);
    rank("VQSLOD", 22, false);
    text_ += random_.chance(0.5) ? ";culprit=MQ" : ";culprit=FS";
  }

  void write_sample(int alleles, int a, int b, std::uint32_t depth) {
    text_ += "\tGT:AD:DP:GQ:PL\t";
    number(a);
    text_ += '/';
    number(b);
    const std::uint32_t of_b = a == b ? depth : 4 + random_.below(depth - 8);
    for (int k = 0; k < alleles; ++k) {
      text_ += k == 0 ? ':' : ',';
      number(k == b ? of_b : k == a ? depth - of_b : 0);
    }
    text_ += ':';
    number(depth);
    text_ += random_.chance(0.8) ? ":99" : ":60";
    bool first = true;
    for (int k = 0; k < alleles; ++k) {
      for (int j = 0; j <= k; ++j) {
        text_ += first ? ':' : ',';
        first = false;
        number(j == a && k == b ? 0 : 60 + random_.below(1400));
      }
    }
    text_ += '\n';
  }

  void flush() {
    if (bgzf_write(file_, text_.data(), text_.size()) < 0) give_up(path_ + ": cannot be written");
    text_.clear();
  }

  std::string path_;
  BGZF* file_;
  std::string text_;
  Random random_{1};
};

/// Makes up records between the catalogue's positions; never one that touches them.
class MadeUp {
 public:
  explicit MadeUp(GenomeWriter& writer) : writer_{writer} {}

  void write(const Contig& contig, std::int64_t position) {
    const auto base = random_.below(4);
    ref_.assign(1, bases[base]);
    alts_.assign(1, bases[(base + 1 + random_.below(3)) % 4]);
    int alleles = 2;
    const double kind = random_.fraction();
    if (kind < 0.06) ref_ += more_bases();
    if (kind >= 0.06 && kind < 0.12) alts_ = ref_ + more_bases();
    if (kind >= 0.12 && kind < 0.13) {
      alts_ = ref_ + more_bases() + "," + ref_ + "ACGTACGTACGT";
      alleles = 3;
    }
    if (kind < 0.06) alts_.assign(1, ref_.front());
    const bool het = random_.chance(0.6);
    writer_.write_record(contig, position, ref_, alts_, alleles, alleles == 3 ? 1 : het ? 0 : 1, alleles == 3 ? 2 : 1);
  }
  /// Longest REF made.
  static constexpr std::int64_t longest = 9;

 private:
  std::string more_bases() {
    std::string more;
    for (std::uint32_t k = 0, n = 1 + random_.below(8); k < n; ++k) more += bases[random_.below(4)];
    return more;
  }

  GenomeWriter& writer_;
  Random random_{2};
  std::string ref_;
  std::string alts_;
};

void write_position(GenomeWriter& writer, const Position& position, Random& random) {
  std::string alts;
  for (const std::string& alt : position.alts) (alts += alts.empty() ? "" : ",") += alt;
  const int alleles = static_cast<int>(position.alts.size()) + 1;
  const int b = random.chance(0.005) ? 1 + static_cast<int>(random.below(position.alts.size())) : 0;
  const int a = random.chance(0.1) ? b : 0;
  writer.write_record(contigs[static_cast<std::size_t>(position.contig)], position.position, position.ref, alts,
                      alleles, a, b);
}

}  // namespace

void write_genome(const std::string& path, const std::vector<Position>& positions, std::int64_t records) {
  GenomeWriter writer{path};
  writer.write_header();
  MadeUp made_up{writer};
  Random random{3};
  std::int64_t total = 0;
  for (const Contig& contig : contigs) total += contig.length;
  const auto mean_gap = static_cast<std::uint64_t>(total / records);
  auto next = positions.begin();
  for (std::size_t number = 0; number < contigs.size(); ++number) {
    const Contig& contig = contigs[number];
    const auto is_here = [&](auto at) { return at != positions.end() && at->contig == static_cast<int>(number); };
    std::int64_t busy = 0;  // end of the last catalogue position written
    for (std::int64_t at = 10'000; at < contig.length; at += 1 + random.below(2 * mean_gap - 1)) {
      for (; is_here(next) && next->position < at + MadeUp::longest; ++next) {
        busy = std::max(busy, next->end());
        write_position(writer, *next, random);
      }
      // Insertions may count as the base after theirs, hence one base to spare.
      if (at > busy + 1) made_up.write(contig, at);
    }
    for (; is_here(next); ++next) write_position(writer, *next, random);
  }
  writer.close();
}

}  // namespace stardose::bench
