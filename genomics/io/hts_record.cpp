// Checking and decoding of one HTSlib record.
#include "genomics/io/hts_record.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>

#include "genomics/basics/assembly.h"
#include "genomics/input_error.h"
#include "genomics/io/format_field.h"
#include "genomics/io/genotype_judge.h"
#include "genomics/io/plain_genotypes.h"
#include "genomics/io/variant_header.h"

namespace stardose::genomics {

namespace {

constexpr int broken_record = BCF_ERR_TAG_INVALID | BCF_ERR_CTG_INVALID | BCF_ERR_LIMITS | BCF_ERR_CHAR | BCF_ERR_NCOLS;

constexpr std::array set_names = {"PS", "PID", "PSL"};
// 0 as a file writes it: a set like another, and not the lack of one.
constexpr PhaseSet set_zero = phase_set_of_name("0");

/// A set that has a name, which may be a number.
PhaseSet set_in_text(const bcf_fmt_t& format, int column) {
  const char* at = reinterpret_cast<const char*>(format.p) + static_cast<std::ptrdiff_t>(column) * format.size;
  const std::string_view padded{at, static_cast<std::size_t>(format.n)};
  const std::string_view name = padded.substr(0, padded.find('\0'));
  if (name.empty() || name == "." || name.front() == bcf_str_missing) return 0;
  PhaseSet number = 0;
  const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool is_number = fault == std::errc{} && end == name.data() + name.size() && number > 0;
  return is_number ? number : phase_set_of_name(name);
}

/// A record about bases that are as in the reference, or may be anything.
bool is_block(std::span<const std::string_view> alternatives) {
  return std::ranges::all_of(alternatives, [](std::string_view alt) { return alt == "<NON_REF>" || alt == "<*>"; });
}

PhaseSet phase_set(const bcf_fmt_t& format, int column) {
  if (format.type == BCF_BT_CHAR) return set_in_text(format, column);
  if (!is_integer(format)) return 0;
  const FormatValue value = format_value(format, column, 0);
  if (value.end || value.missing) return 0;
  if (value.value > 0) return value.value;
  return value.value == 0 ? set_zero : phase_set_of_name(std::to_string(value.value));
}

bool is_one_allele(const bcf_fmt_t& genotype, int column) {
  if (!is_integer(genotype) || genotype.n < 1) return false;
  const FormatValue first = format_value(genotype, column, 0);
  if (first.end || first.missing || bcf_gt_is_missing(first.value) != 0) return false;
  return genotype.n == 1 || format_value(genotype, column, 1).end;
}

const bcf_fmt_t* find_format(const bcf1_t& record, int id) {
  if (id < 0) return nullptr;
  for (int i = 0; i < static_cast<int>(record.n_fmt); ++i) {
    if (record.d.fmt[i].id == id) return record.d.fmt[i].p == nullptr ? nullptr : &record.d.fmt[i];
  }
  return nullptr;
}

/// HTSlib 1.16 does not know the mark that VCF 4.4 allows in front of a genotype, the phase of its first allele. Two
/// alleles are phased to each other where both are phased. Empty: no genotype has one.
std::string without_phase_prefixes(std::string_view line) {
  std::size_t at = 0;
  for (int column = 0; column < 8; ++column) {
    at = line.find('\t', at);
    if (at++ == std::string_view::npos) return {};
  }
  const std::string_view formats = line.substr(at, line.find('\t', at) - at);
  if (formats != "GT" && !formats.starts_with("GT:")) return {};
  at += formats.size();
  if (line.find("\t|", at) == std::string_view::npos && line.find("\t/", at) == std::string_view::npos) return {};
  std::string text{line.substr(0, at)};
  while (at < line.size()) {
    const std::size_t end = std::min(line.find('\t', at + 1), line.size());
    std::string cell{line.substr(at, end - at)};
    at = end;
    if (cell.size() > 2 && (cell[1] == '|' || cell[1] == '/') && cell.find_first_of("0123456789.", 2) == 2) {
      const std::size_t between = cell.find_first_of("|/:", 2);
      if (between != std::string::npos && cell[between] == '|' && cell[1] == '/') cell[between] = '/';
      cell.erase(1, 1);
    }
    text += cell;
  }
  return text;
}

}  // namespace

HtsRecord::HtsRecord(const std::string& path, bcf_hdr_t* header)
    : path_{path},
      header_{header},
      record_{bcf_init()},
      gt_id_{bcf_hdr_id2int(header, BCF_DT_ID, "GT")},
      set_ids_{-1, -1, -1},
      svlen_id_{bcf_hdr_id2int(header, BCF_DT_ID, "SVLEN")} {}

void HtsRecord::fail(const std::string& why, const std::string& help) const {
  throw InputError{Fault::input, {path_, place(), why, help}};
}

std::string_view HtsRecord::contig(int number) const {
  const auto at = static_cast<std::size_t>(std::max(number, 0));
  if (at >= contigs_.size()) contigs_.resize(at + 1);
  if (contigs_[at].empty()) {
    const char* name = bcf_hdr_id2name(header_, number);
    contigs_[at] = canonical_contig(name == nullptr ? "?" : name);
  }
  return contigs_[at];
}

std::string HtsRecord::place() const { return std::string{contig()} + ":" + std::to_string(record_->pos + 1); }

void HtsRecord::accept() {
  if ((record_->errcode & broken_record) != 0) {
    fail("malformed record", "the file is damaged or was written by a faulty program; make it again");
  }
  if (record_->pos < 0) fail("position is not a number from 1 on", "make the file again from its source");
  if (bcf_unpack(record_.get(), BCF_UN_STR) != 0 || record_->n_allele == 0) {
    fail("record without alleles", "make the file again from its source");
  }
  copy_alleles();
  check_alleles();
}

void HtsRecord::check_alleles() const {
  const std::span<const std::string_view> alternatives = std::span{alleles_}.subspan(1);
  if (std::ranges::find(alternatives, alleles_.front()) != alternatives.end()) {
    fail("ALT repeats REF", "the file is damaged or was written by a faulty program; make it again");
  }
  const std::int64_t length = declared_length(header_, record_->rid);
  if (length > 0 && record_->pos + record_->rlen > length && is_block(alternatives)) {
    fail("the record ends beyond the end of its contig, which has " + std::to_string(length) + " bases by the header",
         "the file is damaged or was written by a faulty program; make it again");
  }
}

void HtsRecord::copy_alleles() {
  bases_.clear();
  alleles_.clear();
  const std::span<char* const> written{record_->d.allele, static_cast<std::size_t>(record_->n_allele)};
  for (const char* allele : written) bases_ += allele;
  std::size_t at = 0;
  for (const char* allele : written) {
    const std::size_t size = std::strlen(allele);
    if (size == 0 || *allele != '<') {
      std::transform(allele, allele + size, bases_.begin() + static_cast<std::ptrdiff_t>(at),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    }
    const std::string_view copy = std::string_view{bases_}.substr(at, size);
    at += size;
    if (copy == "." && written.size() == 2 && !alleles_.empty()) continue;  // no alternative
    alleles_.push_back(copy);
  }
}

void HtsRecord::parse(std::string_view line, std::uint64_t number) {
  line_ = line;
  is_plain_line_ = looks_plain(line, bcf_hdr_nsamples(header_));
  parse_with_htslib(is_plain_line_ ? without_genotypes(line, bcf_hdr_nsamples(header_)) : line, number);
  accept();
}

void HtsRecord::parse_with_htslib(std::string_view line, std::uint64_t number) {
  text_.l = 0;
  const std::string without = without_phase_prefixes(line);
  if (!without.empty()) line = without;
  // HTSlib takes a line that ends early for one without genotypes, and does not see a column too many.
  const auto tabs = is_plain_line_ ? 8 + bcf_hdr_nsamples(header_) : std::ranges::count(line, '\t');
  if (tabs != 8 + bcf_hdr_nsamples(header_) || kputsn(line.data(), line.size(), &text_) < 0 ||
      vcf_parse(&text_, header_, record_.get()) < 0) {
    throw InputError{Fault::input,
                     {path_, "record " + std::to_string(number), "malformed record",
                      "the file is damaged or was written by a faulty program; make it again"}};
  }
}

// HTSlib 1.16 knows END alone; since VCF 4.4 SVLEN says it.
std::int64_t HtsRecord::end() const {
  std::int64_t end = record_->pos + std::max<std::int64_t>(record_->rlen, 1);
  if (svlen_id_ < 0 || bcf_unpack(record_.get(), BCF_UN_STR) != 0) return end;
  const std::span<char* const> alleles{record_->d.allele, static_cast<std::size_t>(record_->n_allele)};
  const auto has_length = [](std::string_view alt) {
    return alt.starts_with('<') && !alt.starts_with("<INS") && alt != "<*>" && alt != "<NON_REF>";
  };
  if (std::ranges::none_of(alleles, has_length)) return end;
  std::int32_t* values = nullptr;
  int room = 0;
  const int count = bcf_get_info_int32(header_, record_.get(), "SVLEN", &values, &room);
  const std::unique_ptr<std::int32_t, decltype(&std::free)> owned{values, &std::free};
  for (int k = 0; k < std::min(count, static_cast<int>(alleles.size()) - 1); ++k) {
    const std::int32_t length = values[k];
    const bool is_given = length != bcf_int32_missing && length != bcf_int32_vector_end;
    if (!is_given || !has_length(alleles[static_cast<std::size_t>(k) + 1])) continue;
    end = std::max(end, record_->pos + 1 + std::abs(std::int64_t{length}));
  }
  return end;
}

RecordAlleles HtsRecord::alleles() const {
  const auto ref_end = record_->pos + static_cast<std::int64_t>(alleles_.front().size());
  const std::int64_t written_end = std::max(ref_end, end());
  const bool block = is_block(std::span{alleles_}.subspan(1));
  // A lone base with no alternative is a record about that base.
  const bool is_block = block && (alleles_.size() > 1 || written_end > ref_end);
  return {contig(), record_->pos, block ? written_end : ref_end, written_end, alleles_, is_block};
}

bool HtsRecord::is_on_rcrs(Assembly assembly) const {
  return is_rcrs(bcf_hdr_id2name(header_, record_->rid), declared_length(header_, record_->rid), assembly);
}

RecordGenotype HtsRecord::read_one(const bcf_fmt_t& format, int column) const {
  RecordGenotype genotype;
  for (int k = 0; k < format.n; ++k) {
    const FormatValue value = format_value(format, column, k);
    if (value.end) break;
    const int allele = value.missing ? -1 : bcf_gt_allele(value.value);
    if (allele >= static_cast<int>(alleles_.size()) || allele < -1) {
      fail("FORMAT/GT of the " + std::to_string(column + 1) + ". sample names an allele that the record lacks",
           "the file is damaged or was written by a faulty program; make it again");
    }
    if (k == 0) genotype.first = static_cast<std::int16_t>(allele);
    if (k == 1) {
      genotype.second = static_cast<std::int16_t>(allele);
      genotype.phased = bcf_gt_is_phased(value.value) != 0;
    }
    if (k >= 2) genotype.polyploid = true;
  }
  return genotype;
}

// GATK writes 0/0 where there is not a single read: depth 0 is no evidence of reference. The first field that says
// counts.
void HtsRecord::drop_unread(std::span<const int> columns, std::vector<RecordGenotype>& genotypes) {
  if (record_->n_fmt < 2) return;
  std::array<const bcf_fmt_t*, 3> depths{};
  const std::array names = {"DP", "MIN_DP", "AD"};
  for (std::size_t k = 0; k < depths.size(); ++k) {
    const bcf_fmt_t* field = find_format(*record_, bcf_hdr_id2int(header_, BCF_DT_ID, names[k]));
    depths[k] = field != nullptr && is_integer(*field) ? field : nullptr;
  }
  const auto is_unread = [&](int column) {
    for (const bcf_fmt_t* field : depths) {
      if (field == nullptr) continue;
      if (const std::optional<double> reads = format_sum(*field, column)) return *reads == 0;
    }
    return false;
  };
  if (std::ranges::all_of(depths, [](const bcf_fmt_t* field) { return field == nullptr; })) return;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    RecordGenotype& genotype = genotypes[i];
    const bool reference = genotype.first == 0 && (genotype.second == 0 || genotype.second == RecordGenotype::no_copy);
    if (reference && is_unread(columns[i])) genotype.first = genotype.second = RecordGenotype::missing;
  }
}

bool HtsRecord::read_plain(std::span<const int> columns, std::vector<RecordGenotype>& into) const {
  const auto alleles = static_cast<int>(alleles_.size());
  if (is_plain_line_) {
    const auto text = find_plain_columns(line_, bcf_hdr_nsamples(header_));
    return text && decode(*text, alleles, columns, into);
  }
  const auto packed = find_packed(*record_, gt_id_);
  return packed && decode(*packed, alleles, columns, into);
}

bool HtsRecord::read_genotypes(std::span<const int> columns, std::vector<RecordGenotype>& into) {
  const bool plain = read_plain(columns, into);
  if (is_plain_line_ && !plain) {  // what is wrong with it HTSlib's way finds out
    is_plain_line_ = false;
    parse_with_htslib(line_, 0);
  }
  if (bcf_unpack(record_.get(), BCF_UN_FMT) != 0)
    fail("genotypes cannot be read", "the file is damaged; make it again");
  if ((record_->errcode & broken_record) != 0) fail("malformed record", "the file is damaged; make it again");
  if (!plain) {
    // HTSlib takes a tag that the header does not declare for text, and declares it when it first meets it.
    if (gt_id_ < 0) gt_id_ = bcf_hdr_id2int(header_, BCF_DT_ID, "GT");
    const bcf_fmt_t* format = find_format(*record_, gt_id_);
    if (format == nullptr) return false;
    if (!is_integer(*format)) fail("GT is not a genotype", "the file is damaged; make it again");
    into.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) into[i] = read_one(*format, columns[i]);
  }
  drop_unread(columns, into);
  return true;
}

void HtsRecord::judge_genotypes(GenotypeJudge& judge, std::span<const int> columns,
                                std::vector<RecordGenotype>& genotypes) {
  judge.judge(*record_, header_, columns, genotypes);
}

bool HtsRecord::fill_plain_row(GenotypeJudge& judge, CountedAllele allele, std::span<std::uint8_t> row) {
  if (!judge.passes_filter(*record_, header_)) return false;
  if (is_plain_line_) return fill_bed_row(columns_of_plain(line_, bcf_hdr_nsamples(header_)), allele, row);
  const auto packed = record_->n_fmt == 1 ? find_packed(*record_, gt_id_) : std::nullopt;
  return packed && fill_bed_row(packed->bytes, packed->ploidy, allele, row);
}

bool HtsRecord::read_dosages(std::span<const int> columns, std::size_t alternatives, std::vector<float>& into) {
  if (is_plain_line_) return false;
  if (bcf_unpack(record_.get(), BCF_UN_FMT) != 0)
    fail("genotypes cannot be read", "the file is damaged; make it again");
  const bcf_fmt_t* format = find_format(*record_, bcf_hdr_id2int(header_, BCF_DT_ID, "DS"));
  if (format == nullptr) return false;
  if (format->n != static_cast<int>(alternatives) || (format->type != BCF_BT_FLOAT && !is_integer(*format))) {
    fail("DS is not a number for each alternative", "declare it as Number=A and Type=Float, or score from GT");
  }
  if (gt_id_ < 0) gt_id_ = bcf_hdr_id2int(header_, BCF_DT_ID, "GT");
  const bcf_fmt_t* const genotype = find_format(*record_, gt_id_);
  into.clear();
  for (const int column : columns) {
    const int copies = genotype != nullptr && is_one_allele(*genotype, column) ? 1 : 2;
    for (std::size_t k = 0; k < alternatives; ++k) {
      const auto value = format_number(*format, column, static_cast<int>(k));
      if (value && (*value < 0 || *value > copies)) {
        fail("FORMAT/DS of the " + std::to_string(column + 1) + ". sample is not between 0 and " +
                 std::to_string(copies) + (copies == 1 ? ", and its GT has one allele" : ""),
             "DS is the expected number of copies; make the file again");
      }
      // One copy of X counts as two, as it does by GT (PLINK's own count).
      const double of_two = value.value_or(std::numeric_limits<double>::quiet_NaN()) * 2 / copies;
      into.push_back(static_cast<float>(of_two));
    }
  }
  return true;
}

void HtsRecord::read_phase_sets(std::span<const int> columns, std::vector<PhaseSet>& into) {
  into.clear();
  for (std::size_t k = 0; k < set_names.size() && into.empty(); ++k) {
    if (record_->n_fmt < 2) return;
    if (set_ids_[k] < 0) set_ids_[k] = bcf_hdr_id2int(header_, BCF_DT_ID, set_names[k]);
    const bcf_fmt_t* format = find_format(*record_, set_ids_[k]);
    if (format == nullptr) continue;
    const bool is_of_strands = k == 2;
    const PhaseSet own = is_of_strands ? phase_set_of_name("strands at " + place() + " " + bases_) : 0;
    for (const int column : columns) into.push_back(is_of_strands ? own : phase_set(*format, column));
  }
}

}  // namespace stardose::genomics
