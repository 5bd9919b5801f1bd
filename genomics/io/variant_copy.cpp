// Text to text, or record to record.
#include "genomics/io/variant_copy.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "genomics/input_error.h"
#include "genomics/io/file_kind.h"
#include "genomics/io/file_state.h"
#include "genomics/io/hts_record.h"
#include "genomics/io/pseudonymous_header.h"
#include "genomics/io/record_cursor.h"
#include "genomics/io/variant_header.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

namespace {

/// Where nothing has to be asked, a stop is heeded once in so many records.
constexpr std::uint64_t many = 1024;

[[noreturn]] void refuse(ErrorParts parts) { throw InputError{Fault::input, std::move(parts)}; }

HtsHandle<htsFile> open(const std::string& path) {
  refuse_unreadable_encryption(path);
  errno = 0;
  HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  if (!file) refuse({path, "", std::string{"cannot open: "} + std::strerror(errno), "check the path"});
  return file;
}

std::vector<std::string> header_lines(const AddedFields& fields) {
  std::vector<std::string> lines;
  const auto add = [&](const char* kind, const AddedField& field) {
    lines.push_back(std::string{"##"} + kind + "=<ID=" + field.name + ",Number=" + field.number +
                    ",Type=String,Description=\"" + field.description + "\",Source=\"" + fields.source +
                    "\",Version=\"" + fields.version + "\">");
  };
  for (const AddedField& field : fields.info) add("INFO", field);
  for (const AddedField& field : fields.format) add("FORMAT", field);
  return lines;
}

/// Two givings of one field could not be told apart.
void check_new(const std::string& path, const bcf_hdr_t* header, const AddedFields& fields) {
  std::string there;
  std::string all;
  const auto look = [&](int kind, const char* word, const AddedField& field) {
    const int id = bcf_hdr_id2int(header, BCF_DT_ID, field.name.c_str());
    all += (all.empty() ? "" : ",") + std::string{word} + field.name;
    if (id >= 0 && bcf_hdr_idinfo_exists(header, kind, id)) there = word + field.name;
  };
  for (const AddedField& field : fields.info) look(BCF_HL_INFO, "INFO/", field);
  for (const AddedField& field : fields.format) look(BCF_HL_FMT, "FORMAT/", field);
  if (there.empty()) return;
  refuse({path, "header", "has " + there + " already",
          "take what is there away first: `bcftools annotate -x " + all + "`"});
}

std::size_t fields_in(std::string_view column) { return 1 + static_cast<std::size_t>(std::ranges::count(column, ':')); }

/// A line of a VCF with values in it.
class LineWithValues {
 public:
  explicit LineWithValues(const AddedFields& fields) : fields_{fields} {}

  /// Requires: the line has all columns of its header. A view until the next call.
  std::string_view make(std::string_view line, const AddedValues& values) {
    text_.clear();
    rest_ = line;
    constexpr int columns_before_info = 7;
    for (int k = 0; k < columns_before_info; ++k) add_column(next());
    add_column({});
    add_info(next(), values);
    if (values.samples.empty() || rest_.empty()) return text_ += '\n';
    std::string_view format = next();
    if (format == ".") format = {};
    add_column(format);
    for (const AddedField& field : fields_.format) text_ += (text_.back() == '\t' ? "" : ":") + field.name;
    const std::size_t count = format.empty() ? 0 : fields_in(format);
    for (std::size_t sample = 0; sample < values.samples.front().size(); ++sample) add_sample(count, sample, values);
    return text_ += '\n';
  }

 private:
  std::string_view next() {
    const std::size_t end = std::min(rest_.find('\t'), rest_.size());
    const std::string_view column = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return column;
  }

  void add_column(std::string_view text) {
    if (!text_.empty()) text_ += '\t';
    text_ += text;
  }

  void add_info(std::string_view info, const AddedValues& values) {
    const std::size_t begin = text_.size();
    if (info != ".") text_ += info;
    for (std::size_t k = 0; k < fields_.info.size(); ++k) {
      if (values.info[k] == ".") continue;
      if (text_.size() > begin) text_ += ';';
      text_ += fields_.info[k].name;
      text_ += '=';
      text_ += values.info[k];
    }
    if (text_.size() == begin) text_ += '.';
  }

  /// Fields may be left out at a sample's end: `./.` of GT:AD:DP.
  void add_sample(std::size_t count, std::size_t sample, const AddedValues& values) {
    const std::string_view column = next();
    add_column(count == 0 ? std::string_view{} : column);
    if (count > 0) {
      for (std::size_t k = fields_in(column); k < count; ++k) text_ += ":.";
    }
    for (const auto& field : values.samples) {
      if (text_.back() != '\t') text_ += ':';
      text_ += field[sample];
    }
  }

  const AddedFields& fields_;
  std::string text_;
  std::string_view rest_;
};

class Copying {
 public:
  Copying(const std::string& input, const VariantOutput& output, const AddedFields& fields, const SiteIndex& sites,
          const GiveValues& give, const std::stop_token& stop)
      : path_{input},
        state_{input},
        fields_{fields},
        give_{give},
        stop_{stop},
        is_text_{output.format.is_text()},
        in_{open(input)},
        header_{read_header(path_, *in_)},
        walk_{path_, sites, watched_, {}} {
    if (!header_) refuse({path_, "header", "the header cannot be read", "make the file again"});
    check_new(path_, header_.get(), fields);
    if (pseudonyms_in_use()) header_ = with_pseudonyms(path_, *header_);
    out_.emplace(output);
  }

  CopySummary copy() {
    if (is_text_ && in_->format.format == vcf) {
      copy_header_text();
      copy_lines();
    } else {
      copy_records();
    }
    if (summary_.stopped) return summary_;
    state_.refuse_change();
    out_->close();
    return summary_;
  }

 private:
  bool is_stopped() {
    ++summary_.records;
    if (summary_.records % many == 0) summary_.stopped = stop_.stop_requested();
    return summary_.stopped;
  }

  void copy_header_text() {
    const HtsHandle<htsFile> again = open(path_);
    Blocks blocks{path_, *again};
    VcfLines lines{blocks};
    std::string_view line;
    while (lines.next(line) && line.starts_with("#")) {
      if (line.starts_with("#CHROM")) {
        for (const std::string& added : header_lines(fields_)) out_->put_line(added + "\n");
      }
      if (is_kept(line)) out_->put_line(with_pseudonyms(line) + "\n");
      if (line.starts_with("#CHROM")) return;
    }
  }

  void copy_lines() {
    VcfCursor cursor{{path_, in_.get(), header_.get()}};
    LineWithValues changed{fields_};
    RecordPlace place;
    std::string whole;
    while (cursor.next(summary_.records + 1, place)) {
      if (is_stopped()) return;
      walk_.step(place.contig, place.position);
      if (walk_.is_near(place.end) && give_(cursor.load(), values_)) {
        ++summary_.annotated;
        out_->put_line(changed.make(cursor.line(), values_));
      } else {
        out_->put_line(whole.assign(cursor.line()) += '\n');
      }
    }
  }

  void copy_records() {
    for (const std::string& line : header_lines(fields_)) {
      if (bcf_hdr_append(header_.get(), line.c_str()) != 0)
        refuse({path_, "header", "cannot be added to", "make it again"});
    }
    if (bcf_hdr_sync(header_.get()) != 0) throw std::bad_alloc{};
    out_->put(*header_);
    HtsRecord record{path_, header_.get()};
    bcf1_t& raw = *record.raw();
    for (int status = 0; (status = bcf_read(in_.get(), header_.get(), &raw)) != -1;) {
      if (status < -1) check_end(path_, *in_, status);
      if (is_stopped()) return;
      check_declared(record);
      walk_.step(record.contig(), raw.pos);
      const bool is_near = walk_.is_near(raw.pos + std::max<std::int64_t>(raw.rlen, 1));
      if (is_near) record.accept();
      if (is_near && give_(record, values_)) {
        ++summary_.annotated;
        add_values(raw);
      }
      out_->put(*header_, raw);
    }
    check_end(path_, *in_, -1);
  }

  /// HTSlib declares what it meets in a VCF, but the header of a BCF is written by then.
  void check_declared(HtsRecord& record) const {
    const int code = record.raw()->errcode;
    if (code == 0) return;
    if ((code & (BCF_ERR_CTG_UNDEF | BCF_ERR_TAG_UNDEF)) == 0) record.accept();  // says what is wrong
    refuse({path_, record.place(), "the header does not declare the contig, or a field, of the record",
            "BCF needs it: declare it (`bcftools reheader`), or write a .vcf.gz"});
  }

  void add_values(bcf1_t& raw) {
    bool good = true;
    for (std::size_t k = 0; k < fields_.info.size(); ++k) {
      if (values_.info[k] == ".") continue;
      good = bcf_update_info_string(header_.get(), &raw, fields_.info[k].name.c_str(), values_.info[k].c_str()) == 0 &&
             good;
    }
    for (std::size_t k = 0; k < fields_.format.size(); ++k) {
      texts_.clear();
      for (const std::string_view value : values_.samples[k]) texts_.emplace_back(value);
      std::vector<const char*> starts;
      for (const std::string& text : texts_) starts.push_back(text.c_str());
      const int count = static_cast<int>(starts.size());
      good = bcf_update_format_string(header_.get(), &raw, fields_.format[k].name.c_str(), starts.data(), count) == 0 &&
             good;
    }
    if (!good) throw std::bad_alloc{};
  }

  const std::string& path_;
  FileState state_;
  const AddedFields& fields_;
  const GiveValues& give_;
  const std::stop_token& stop_;
  bool is_text_;
  HtsHandle<htsFile> in_;
  HtsHandle<bcf_hdr_t> header_;
  std::vector<WatchedRegion> watched_;  // none
  RecordWalk walk_;
  std::optional<VariantOutputFile> out_;
  AddedValues values_;
  std::vector<std::string> texts_;
  CopySummary summary_;
};

}  // namespace

CopySummary copy_variants(const std::string& input, const VariantOutput& output, const AddedFields& fields,
                          const SiteIndex& sites, const GiveValues& give, const std::stop_token& stop) {
  return Copying{input, output, fields, sites, give, stop}.copy();
}

}  // namespace stardose::genomics
