// Records as files have them, with the columns that callers of the field write beside a genotype.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "tests/builders/written_people.h"

namespace stardose::test {

/// How one caller writes a record; its fields are named as in dialect_fields().
struct CallerDialect {
  std::string name;
  std::vector<std::string> fields{"GT"};  ///< of FORMAT
  std::vector<std::string> info{};
  std::string filter = "PASS";
  std::string reference_filter = "PASS";        ///< of records without a variant
  std::string alternative{};                    ///< beside those that somebody has, such as `<NON_REF>`
  std::vector<std::string> reference_fields{};  ///< of FORMAT where the record has no variant; empty: as elsewhere
  bool has_blocks = false;                      ///< of one person: what is reference is told by its first base and END
  bool drops_alternatives = false;              ///< a record without a variant has none
};

struct DialectField {
  std::string number;
  std::string type;
  /// Of a genotype with so many alleles in its record.
  std::function<std::string(const WrittenGenotype&, std::size_t)> text;
};

namespace dialect {

constexpr int depth = 40;

inline std::vector<int> copies(const WrittenGenotype& genotype, std::size_t alleles) {
  std::vector<int> counted(alleles);
  for (const int allele : genotype.alleles) {
    if (allele >= 0) ++counted[static_cast<std::size_t>(allele)];
  }
  return counted;
}

inline std::vector<int> reads(const WrittenGenotype& genotype, std::size_t alleles) {
  std::vector<int> counted = copies(genotype, alleles);
  for (int& count : counted) count *= genotype.alleles[1] == WrittenGenotype::none ? depth : depth / 2;
  return counted;
}

/// Of each genotype in the order of the specification: `likely` of this one, `unlikely` of others.
inline std::vector<std::string> by_genotype(const WrittenGenotype& genotype, std::size_t alleles,
                                            const std::string& likely, const std::string& unlikely) {
  std::vector<std::string> values;
  const auto [least, most] = std::minmax(genotype.alleles[0], genotype.alleles[1]);
  for (int second = 0; second < static_cast<int>(alleles); ++second) {
    if (genotype.alleles[1] == WrittenGenotype::none) {
      values.push_back(second == genotype.alleles[0] ? likely : unlikely);
      continue;
    }
    for (int first = 0; first <= second; ++first) {
      values.push_back(first == least && second == most ? likely : unlikely);
    }
  }
  return values;
}

template <class Values>
std::string listed(const Values& values, std::size_t first = 0) {
  std::string text;
  for (std::size_t k = first; k < values.size(); ++k) {
    if (k > first) text += ',';
    if constexpr (std::is_same_v<typename Values::value_type, std::string>) {
      text += values[k];
    } else {
      text += std::to_string(values[k]);
    }
  }
  return text.empty() ? "." : text;
}

}  // namespace dialect

/// Of FORMAT. A genotype that was not read has `.` but for what says why.
inline const std::map<std::string, DialectField>& dialect_fields() {
  using Genotype = WrittenGenotype;
  const auto constant = [](std::string number, std::string type, std::string value) {
    return DialectField{std::move(number), std::move(type), [value](const Genotype&, std::size_t) { return value; }};
  };
  const auto of_reads = [](std::string number, std::size_t first) {
    return DialectField{std::move(number), "Integer", [first](const Genotype& genotype, std::size_t alleles) {
                          return dialect::listed(dialect::reads(genotype, alleles), first);
                        }};
  };
  const auto of_genotypes = [](std::string type, std::string likely, std::string unlikely) {
    return DialectField{"G", std::move(type), [likely, unlikely](const Genotype& genotype, std::size_t alleles) {
                          return dialect::listed(dialect::by_genotype(genotype, alleles, likely, unlikely));
                        }};
  };
  const DialectField fraction{"A", "Float", [](const Genotype& genotype, std::size_t alleles) {
                                std::vector<std::string> shares;
                                for (const int reads : dialect::reads(genotype, alleles)) {
                                  shares.push_back(reads == 0 ? "0" : reads == dialect::depth ? "1.0" : "0.5");
                                }
                                return dialect::listed(shares, 1);
                              }};
  const DialectField reference{"1", "Integer", [](const Genotype& genotype, std::size_t alleles) {
                                 return std::to_string(dialect::reads(genotype, alleles)[0]);
                               }};
  static const std::map<std::string, DialectField> fields{
      {"GT", {"1", "String", [](const Genotype& genotype, std::size_t) { return genotype.text(); }}},
      {"DP", constant("1", "Integer", "40")},
      {"FDP", constant("1", "Integer", "40")},
      {"DPI", constant("1", "Integer", "40")},
      {"DPF", constant("1", "Integer", "1")},
      {"MIN_DP", constant("1", "Integer", "30")},
      {"GQ", constant("1", "Integer", "60")},
      {"GQX", constant("1", "Integer", "50")},
      {"RGQ", constant("1", "Integer", "60")},
      {"MQ", constant("1", "Integer", "60")},
      {"PQ", constant("1", "Integer", "99")},
      {"FT", constant("1", "String", "PASS")},
      {"RNC", constant("2", "Character", "..")},
      {"SB", constant("4", "Integer", "10,10,10,10")},
      {"SPL", constant(".", "Integer", "255,0,255")},
      {"ICNT", constant("2", "Integer", "18,9")},
      {"BAF", constant("1", "Float", "0.5")},
      {"LRR", constant("1", "Float", "0.01")},
      {"AD", of_reads("R", 0)},
      {"ADF", of_reads("R", 0)},
      {"ADR", of_reads("R", 0)},
      {"AO", of_reads("A", 1)},
      {"FAO", of_reads("A", 1)},
      {"QA", of_reads("A", 1)},
      {"RO", reference},
      {"FRO", reference},
      {"QR", reference},
      {"AF", fraction},
      {"VAF", fraction},
      {"DS",
       {"A", "Float",
        [](const Genotype& genotype, std::size_t alleles) {
          return dialect::listed(dialect::copies(genotype, alleles), 1);
        }}},
      {"PL", of_genotypes("Integer", "0", "300")},
      {"GL", of_genotypes("Float", "0", "-30.5")},
      {"GP", of_genotypes("Float", "1", "0")},
  };
  return fields;
}

/// What callers write by their own documentation and files of theirs.
inline std::vector<CallerDialect> caller_dialects() {
  return {
      {.name = "GATK HaplotypeCaller, gVCF",
       .fields = {"GT", "AD", "DP", "GQ", "PL", "SB"},
       .info = {"DP=40", "MQ=60.00"},
       .filter = ".",
       .reference_filter = ".",
       .alternative = "<NON_REF>",
       .reference_fields = {"GT", "DP", "GQ", "MIN_DP", "PL"},
       .has_blocks = true},
      {.name = "GATK GenotypeGVCFs",
       .fields = {"GT", "AD", "DP", "GQ", "PL"},
       .info = {"DP=40", "MQ=60.00"},
       .filter = ".",
       .reference_filter = ".",
       .reference_fields = {"GT", "AD", "DP", "RGQ"},
       .drops_alternatives = true},
      {.name = "DeepVariant, gVCF",
       .fields = {"GT", "GQ", "DP", "AD", "VAF", "PL"},
       .reference_filter = ".",
       .alternative = "<*>",
       .reference_fields = {"GT", "GQ", "MIN_DP", "PL"},
       .has_blocks = true},
      {.name = "DeepVariant", .fields = {"GT", "GQ", "DP", "AD", "VAF", "PL"}, .reference_filter = "RefCall"},
      {.name = "GLnexus", .fields = {"GT", "DP", "AD", "GQ", "PL", "RNC"}, .info = {"AQ=40"}, .filter = "."},
      {.name = "DRAGEN, gVCF",
       .fields = {"GT", "AD", "AF", "DP", "GQ", "PL", "GP", "SPL", "ICNT", "SB"},
       .info = {"DP=40", "MQ=60.00"},
       .alternative = "<NON_REF>",
       .reference_fields = {"GT", "AD", "DP", "GQ", "MIN_DP", "PL", "SPL", "ICNT"},
       .has_blocks = true},
      {.name = "Strelka2, genome VCF",
       .fields = {"GT", "GQ", "GQX", "DP", "DPF", "AD", "ADF", "ADR", "FT", "PL"},
       .info = {"MQ=60.00"},
       .reference_fields = {"GT", "GQX", "DP", "DPF", "MIN_DP"},
       .has_blocks = true,
       .drops_alternatives = true},
      {.name = "Strelka2, indels",
       .fields = {"GT", "GQ", "GQX", "DPI", "AD", "ADF", "ADR", "FT", "PL"},
       .info = {"MQ=60.00"}},
      {.name = "freebayes",
       .fields = {"GT", "DP", "AD", "RO", "QR", "AO", "QA", "GL"},
       .info = {"DP=40"},
       .filter = ".",
       .reference_filter = "."},
      {.name = "bcftools call",
       .fields = {"GT", "PL"},
       .info = {"DP=40", "MQ=60.00"},
       .filter = ".",
       .reference_filter = ".",
       .reference_fields = {"GT"},
       .drops_alternatives = true},
      {.name = "Clair3",
       .fields = {"GT", "GQ", "DP", "AD", "AF"},
       .reference_filter = "RefCall",
       .reference_fields = {"GT", "GQ", "DP"},
       .drops_alternatives = true},
      {.name = "Octopus", .fields = {"GT", "GQ", "DP", "MQ", "PQ", "FT"}, .info = {"DP=40"}},
      {.name = "Ion Torrent", .fields = {"GT", "GQ", "DP", "FDP", "RO", "FRO", "AO", "FAO"}, .info = {"DP=40"}},
      {.name = "imputed", .fields = {"GT", "DS", "GP"}, .info = {"IMP"}},
      {.name = "an array", .fields = {"GT", "BAF", "LRR"}, .filter = ".", .reference_filter = "."},
  };
}

namespace dialect {

inline std::string header_of(const CallerDialect& dialect, const std::vector<WrittenRecord>& records) {
  std::string text =
      "##fileformat=VCFv4.3\n##INFO=<ID=END,Number=1,Type=Integer,Description=\"\">\n"
      "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"\">\n##INFO=<ID=MQ,Number=1,Type=Float,Description=\"\">\n"
      "##INFO=<ID=AQ,Number=A,Type=Integer,Description=\"\">\n##INFO=<ID=IMP,Number=0,Type=Flag,Description=\"\">\n"
      "##FILTER=<ID=RefCall,Description=\"\">\n##ALT=<ID=NON_REF,Description=\"\">\n";
  std::set<std::string> names(dialect.fields.begin(), dialect.fields.end());
  names.insert(dialect.reference_fields.begin(), dialect.reference_fields.end());
  for (const std::string& name : names) {
    const DialectField& field = dialect_fields().at(name);
    text += "##FORMAT=<ID=" + name + ",Number=" + field.number + ",Type=" + field.type + ",Description=\"\">\n";
  }
  std::set<std::string> contigs;
  for (const WrittenRecord& record : records) {
    const std::string length =
        record.contig == genomics::mitochondrion ? ",length=" + std::to_string(genomics::rcrs_length) : "";
    if (contigs.insert(record.contig).second) text += "##contig=<ID=" + record.contig + length + ">\n";
  }
  return text;
}

inline std::string sample_of(const WrittenGenotype& genotype, const std::vector<std::string>& fields,
                             std::size_t alleles) {
  const bool unread = genotype.alleles[0] == WrittenGenotype::unread;
  std::string text;
  for (const std::string& name : fields) {
    const bool told = !unread || name == "GT";
    const std::string value = told ? dialect_fields().at(name).text(genotype, alleles) : name == "RNC" ? "MM" : ".";
    text += (text.empty() ? "" : ":") + value;
  }
  return text;
}

/// Without alternatives that nobody has but the dialect's own, and as a block where it has such.
inline WrittenRecord in_dialect(WrittenRecord record, const CallerDialect& dialect) {
  if (record.is_reference()) {
    if (dialect.drops_alternatives || dialect.has_blocks) record.alleles.resize(1);
    if (dialect.has_blocks) {
      record.block_end = record.end();
      record.alleles[0].resize(1);
    }
  }
  if (!dialect.alternative.empty()) record.alleles.push_back(dialect.alternative);
  return record;
}

}  // namespace dialect

/// The lines of records by place, as the caller writes them; contigs in genome order.
inline std::string text_of(std::vector<WrittenRecord> records, const std::vector<std::string>& samples,
                           const CallerDialect& dialect = {}) {
  std::ranges::stable_sort(records, {}, [](const WrittenRecord& record) {
    return std::tuple{genomics::contig_rank(record.contig), record.contig, record.position};
  });
  std::string text = dialect::header_of(dialect, records) + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
  for (const std::string& sample : samples) text += "\t" + sample;
  text += "\n";
  for (const WrittenRecord& given : records) {
    const WrittenRecord record = dialect::in_dialect(given, dialect);
    const bool is_reference = given.is_reference();
    std::vector<std::string> info = dialect.info;
    if (record.block_end > 0) info = {"END=" + std::to_string(record.block_end)};
    for (std::string& entry : info) {
      for (std::size_t k = 2; entry.starts_with("AQ=") && k < record.alleles.size(); ++k) entry += ",40";
    }
    std::string written;
    for (const std::string& entry : info) written += (written.empty() ? "" : ";") + entry;
    const std::vector<std::string>& fields =
        is_reference && !dialect.reference_fields.empty() ? dialect.reference_fields : dialect.fields;
    text += record.contig + "\t" + std::to_string(record.position + 1) + "\t.\t" + record.alleles[0] + "\t" +
            dialect::listed(record.alleles, 1) + "\t40\t" + (is_reference ? dialect.reference_filter : dialect.filter) +
            "\t" + (written.empty() ? "." : written);
    for (std::size_t k = 0; k < fields.size(); ++k) text += (k == 0 ? "\t" : ":") + fields[k];
    for (const WrittenGenotype& genotype : record.genotypes) {
      text += "\t" + dialect::sample_of(genotype, fields, record.alleles.size());
    }
    text += "\n";
  }
  return text;
}

}  // namespace stardose::test
