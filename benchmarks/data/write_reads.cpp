// Pairs drawn from two made-up chromosomes, region by region.
#include "benchmarks/data/write_reads.h"

#include <htslib/sam.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "benchmarks/data/random.h"

namespace stardose::bench {

namespace {

constexpr std::int64_t read_length = 150;
constexpr std::int64_t around = 10'000;
constexpr std::int64_t of_one_gene = 50'000;  // positions closer than this; reads lie between them too
constexpr std::string_view bases = "ACGT";
constexpr double carried = 0.05;  // of the positions, on each chromosome

struct Covered {
  int contig = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::vector<const Position*> positions;
};

std::vector<Covered> regions_of(const std::vector<Position>& positions) {
  std::vector<Covered> regions;
  for (const Position& position : positions) {
    const std::int64_t begin = std::max<std::int64_t>(0, position.position - around);
    const std::int64_t end =
        std::min(contigs.at(static_cast<std::size_t>(position.contig)).length, position.end() + around);
    if (regions.empty() || regions.back().contig != position.contig || regions.back().end + of_one_gene < begin) {
      regions.push_back({position.contig, begin, end, {}});
    }
    regions.back().end = std::max(regions.back().end, end);
    regions.back().positions.push_back(&position);
  }
  return regions;
}

/// One of a person's two chromosomes: bases by reference position, and what is inserted or lacks there.
struct Chromosome {
  std::string bases;                  // of the region; `-`: lacks
  std::vector<std::string> inserted;  // behind each base
};

Chromosome chromosome(const Covered& region, Random& random, const std::string& reference) {
  Chromosome made{reference, std::vector<std::string>(reference.size())};
  std::int64_t busy = -1;
  for (const Position* position : region.positions) {
    if (!random.chance(carried) || position->position <= busy) continue;
    const std::string& alt = position->alts[random.below(position->alts.size())];
    const auto at = static_cast<std::size_t>(position->position - region.begin);
    for (std::size_t k = 0; k < position->ref.size(); ++k) made.bases[at + k] = k < alt.size() ? alt[k] : '-';
    if (alt.size() > position->ref.size()) {
      made.inserted[at + position->ref.size() - 1] = alt.substr(position->ref.size());
    }
    busy = position->end();
  }
  return made;
}

struct Read {
  std::int64_t position = 0;  // 0-based
  std::int64_t mate = 0;
  std::uint64_t name = 0;
  bool reverse = false;
  std::string cigar;
  std::string bases;
  std::string qualities;
};

class Sequencer {
 public:
  explicit Sequencer(Random& random) : random_{random} {}

  /// Reads on from a base of the region; nothing where the region ends too soon.
  bool read(const Chromosome& from, std::int64_t begin, std::size_t at, Read& into) {
    into.bases.clear();
    into.cigar.clear();
    while (at < from.bases.size() && from.bases[at] == '-') ++at;
    into.position = begin + static_cast<std::int64_t>(at);
    char op = 'M';
    std::int64_t run = 0;
    const auto go_on = [&](char next) {
      if (next != op && run > 0) into.cigar += std::to_string(run) + op;
      run = next == op ? run + 1 : 1;
      op = next;
    };
    for (; std::ssize(into.bases) < read_length && at < from.bases.size(); ++at) {
      go_on(from.bases[at] == '-' ? 'D' : 'M');
      if (from.bases[at] != '-') into.bases += from.bases[at];
      for (const char base : from.inserted[at]) {
        if (std::ssize(into.bases) + 1 >= read_length) break;
        go_on('I');
        into.bases += base;
      }
    }
    into.cigar += std::to_string(run) + op;
    add_errors(into);
    return std::ssize(into.bases) == read_length;
  }

 private:
  void add_errors(Read& read) {
    read.qualities.assign(read.bases.size(), 'F');
    for (std::size_t k = 0; k < read.bases.size(); ++k) {
      const double kind = random_.fraction();
      if (kind < 0.06) read.qualities[k] = ':';
      if (kind < 0.03) read.qualities[k] = ',';
      if (kind < 0.03 && random_.chance(0.05)) read.bases[k] = bases[random_.below(4)];
    }
  }

  Random& random_;
};

class BamWriter {
 public:
  explicit BamWriter(const std::string& path) : path_{path}, file_{hts_open(path.c_str(), "wb")} {
    std::string text = "@HD\tVN:1.6\tSO:coordinate\n";
    for (const Contig& contig : contigs) {
      text += "@SQ\tSN:" + std::string{contig.name} + "\tLN:" + std::to_string(contig.length) + "\n";
    }
    text += "@RG\tID:NA00001_L001\tSM:NA00001\tPL:ILLUMINA\n";
    header_.reset(sam_hdr_parse(text.size(), text.c_str()));
    if (!file_ || !header_ || sam_hdr_write(file_.get(), header_.get()) != 0) fail();
  }

  void write(std::string_view contig, const Read& read) {
    line_ = "A00404:40:HFGYNDSXX:" + std::to_string(1 + read.name % 4) + ":" + std::to_string(1101 + read.name % 577) +
            ":" + std::to_string(1000 + read.name % 31'337) + ":" + std::to_string(1000 + read.name / 7 % 36'983) +
            "\t";
    line_ += (read.reverse ? "147\t" : "99\t");
    line_ += contig;
    line_ += "\t" + std::to_string(read.position + 1) + "\t60\t" + read.cigar + "\t=\t" +
             std::to_string(read.mate + 1) + "\t" + std::to_string(read.mate - read.position) + "\t" + read.bases +
             "\t" + read.qualities +
             "\tMC:Z:150M\tMD:Z:150\tPG:Z:MarkDuplicates\tRG:Z:NA00001_L001\tNM:i:0\tAS:i:150\tXS:i:0";
    kstring_t text{line_.size(), line_.size() + 1, line_.data()};
    if (sam_parse1(&text, header_.get(), record_.get()) < 0 ||
        sam_write1(file_.get(), header_.get(), record_.get()) < 0) {
      fail();
    }
  }

  void close() {
    if (hts_close(file_.release()) != 0 || sam_index_build(path_.c_str(), 0) != 0) fail();
  }

 private:
  struct Free {
    void operator()(htsFile* file) const { hts_close(file); }
    void operator()(sam_hdr_t* header) const { sam_hdr_destroy(header); }
    void operator()(bam1_t* record) const { bam_destroy1(record); }
  };
  [[noreturn]] void fail() const { give_up(path_ + ": cannot be written"); }

  std::string path_;
  std::unique_ptr<htsFile, Free> file_;
  std::unique_ptr<sam_hdr_t, Free> header_;
  std::unique_ptr<bam1_t, Free> record_{bam_init1()};
  std::string line_;
};

std::vector<Read> reads_of(const Covered& region, std::int64_t depth, Random& random) {
  std::string reference;
  for (std::int64_t p = region.begin; p < region.end; ++p) reference += bases[random.below(4)];
  for (const Position* position : region.positions) {
    reference.replace(static_cast<std::size_t>(position->position - region.begin), position->ref.size(), position->ref);
  }
  const Chromosome both[2] = {chromosome(region, random, reference), chromosome(region, random, reference)};
  Sequencer sequencer{random};
  std::vector<Read> reads;
  const std::int64_t length = region.end - region.begin;
  for (std::int64_t k = 0; k < length * depth / (2 * read_length); ++k) {
    const Chromosome& from = both[random.below(2)];
    const std::int64_t insert = 300 + random.below(250);
    const std::int64_t at = random.below(static_cast<std::uint64_t>(std::max<std::int64_t>(1, length - insert)));
    Read first;
    Read second;
    first.name = second.name = random.next();
    second.reverse = true;
    if (!sequencer.read(from, region.begin, static_cast<std::size_t>(at), first)) continue;
    if (!sequencer.read(from, region.begin, static_cast<std::size_t>(at + insert - read_length), second)) continue;
    first.mate = second.position;
    second.mate = first.position;
    reads.push_back(std::move(first));
    reads.push_back(std::move(second));
  }
  std::stable_sort(reads.begin(), reads.end(), [](const Read& a, const Read& b) { return a.position < b.position; });
  return reads;
}

}  // namespace

void write_reads(const std::string& path, const std::vector<Position>& positions, std::int64_t depth) {
  BamWriter writer{path};
  Random random{4};
  for (const Covered& region : regions_of(positions)) {
    const std::string_view contig = contigs.at(static_cast<std::size_t>(region.contig)).name;
    for (const Read& read : reads_of(region, depth, random)) writer.write(contig, read);
  }
  writer.close();
}

}  // namespace stardose::bench
