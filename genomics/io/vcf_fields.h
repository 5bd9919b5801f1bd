// What a VCF's header, or the specification where the header is silent, says of INFO and FORMAT fields.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stardose::genomics {

enum class FieldType : std::uint8_t { integer, real, flag, character, text };

/// How many values a field has. `any`: not said, or counted by what is not looked at (VCF 4.5's M).
enum class FieldNumber : std::uint8_t {
  fixed,
  each_alternative,
  each_allele,
  each_genotype,
  each_copy,               ///< of the sample's genotype (P)
  each_local_alternative,  ///< that LAA names (LA)
  each_local_allele,       ///< REF, too (LR)
  each_local_genotype,     ///< of them (LG)
  two_each_alternative,    ///< this and the next three the specification says in words alone
  four_each_alternative,
  each_repeat,  ///< sequence of a tandem repeat, as RN counts them
  two_each_repeat,
  any
};

/// What a value must look like.
enum class FieldForm : std::uint8_t {
  any,
  cigar,
  share,               ///< at most 1
  claim,               ///< SVCLAIM
  interval,            ///< pairs of bounds that 0 lies between
  phase_sets,          ///< PSL
  local_alternatives,  ///< LAA
};

struct FieldKind {
  FieldNumber number = FieldNumber::any;
  int count = 0;  ///< with FieldNumber::fixed
  FieldType type = FieldType::text;
  bool can_be_negative = true;
  FieldForm form = FieldForm::any;

  friend bool operator==(const FieldKind&, const FieldKind&) = default;
};

/// Returns what `Number=TEXT` means; nullopt: nothing.
[[nodiscard]] std::optional<FieldNumber> field_number(std::string_view text, int& count);
/// Returns what `Type=TEXT` means; nullopt: nothing.
[[nodiscard]] std::optional<FieldType> field_type(std::string_view text);

enum class FieldPlace : std::uint8_t { info, format };

/// Takes over from what the specification says of a field that it reserves what a header cannot say.
void add_reserved_rules(FieldPlace place, std::string_view id, int minor_version, FieldKind& declared);

/// Returns what the specification of VCF 4.`minor_version` says of a field that it reserves; nullptr: it does not.
[[nodiscard]] const FieldKind* reserved_field(FieldPlace place, std::string_view id, int minor_version);

/// Returns whether a header may say `declared` of a reserved field: what the specification says, or what programs of
/// the field are known to write instead and mean no harm by (vcf_fields.cpp lists them).
[[nodiscard]] bool is_known_reading(FieldPlace place, std::string_view id, int minor_version,
                                    const FieldKind& declared);

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// What a header declares.
struct VcfDeclarations {
  int minor_version = 0;  ///< of VCF 4
  TextMap<FieldKind> info;
  TextMap<FieldKind> format;
  TextMap<std::int64_t> contigs;  ///< lengths; 0: not said
};

}  // namespace stardose::genomics
