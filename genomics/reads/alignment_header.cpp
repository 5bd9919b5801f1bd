// The checks on an alignment file's header.
#include "genomics/reads/alignment_header.h"

#include <filesystem>
#include <set>

#include "genomics/basics/unknown_assembly.h"
#include "genomics/basics/utf8.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

namespace {

[[noreturn]] void refuse(const std::string& path, std::string why, std::string help) {
  throw InputError{Fault::input, {path, "header", std::move(why), std::move(help)}};
}

void check_order(const std::string& path, sam_hdr_t* header) {
  HtsText order;
  if (sam_hdr_find_tag_hd(header, "SO", &order) != 0 || order.l == 0)
    return;  // the index is made of sorted reads alone
  const std::string name{order.s, order.l};
  if (name == "unsorted" || name == "queryname") {
    refuse(path, "the reads are not sorted by position (SO:" + name + ")",
           "sort and index them: `samtools sort -o sorted.bam FILE && samtools index sorted.bam`");
  }
}

void read_sample(const std::string& path, sam_hdr_t* header, AlignmentHeader& facts) {
  std::set<std::string> names;
  const int groups = sam_hdr_count_lines(header, "RG");
  for (int k = 0; k < groups; ++k) {
    HtsText name;
    if (sam_hdr_find_tag_pos(header, "RG", k, "SM", &name) != 0 || name.l == 0) continue;
    facts.is_latin1 = facts.is_latin1 || find_not_utf8({name.s, name.l}) != std::string_view::npos;
    names.insert(known_as({name.s, name.l}));
  }
  if (names.size() > 1) {
    refuse(path,
           "its read groups are of several samples: " + printable(*names.begin()) + ", " +
               printable(*std::next(names.begin())) + (names.size() > 2 ? " and others" : ""),
           "give a file a sample: `samtools split` writes one a read group");
  }
  facts.sample = names.empty() ? known_as(std::filesystem::path{path}.stem().string()) : *names.begin();
}

void read_contigs(const std::string& path, sam_hdr_t* header, AlignmentHeader& facts) {
  std::string evidence;
  for (int id = 0; id < sam_hdr_nref(header); ++id) {
    const std::string name = canonical_contig(sam_hdr_tid2name(header, id));
    const std::int64_t length = sam_hdr_tid2len(header, id);
    if (name == mitochondrion && length != rcrs_length) continue;
    if (!facts.contigs.emplace(name, id).second && is_primary_contig(name)) {
      refuse(path, "contig " + name + " is there under two names", "align to a reference that has it once");
    }
    const auto assembly = assembly_of(name, length);
    const std::string has = name + " has " + std::to_string(length) + " bases";
    if (is_of_unknown_assembly(name, length)) {
      throw InputError{
          Fault::mismatch,
          {path, "header", has + ", which is neither GRCh38 nor GRCh37: the reads are aligned to another assembly",
           "align them to GRCh38 or GRCh37"}};
    }
    if (!assembly) continue;
    if (facts.assembly && facts.assembly != assembly) {
      throw InputError{Fault::mismatch,
                       {path, "header",
                        evidence + ", which is " + std::string{to_string(*facts.assembly)} + ", but " + has +
                            ", which is " + std::string{to_string(*assembly)},
                        "align to one assembly"}};
    }
    facts.assembly = assembly;
    evidence = has;
  }
}

}  // namespace

AlignmentHeader check_alignment_header(const std::string& path, sam_hdr_t* header) {
  if (sam_hdr_nref(header) == 0) {
    refuse(path, "it names no contigs, so its reads are not aligned", "align them to GRCh38 or GRCh37 first");
  }
  check_order(path, header);
  AlignmentHeader facts;
  read_sample(path, header, facts);
  read_contigs(path, header, facts);
  return facts;
}

}  // namespace stardose::genomics
