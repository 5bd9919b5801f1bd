// Ways to write the same records: what callers, bcftools norm and people who join files make of them.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/builders/written_people.h"

namespace stardose::test {

using Records = std::vector<WrittenRecord>;

/// Bases of the reference, as far as records tell them; between them each is made up, and always the same.
class ToldReference {
 public:
  explicit ToldReference(const Records& records) {
    for (const WrittenRecord& record : records) {
      for (std::size_t k = 0; k < record.alleles[0].size(); ++k) {
        bases_[{record.contig, record.position + static_cast<std::int64_t>(k)}] = record.alleles[0][k];
      }
    }
  }
  [[nodiscard]] std::string bases(const std::string& contig, std::int64_t begin, std::int64_t end) const {
    std::string text;
    for (std::int64_t at = begin; at < end; ++at) {
      const auto told = bases_.find({contig, at});
      text += told == bases_.end() ? "ACGT"[static_cast<std::size_t>(at * 2654435761 / 65536 % 4)] : told->second;
    }
    return text;
  }

 private:
  std::map<std::pair<std::string, std::int64_t>, char> bases_;
};

/// Each allele gets a new number; those that get -1 must not be carried.
inline WrittenRecord renumbered(const WrittenRecord& record, const std::vector<int>& numbers) {
  WrittenRecord result = record;
  result.alleles.resize(static_cast<std::size_t>(*std::ranges::max_element(numbers)) + 1);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (numbers[k] >= 0) result.alleles[static_cast<std::size_t>(numbers[k])] = record.alleles[k];
  }
  for (WrittenGenotype& genotype : result.genotypes) {
    for (int& allele : genotype.alleles) {
      if (allele >= 0) allele = numbers[static_cast<std::size_t>(allele)];
    }
  }
  return result;
}

/// As a caller writes it who lists what somebody has.
inline Records only_carried(const Records& records) {
  Records result;
  for (const WrittenRecord& record : records) {
    std::vector<int> numbers{0};
    int next = 1;
    for (std::size_t k = 1; k < record.alleles.size(); ++k) {
      numbers.push_back(record.is_carried(static_cast<int>(k)) ? next++ : -1);
    }
    result.push_back(renumbered(record, numbers));
  }
  return result;
}

/// The last alternative first.
inline Records turned(const Records& records) {
  Records result;
  for (const WrittenRecord& record : records) {
    std::vector<int> numbers{0};
    for (std::size_t k = 1; k < record.alleles.size(); ++k)
      numbers.push_back(static_cast<int>(record.alleles.size() - k));
    result.push_back(renumbered(record, numbers));
  }
  return result;
}

/// One more alternative that nobody has.
inline Records with_more(const Records& records, const std::string& alternative) {
  Records result = records;
  for (WrittenRecord& record : result) record.alleles.push_back(alternative);
  return result;
}

enum class OtherAlternatives { reference, unread, star };  // what a record of one alternative says of the others

/// A record for each alternative: `norm -m-`, with its `--multi-overlaps .`, and `norm --atomize`.
inline Records split(const Records& records, OtherAlternatives others) {
  Records result;
  for (const WrittenRecord& record : records) {
    if (record.alleles.size() < 3) {
      result.push_back(record);
      continue;
    }
    for (std::size_t k = 1; k < record.alleles.size(); ++k) {
      WrittenRecord one = record;
      one.alleles = {record.alleles[0], record.alleles[k]};
      if (others == OtherAlternatives::star) one.alleles.emplace_back("*");
      for (WrittenGenotype& genotype : one.genotypes) {
        for (int& allele : genotype.alleles) {
          if (allele <= 0) continue;
          const int other = others == OtherAlternatives::reference ? 0
                            : others == OtherAlternatives::star    ? 2
                                                                   : WrittenGenotype::unread;
          allele = allele == static_cast<int>(k) ? 1 : other;
        }
      }
      result.push_back(std::move(one));
    }
  }
  return result;
}

/// Some bases of the reference on both sides.
inline Records padded(const Records& records) {
  const ToldReference reference{records};
  Records result = records;
  for (WrittenRecord& record : result) {
    const std::int64_t left = record.position % 4;
    const std::int64_t right = record.position / 4 % 4;
    const std::string before = reference.bases(record.contig, record.position - left, record.position);
    const std::string after = reference.bases(record.contig, record.end(), record.end() + right);
    for (std::string& allele : record.alleles) allele = before + allele + after;
    record.position -= left;
  }
  return result;
}

/// The strands in the other order, of all that is phased; and `1/0` for `0/1`.
inline Records other_strand_first(const Records& records) {
  Records result = records;
  for (WrittenRecord& record : result) {
    for (WrittenGenotype& genotype : record.genotypes) {
      if (genotype.alleles[1] != WrittenGenotype::none) std::swap(genotype.alleles[0], genotype.alleles[1]);
    }
  }
  return result;
}

/// Two copies of the one that there is, as many callers write X of men and the mitochondrion.
inline Records doubled(const Records& records, const std::string& contig) {
  Records result = records;
  for (WrittenRecord& record : result) {
    for (WrittenGenotype& genotype : record.genotypes) {
      if (record.contig == contig && genotype.alleles[1] == WrittenGenotype::none)
        genotype.alleles[1] = genotype.alleles[0];
    }
  }
  return result;
}

/// Each record twice, as where overlapping pieces of a file were joined.
inline Records repeated(const Records& records) {
  Records result;
  for (const WrittenRecord& record : records) result.insert(result.end(), 2, record);
  return result;
}

/// The records of some of the people: every `step`-th from the one of this number.
inline Records of_people(const Records& records, std::size_t first, std::size_t step) {
  Records result = records;
  for (WrittenRecord& record : result) {
    std::vector<WrittenGenotype> kept;
    for (std::size_t k = first; k < record.genotypes.size(); k += step) kept.push_back(record.genotypes[k]);
    record.genotypes = std::move(kept);
  }
  return result;
}

/// One person's records as a gVCF: what is reference is in blocks, with what lies between. Records by place.
inline Records in_blocks(const Records& records) {
  Records result;
  for (const WrittenRecord& record : records) {
    if (!record.is_reference()) {
      result.push_back(record);
      continue;
    }
    const bool goes_on = !result.empty() && result.back().block_end > 0 && result.back().contig == record.contig &&
                         result.back().genotypes[0].alleles == record.genotypes[0].alleles;
    if (!goes_on) {
      result.push_back(record);
      result.back().alleles = {record.alleles[0].substr(0, 1), "<NON_REF>"};
    }
    result.back().block_end = std::max(result.back().block_end, record.end());
  }
  return result;
}

/// Neighbouring bases of phased people as one record, an alternative for each haplotype that somebody has; only where
/// both vary, since a record says nothing of bases that are the same in all its alleles.
inline Records neighbours_joined(const Records& records) {
  const auto is_base = [](const WrittenRecord& record) {
    return std::ranges::all_of(record.alleles, [](const std::string& allele) { return allele.size() == 1; });
  };
  const auto varies = [](const WrittenRecord& record) {
    return !record.is_reference() && !record.is_carried(WrittenGenotype::unread);
  };
  Records result;
  for (const WrittenRecord& record : records) {
    WrittenRecord* const before = result.empty() ? nullptr : &result.back();
    const bool joins = before != nullptr && before->contig == record.contig && before->end() == record.position &&
                       is_base(record) && varies(*before) && varies(record) &&
                       std::ranges::all_of(before->alleles, [&](const std::string& allele) {
                         return allele.size() == before->alleles[0].size();
                       });
    if (!joins) {
      result.push_back(record);
      continue;
    }
    WrittenRecord joined = *before;
    joined.alleles = {before->alleles[0] + record.alleles[0]};
    for (std::size_t person = 0; person < record.genotypes.size(); ++person) {
      for (std::size_t strand = 0; strand < 2; ++strand) {
        const int first = before->genotypes[person].alleles[strand];
        const int second = record.genotypes[person].alleles[strand];
        if (first == WrittenGenotype::none) continue;
        const std::string bases =
            before->alleles[static_cast<std::size_t>(first)] + record.alleles[static_cast<std::size_t>(second)];
        auto at = std::ranges::find(joined.alleles, bases);
        if (at == joined.alleles.end()) at = joined.alleles.insert(joined.alleles.end(), bases);
        joined.genotypes[person].alleles[strand] = static_cast<int>(at - joined.alleles.begin());
      }
    }
    *before = std::move(joined);
  }
  return result;
}

/// On the other assembly; without records whose place there is not known.
inline Records on_grch37(const Records& records) {
  Records result;
  for (const WrittenRecord& record : records) {
    if (!record.grch37) continue;
    std::vector<int> numbers;
    for (std::size_t k = 0; k < record.alleles.size(); ++k) {
      numbers.push_back(genomics::written_number(static_cast<std::uint8_t>(k), record.grch37->base));
    }
    result.push_back(renumbered(record, numbers));
    result.back().position = record.grch37->position;
  }
  return result;
}

/// The records of every other contig.
inline Records of_contigs(const Records& records, bool odd) {
  Records result;
  for (const WrittenRecord& record : records) {
    if ((genomics::contig_rank(record.contig) % 2 == 1) == odd) result.push_back(record);
  }
  return result;
}

/// Every other record.
inline Records every_other(const Records& records, bool odd) {
  Records result;
  for (std::size_t k = odd ? 1 : 0; k < records.size(); k += 2) result.push_back(records[k]);
  return result;
}

}  // namespace stardose::test
