// End-to-end reading of BCF and of VCF text.
#include "genomics/io/variant_stream.h"

#include <htslib/bgzf.h>
#include <htslib/kseq.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "genomics/basics/assembly.h"

namespace stardose::genomics {

namespace {

/// Follows the file's order and says which records are near a site.
class Walk {
 public:
  Walk(const std::string& path, const SiteIndex& sites, std::vector<WatchedRegion>& watched)
      : path_{path}, sites_{sites}, watched_{watched} {}

  /// Takes the next record's place (canonical contig, 0-based start) and refuses one that is out of order, unless it is
  /// a loose site's.
  void step(std::string_view contig, std::int64_t position) {
    at_loose_site_ = false;
    if (contig != contig_) {
      enter(contig);
    } else if (position < position_) {
      at_loose_site_ = sites_.has_loose_site(contig_, position);
      if (at_loose_site_) return;
      refuse_input({path_, place(position), "record comes after one further right: the file is not sorted", sort_help});
    }
    position_ = position;
    while (next_ < wanted_.size() && wanted_[next_].end <= position) ++next_;
    if (!unseen_.empty()) watch(position);
  }
  /// true: a record from the current place to `end` may touch a site.
  [[nodiscard]] bool is_near(std::int64_t end) const {
    return at_loose_site_ || (next_ < wanted_.size() && wanted_[next_].start < end);
  }

 private:
  static constexpr const char* sort_help = "sort it with `bcftools sort`";

  [[nodiscard]] std::string place(std::int64_t position) const { return contig_ + ":" + std::to_string(position + 1); }

  void enter(std::string_view contig) {
    contig_ = contig;
    if (std::find(seen_.begin(), seen_.end(), contig_) != seen_.end()) {
      refuse_input({path_, contig_, "contig comes back after another one: the file is not sorted", sort_help});
    }
    seen_.push_back(contig_);
    wanted_ = sites_.wanted(contig_, 0);
    next_ = 0;
    unseen_.clear();
    for (WatchedRegion& region : watched_) {
      if (!region.seen && region.contig == contig_) unseen_.push_back(&region);
    }
  }

  void watch(std::int64_t position) {
    std::erase_if(unseen_, [position](WatchedRegion* region) {
      region->seen = region->interval.start <= position && position < region->interval.end;
      return region->seen || region->interval.end <= position;
    });
  }

  const std::string& path_;
  const SiteIndex& sites_;
  std::vector<WatchedRegion>& watched_;
  std::vector<WatchedRegion*> unseen_;  // of this contig, still ahead or around
  bool at_loose_site_ = false;
  std::string contig_;
  std::int64_t position_ = 0;
  std::vector<std::string> seen_;
  std::vector<Interval> wanted_;
  std::size_t next_ = 0;
};

/// The columns of a VCF line that tell whether the rest is worth parsing.
struct LineStart {
  std::string_view contig;
  std::int64_t position = 0;  // 0-based
  std::int64_t end = 0;       // by REF, or by INFO's END where ALT gives no bases
};

std::string_view next_column(std::string_view& rest) {
  const std::size_t tab = std::min(rest.find('\t'), rest.size());
  const std::string_view column = rest.substr(0, tab);
  rest.remove_prefix(std::min(tab + 1, rest.size()));
  return column;
}

// The value of END in an INFO column, which counts from 1 to the last base and so is the 0-based end; 0: none.
std::int64_t end_of(std::string_view info) {
  while (!info.empty()) {
    const std::size_t semicolon = std::min(info.find(';'), info.size());
    const std::string_view field = info.substr(0, semicolon);
    std::int64_t end = 0;
    if (field.starts_with("END=")) {
      std::from_chars(field.data() + 4, field.data() + field.size(), end);
      return end;
    }
    info.remove_prefix(std::min(semicolon + 1, info.size()));
  }
  return 0;
}

LineStart read_start(const std::string& path, std::uint64_t line, std::string_view text) {
  LineStart start;
  start.contig = next_column(text);
  const std::string_view position = next_column(text);
  next_column(text);  // ID
  const std::string_view ref = next_column(text);
  const auto [end, error] = std::from_chars(position.data(), position.data() + position.size(), start.position);
  const bool is_position =
      !start.contig.empty() && error == std::errc{} && end == position.data() + position.size() && start.position >= 0;
  if (!is_position || ref.empty()) {
    refuse_input({path, "record " + std::to_string(line),
                  is_position ? "not a variant record: it ends before its REF"
                              : "not a variant record: no contig and position at its start",
                  "the file is damaged or was written by a faulty program; make it again"});
  }
  --start.position;
  start.end = start.position + static_cast<std::int64_t>(ref.size());
  const std::string_view alts = next_column(text);
  if (alts == "." || alts.find('<') != std::string_view::npos) {
    next_column(text);  // QUAL
    next_column(text);  // FILTER
    start.end = std::max(start.end, end_of(next_column(text)));
  }
  return start;
}

}  // namespace

void refuse_input(ErrorParts parts) { throw InputError{Fault::input, std::move(parts)}; }

void check_end(const std::string& path, const htsFile& file, int status) {
  if (status < -1)
    refuse_input({path, "", "the file is damaged or truncated: reading stopped before its end", truncated_help});
  if (file.is_bgzf == 0) return;
  const BGZF* bgzf = file.fp.bgzf;
  if (bgzf->errcode != 0)
    refuse_input({path, "", "the file is damaged: a compressed block does not unpack", truncated_help});
  if (bgzf->no_eof_block != 0) refuse_input({path, "", truncated_why, truncated_help});
}

ReadCounts stream_bcf(const OpenVariants& open, const SiteIndex& sites, std::vector<WatchedRegion>& watched,
                      const std::function<void(VariantRecord&)>& use) {
  HtsRecord record{open.path, open.header};
  Walk walk{open.path, sites, watched};
  ReadCounts counts;
  int status = 0;
  while ((status = bcf_read(open.file, open.header, record.raw())) >= 0) {
    ++counts.records;
    walk.step(record.contig(), record.raw()->pos);
    if (!walk.is_near(record.raw()->pos + std::max<std::int64_t>(record.raw()->rlen, 1))) continue;
    record.accept();
    use(record);
  }
  check_end(open.path, *open.file, status);
  return counts;
}

void parse_line(const OpenVariants& open, std::uint64_t number, HtsText& text, HtsRecord& record) {
  // HTSlib takes a line that ends early for one without genotypes, and does not see a column too many.
  const auto tabs = std::count(text.s, text.s + text.l, '\t');
  if (tabs != 8 + bcf_hdr_nsamples(open.header) || vcf_parse(&text, open.header, record.raw()) < 0) {
    refuse_input({open.path, "record " + std::to_string(number), "malformed record",
                  "the file is damaged or was written by a faulty program; make it again"});
  }
  record.accept();
}

ReadCounts stream_vcf(const OpenVariants& open, const SiteIndex& sites, std::vector<WatchedRegion>& watched,
                      const std::function<void(VariantRecord&)>& use) {
  HtsRecord record{open.path, open.header};
  HtsText text;
  Walk walk{open.path, sites, watched};
  ReadCounts counts;
  std::string raw_contig;
  std::string contig;
  int status = 0;
  while ((status = hts_getline(open.file, KS_SEP_LINE, &text)) >= 0) {
    if (text.l == 0 || text.s[0] == '#') continue;  // an empty line, or a record that someone commented out
    ++counts.records;
    const LineStart start = read_start(open.path, counts.records, {text.s, text.l});
    if (start.contig != raw_contig) {
      raw_contig = start.contig;
      contig = canonical_contig(raw_contig);
    }
    walk.step(contig, start.position);
    if (!walk.is_near(start.end)) continue;
    parse_line(open, counts.records, text, record);
    use(record);
  }
  check_end(open.path, *open.file, status);
  return counts;
}

}  // namespace stardose::genomics
