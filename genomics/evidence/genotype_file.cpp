// Writing records through HTSlib.
#include "genomics/evidence/genotype_file.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "genomics/basics/assembly.h"
#include "genomics/evidence/genotype_header.h"
#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/variant_output.h"

namespace stardose::genomics {

namespace {

/// `-` is plain VCF; nullopt: no such format.
std::optional<VariantFormat> format_of(const std::string& path) {
  return path == "-" ? std::optional{VariantFormat{'v'}} : format_of_name(path);
}

VariantOutput output_to(std::string path) {
  const auto format = format_of(path);
  STARDOSE_EXPECT(format.has_value());
  const bool with_index = format->can_have_index() && path != "-";
  return {.path = std::move(path), .format = *format, .with_index = with_index};
}

/// INFO separates by `;`, `=`, `,` and white space; VCF 4.3 writes such characters by their number.
std::string encoded(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (std::strchr(" \t;=,%", c) == nullptr) {
      safe += c;
    } else {
      constexpr const char* digits = "0123456789ABCDEF";
      const auto code = static_cast<unsigned char>(c);
      safe += {'%', digits[code / 16], digits[code % 16]};
    }
  }
  return safe;
}

std::string joined(const std::vector<std::string>& parts, char separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string{separator}) + part;
  return text;
}

}  // namespace

bool has_genotype_file_name(const std::string& path) { return format_of(path).has_value(); }

struct GenotypeFile::Handle {
  std::string path;
  VariantOutputFile file;
  HtsHandle<bcf_hdr_t> header;
  HtsHandle<bcf1_t> line;
  std::map<std::string, int> contigs;  // canonical name -> number
  std::size_t samples = 0;
  std::vector<std::int32_t> values;  // of the field at hand, sample by sample

  explicit Handle(const std::string& name)
      : path{name}, file{output_to(name)}, header{bcf_hdr_init("w")}, line{bcf_init()} {}

  void check(bool good, const std::string& what) const {
    if (!good) throw InputError{Fault::output, {path, "", what, "check that there is memory left"}};
  }
  void write_header(const GenotypeFileHeader& facts);
  void put_info(const SiteNotes& notes);
  void put_genotypes(const GenotypeRecord& record);
  void put_text(const GenotypeRecord& record);
  /// Writes a field of up to `width` values a sample: `fill(column, into)` appends them.
  template <class Fill>
  void put_field(const char* name, const GenotypeRecord& record, std::size_t width, const Fill& fill);
};

void GenotypeFile::Handle::write_header(const GenotypeFileHeader& facts) {
  bcf_hdr_set_version(header.get(), "VCFv4.3");
  for (const std::string& text : header_lines(facts)) {
    check(bcf_hdr_append(header.get(), text.c_str()) == 0, "the header cannot be made");
  }
  for (const std::string& sample : facts.samples) bcf_hdr_add_sample(header.get(), sample.c_str());
  check(bcf_hdr_sync(header.get()) == 0, "the header cannot be made");
  file.put(*header);
  for (std::size_t k = 0; k < facts.contigs.size(); ++k) {
    const std::string name = canonical_contig(facts.contigs[k].name);
    const bool other_sequence = name == mitochondrion && facts.contigs[k].length != rcrs_length;
    if (!other_sequence) contigs.try_emplace(name, static_cast<int>(k));
  }
}

template <class Fill>
void GenotypeFile::Handle::put_field(const char* name, const GenotypeRecord& record, std::size_t width,
                                     const Fill& fill) {
  values.clear();
  for (const GenotypeColumn& column : record.columns) {
    const std::size_t end = values.size() + width;
    const std::size_t begin = values.size();
    fill(column);
    if (values.size() == begin) values.push_back(bcf_int32_missing);
    STARDOSE_EXPECT(values.size() <= end);
    values.resize(end, bcf_int32_vector_end);
  }
  const int count = static_cast<int>(values.size());
  check(bcf_update_format_int32(header.get(), line.get(), name, values.data(), count) == 0, "a record cannot be made");
}

void GenotypeFile::Handle::put_genotypes(const GenotypeRecord& record) {
  values.clear();
  const auto coded = [](int allele, bool phased) {
    if (allele == GenotypeColumn::missing) return bcf_gt_missing;
    return phased ? bcf_gt_phased(allele) : bcf_gt_unphased(allele);
  };
  const bool all_one_copy = std::ranges::all_of(record.columns, &GenotypeColumn::one_copy);
  for (const GenotypeColumn& column : record.columns) {
    values.push_back(coded(column.first, false));
    if (!all_one_copy) values.push_back(column.one_copy ? bcf_int32_vector_end : coded(column.second, column.phased));
  }
  const int count = static_cast<int>(values.size());
  check(bcf_update_genotypes(header.get(), line.get(), values.data(), count) == 0, "a record cannot be made");
}

void GenotypeFile::Handle::put_info(const SiteNotes& notes) {
  const std::string id = notes.ids.empty() ? "." : joined(notes.ids, ';');
  check(bcf_update_id(header.get(), line.get(), id.c_str()) == 0, "a record cannot be made");
  std::vector<std::string> genes;
  for (const std::string& gene : notes.genes) genes.push_back(encoded(gene));
  const auto put = [&](const char* name, const std::string& text) {
    check(bcf_update_info_string(header.get(), line.get(), name, text.c_str()) == 0, "a record cannot be made");
  };
  if (!genes.empty()) put("GENE", joined(genes, ','));
  if (std::ranges::all_of(notes.names, &std::string::empty)) return;
  // One for each alternative of the record, which may have more than the catalogue.
  std::vector<std::string> names(line->n_allele - 1U, ".");
  for (std::size_t k = 0; k < std::min(names.size(), notes.names.size()); ++k) {
    if (!notes.names[k].empty()) names[k] = encoded(notes.names[k]);
  }
  put("HGVS", joined(names, ','));
}

void GenotypeFile::Handle::put_text(const GenotypeRecord& record) {
  std::vector<std::string> texts;
  std::vector<const char*> filters;
  for (const GenotypeColumn& column : record.columns) texts.emplace_back(column.filter);
  for (const std::string& text : texts) filters.push_back(text.c_str());
  const int count = static_cast<int>(filters.size());
  check(bcf_update_format_string(header.get(), line.get(), "FT", filters.data(), count) == 0,
        "a record cannot be made");
}

GenotypeFile::GenotypeFile(const std::string& path, const GenotypeFileHeader& header)
    : handle_{std::make_unique<Handle>(path)} {
  handle_->samples = header.samples.size();
  handle_->write_header(header);
}

GenotypeFile::~GenotypeFile() = default;

std::optional<int> GenotypeFile::contig(const std::string& canonical) const {
  const auto at = handle_->contigs.find(canonical);
  return at == handle_->contigs.end() ? std::nullopt : std::optional{at->second};
}

void GenotypeFile::put(const ReadSite& place, const GenotypeRecord& record, const SiteNotes& notes) {
  Handle& handle = *handle_;
  bcf1_t* const line = handle.line.get();
  bcf_hdr_t* const header = handle.header.get();
  STARDOSE_EXPECT(record.columns.size() == handle.samples);
  bcf_clear(line);
  line->rid = contig(place.contig).value();
  line->pos = place.position;
  std::vector<const char*> alleles;
  for (const std::string& allele : record.alleles) alleles.push_back(allele.c_str());
  const int allele_count = static_cast<int>(alleles.size());
  handle.check(bcf_update_alleles(header, line, alleles.data(), allele_count) == 0, "a record cannot be made");
  for (const std::string_view filter : record.filters) {
    bcf_add_filter(header, line, bcf_hdr_id2int(header, BCF_DT_ID, std::string{filter}.c_str()));
  }
  handle.put_info(notes);
  handle.put_genotypes(record);
  auto& values = handle.values;
  const std::size_t width = alleles.size();
  const auto put_one = [&](const char* name, const auto& value) {
    handle.put_field(name, record, 1, [&](const GenotypeColumn& column) { values.push_back(value(column)); });
  };
  put_one("DP", [](const GenotypeColumn& column) { return column.depth; });
  handle.put_field("AD", record, width, [&](const GenotypeColumn& column) {
    for (std::size_t k = 0; k < width; ++k) values.push_back(column.forward[k] + column.reverse[k]);
  });
  handle.put_field("ADF", record, width, [&](const GenotypeColumn& column) {
    values.insert(values.end(), column.forward.begin(), column.forward.end());
  });
  handle.put_field("ADR", record, width, [&](const GenotypeColumn& column) {
    values.insert(values.end(), column.reverse.begin(), column.reverse.end());
  });
  const auto or_missing = [](bool known, int value) { return known ? value : bcf_int32_missing; };
  put_one("MQ", [&](const GenotypeColumn& column) {
    return or_missing(column.mapping_quality >= 0, column.mapping_quality);
  });
  put_one("GQ", [&](const GenotypeColumn& column) { return or_missing(column.quality >= 0, column.quality); });
  const bool all_one_copy = std::ranges::all_of(record.columns, &GenotypeColumn::one_copy);
  handle.put_field("PL", record, all_one_copy ? width : genotype_count(width), [&](const GenotypeColumn& column) {
    values.insert(values.end(), column.likelihoods.begin(), column.likelihoods.end());
  });
  put_one("SP", [&](const GenotypeColumn& column) {
    return or_missing(column.quality >= 0, static_cast<int>(column.strand_bias + 0.5));
  });
  put_one("PS", [&](const GenotypeColumn& column) { return or_missing(column.phase_set > 0, column.phase_set); });
  handle.put_text(record);
  handle.file.put(*header, *line);
}

void GenotypeFile::close() { handle_->file.close(); }

}  // namespace stardose::genomics
