// Pseudonyms, and what goes into a record.
#include "pharmaco/twin/start_twin.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "genomics/basics/sha256.h"
#include "pharmaco/kinetics/kinetic_library.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t block = 64;         // of SHA-256, FIPS 180-4
constexpr std::size_t shown_digits = 12;  // 48 bits: two of a million patients meet with a chance of 0.2 %
constexpr std::size_t longest_pseudonym = 64;

std::string digest_bytes(std::string_view first, std::string_view second) {
  genomics::Sha256 sha;
  sha.update(first);
  sha.update(second);
  const std::vector<unsigned char> bytes = sha.bytes();
  return {bytes.begin(), bytes.end()};
}

/// RFC 2104.
std::string hmac(std::string_view key, std::string_view text) {
  std::string padded = key.size() > block ? digest_bytes(key, {}) : std::string{key};
  padded.resize(block, '\0');
  std::string inner = padded;
  std::string outer = padded;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
  return digest_bytes(outer, digest_bytes(inner, text));
}

std::string hexadecimal(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

/// The alleles of each gene that inputs ask about by name.
std::map<std::string, std::set<std::string>> asked_alleles(const KineticPrior& prior, const DosingLibrary& dosing) {
  std::map<std::string, std::set<std::string>> asked;
  const auto add = [&](const std::vector<DoseInput>& inputs) {
    for (const DoseInput& input : inputs) {
      if (input.kind == DoseInput::Kind::tested) asked[input.gene].insert(input.counted.begin(), input.counted.end());
    }
  };
  add(prior.model->inputs);
  if (!prior.model->anchor) return asked;
  const DosingAlgorithm* algorithm = dosing.find(prior.model->anchor->algorithm);
  if (algorithm == nullptr) return asked;
  for (const DosingAlgorithm* one : dosing.with_others(*algorithm)) add(one->inputs);
  return asked;
}

}  // namespace

std::string pseudonym_of(std::string_view name, std::string_view key) {
  const std::string digest = key.empty() ? digest_bytes("stardose twin\n", name) : hmac(key, name);
  return "p-" + hexadecimal(digest).substr(0, shown_digits);
}

std::string fault_of_pseudonym(std::string_view name) {
  if (name.empty()) return "it is empty";
  if (name.size() > longest_pseudonym) return "it is longer than 64 characters";
  const bool is_plain = std::ranges::all_of(
      name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
  if (!is_plain || name.front() == '.' || name.front() == '-') {
    return "it may have letters, digits, and - _ . after the first";
  }
  return {};
}

TwinState start_twin(const TwinStart& start, const Patient& patient) {
  const KineticModel& model = *start.prior.model;
  const Release& release = start.knowledge.release;
  TwinState state{.patient = start.pseudonym,
                  .drug = start.drug,
                  .model = model.id,
                  .program = start.program,
                  .catalogue = release.name + " of " + release.date + ", SHA-256 " + release.digest};
  if (start.prior.anchored) {
    state.first_dose = FirstDose{start.prior.anchored->algorithm, start.prior.anchored->mg_per_day, "mg/day", {}, {}};
  }
  for (const auto& [name, value] : patient.covariates) {
    if (value.is_known()) state.covariates.emplace(name, value);
  }
  auto asked = asked_alleles(start.prior, start.dosing);
  for (const std::string& symbol : genes_of(model, start.dosing, start.knowledge)) {
    const auto known = patient.genetics.genes.find(symbol);
    if (known == patient.genetics.genes.end()) continue;
    KnownGene gene = known->second;
    gene.result.gene = symbol;
    std::erase_if(gene.tested, [&](const std::string& allele) { return !asked[symbol].contains(allele); });
    state.genetics.genes.emplace(symbol, std::move(gene));
  }
  for (const std::string& rsid : variants_of(model, start.dosing)) {
    const auto known = patient.genetics.genotypes.find(rsid);
    if (known != patient.genetics.genotypes.end()) state.genetics.genotypes.insert(*known);
  }
  return state;
}

}  // namespace stardose::pharmaco
