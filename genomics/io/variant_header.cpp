// The checks on a header.
#include "genomics/io/variant_header.h"

#include <htslib/bgzf.h>
#include <htslib/hfile.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "genomics/basics/assembly.h"
#include "genomics/basics/utf8.h"
#include "genomics/input_error.h"
#include "genomics/io/blocks.h"
#include "genomics/io/little_endian.h"
#include "genomics/io/vcf_header_text.h"
#include "genomics/io/vcf_lines.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

namespace {

// The file's own names differ, but not those that are UTF-8 from those that become it.
void check_doubles(const std::string& path, std::vector<std::string> names) {
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice == names.end()) return;
  throw InputError{Fault::input,
                   {path, "header", "sample " + printable(*twice) + " is there twice, in UTF-8 and in Latin-1",
                    "give each sample a name of its own with `bcftools reheader`"}};
}

void read_samples(const std::string& path, const bcf_hdr_t* header, VariantHeader& facts) {
  const int count = bcf_hdr_nsamples(header);
  if (count == 0) {
    throw InputError{Fault::input,
                     {path, "", "the file has no sample, so there are no genotypes to call from",
                      "give a file with genotype columns (FORMAT and one column a sample)"}};
  }
  std::vector<std::string> names(header->samples, header->samples + count);
  // HTSlib 1.16 takes the rest of the header line for a name that is empty.
  const auto is_broken = [](const std::string& name) { return name.empty() || name.find('\t') != std::string::npos; };
  if (std::any_of(names.begin(), names.end(), is_broken)) {
    throw InputError{Fault::input, {path, "header", "a sample has an empty name", "name it with `bcftools reheader`"}};
  }
  facts.any_latin1 =
      std::ranges::any_of(names, [](const std::string& name) { return find_not_utf8(name) != std::string_view::npos; });
  std::ranges::transform(names, names.begin(), known_as);
  facts.samples = std::move(names);
  if (facts.any_latin1) check_doubles(path, facts.samples);
}

// What one contig's length says of the assembly.
void hear_length(const std::string& path, const std::string& contig, std::int64_t length, VariantHeader& facts) {
  if (length <= 0 || !is_primary_contig(contig)) return;
  const auto assembly = assembly_of(contig, length);
  const std::string has = "contig " + contig + " has " + std::to_string(length) + " bases";
  if (!assembly) {
    throw InputError{Fault::mismatch,
                     {path, "header", has + ", which is neither GRCh38 nor GRCh37", "give a file made on one of them"}};
  }
  if (!facts.assembly) {
    facts.assembly = assembly;
    facts.assembly_evidence = has;
  } else if (facts.assembly != assembly) {
    throw InputError{
        Fault::mismatch,
        {path, "header",
         facts.assembly_evidence + ", which is " + std::string{to_string(*facts.assembly)} + ", but " + has +
             ", which is " + std::string{to_string(*assembly)},
         "the header mixes two assemblies; give the records the header of theirs with `bcftools reheader`"}};
  }
}

// false: there is one of the same canonical name, which is the one that counts.
bool declare(const std::string& path, const std::string& name, VariantHeader& facts) {
  const std::string canonical = canonical_contig(name);
  const bool is_new = facts.contigs.emplace(canonical, name).second;
  if (is_new || !is_primary_contig(canonical)) return is_new;
  throw InputError{Fault::input,
                   {path, "header", "contig " + canonical + " is declared under two names",
                    "rename the contigs with `bcftools annotate --rename-chrs`"}};
}

constexpr std::size_t longest_header = std::size_t{32} << 20;

[[noreturn]] void refuse_long_header(const std::string& path) {
  throw InputError{Fault::input,
                   {path, "header", "the header has more than " + std::to_string(longest_header) + " bytes",
                    "the file is damaged or was written by a faulty program; make it again"}};
}

/// Reads a line as hts_getline() does, but no more of it than a header can have in good faith. `before`: bytes of the
/// lines before.
int read_header_line(const std::string& path, htsFile& file, std::size_t before, HtsText& line) {
  line.l = 0;
  int c = 0;
  while ((c = file.is_bgzf != 0 ? bgzf_getc(file.fp.bgzf) : hgetc(file.fp.hfile)) >= 0 && c != '\n') {
    if (before + line.l >= longest_header) refuse_long_header(path);
    if (kputc_(c, &line) < 0) throw std::bad_alloc{};
  }
  if (c < -1 || (file.is_bgzf == 0 && c < 0 && herrno(file.fp.hfile) != 0)) return -2;
  if (c < 0 && line.l == 0) return -1;
  if (line.l > 0 && line.s[line.l - 1] == '\r') --line.l;
  if (kputs("", &line) < 0) throw std::bad_alloc{};
  return 0;
}

/// Returns whether a text that is not compressed went on behind the line just read, if only by the line's end.
bool has_line_end(htsFile& file, std::int64_t begin, std::size_t length) {
  return file.is_bgzf != 0 || htell(file.fp.hfile) > begin + static_cast<std::int64_t>(length);
}

constexpr std::size_t most_contigs = 100'000;  // GRCh38 with decoys and HLA has 3,366

/// HTSlib takes a kilobyte for each.
[[noreturn]] void refuse_contigs(const std::string& path) {
  throw InputError{Fault::input,
                   {path, "header", "declares more than " + std::to_string(most_contigs) + " contigs",
                    "the file is damaged or was written by a faulty program; make it again"}};
}

/// HTSlib would end the line there.
[[noreturn]] void refuse_zero_byte(const std::string& path) {
  throw InputError{Fault::input,
                   {path, "header", "a zero byte in a line of text",
                    "the file is damaged or was written by a faulty program; make it again"}};
}

HtsHandle<bcf_hdr_t> parse_header_lines(const std::string& path, htsFile& file, VcfDeclarations* declared) {
  HtsText line;
  std::string text;
  int status = 0;
  std::size_t contigs = 0;
  bool is_whole = false;
  while (!is_whole) {
    const std::int64_t begin = file.is_bgzf != 0 ? 0 : htell(file.fp.hfile);
    if ((status = read_header_line(path, file, text.size(), line)) < 0) break;
    if (declared != nullptr && !has_line_end(file, begin, line.l)) refuse_cut_line(path);
    if (line.l == 0) continue;
    if (line.s[0] != '#') return nullptr;
    if (std::string_view{line.s, line.l}.find('\0') != std::string_view::npos) refuse_zero_byte(path);
    if (std::string_view{line.s, line.l}.starts_with("##contig") && ++contigs > most_contigs) refuse_contigs(path);
    text.append(line.s, line.l).push_back('\n');
    is_whole = line.s[1] != '#';
  }
  if (declared != nullptr && status >= -1 && !text.empty()) *declared = read_declarations(path, text);
  HtsHandle<bcf_hdr_t> header{bcf_hdr_init("r")};
  if (status < -1 || text.empty() || !header || bcf_hdr_parse(header.get(), text.data()) < 0) return nullptr;
  return header;
}

/// HTSlib takes as much memory as the header says that it has.
HtsHandle<bcf_hdr_t> read_packed_header(const std::string& path, htsFile& file) {
  Blocks here{path, file};
  constexpr std::size_t length_at = 5;  // behind `BCF` and two bytes of version
  constexpr std::size_t front = length_at + 4;
  if ((here.rest().empty() && !here.next()) || here.rest().size() < front) return nullptr;
  const auto* at = reinterpret_cast<const std::uint8_t*>(here.rest().data());
  if (little_u32(at + length_at) > longest_header) refuse_long_header(path);
  return HtsHandle<bcf_hdr_t>{bcf_hdr_read(&file)};
}

}  // namespace

std::int64_t declared_length(const bcf_hdr_t* header, int number) {
  return static_cast<std::int64_t>(header->id[BCF_DT_CTG][number].val->info[0]);
}

bool is_rcrs(std::string_view name, std::int64_t length, Assembly assembly) {
  if (length > 0) return length == rcrs_length;
  return assembly == Assembly::grch38 || name == "MT";
}

HtsHandle<bcf_hdr_t> read_header(const std::string& path, htsFile& file, VcfDeclarations* declared) {
  const bool is_packed = file.format.format == bcf;
  return is_packed ? read_packed_header(path, file) : parse_header_lines(path, file, declared);
}

void add_contigs(const std::string& path, bcf_hdr_t& header, VariantHeader& facts,
                 const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (bcf_hdr_name2id(&header, name.c_str()) >= 0) continue;
    if (bcf_hdr_append(&header, ("##contig=<ID=" + name + ">").c_str()) == 0) (void)declare(path, name, facts);
  }
  if (bcf_hdr_sync(&header) != 0) throw std::bad_alloc{};
}

VariantHeader check_header(const std::string& path, const bcf_hdr_t* header) {
  VariantHeader facts;
  read_samples(path, header, facts);
  for (int i = 0; i < header->n[BCF_DT_CTG]; ++i) {
    const char* name = header->id[BCF_DT_CTG][i].key;
    if (name == nullptr || header->id[BCF_DT_CTG][i].val == nullptr) continue;
    const std::string canonical = canonical_contig(name);
    const std::int64_t length = declared_length(header, i);
    hear_length(path, canonical, length, facts);
    if (declare(path, name, facts) && canonical == mitochondrion) facts.chrm_length = length;
  }
  return facts;
}

}  // namespace stardose::genomics
