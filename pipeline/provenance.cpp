// Building run.json.
#include "pipeline/provenance.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <htslib/hts.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pipeline/sinks/file_digest.h"

namespace stardose::pipeline {

namespace {

using Json = nlohmann::ordered_json;

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// SHA-256 over the length and the CRC32 of each block (BGZF; SAM 1.6, section 4.1) of a file, which changes with any
/// byte of what it holds; nullopt: it has no such blocks from end to end.
std::optional<std::string> sha256_of_blocks(const std::string& path) {
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, CloseFile> file{std::fopen(path.c_str(), "rb")};
  if (!file) return std::nullopt;
  const int descriptor = fileno(file.get());
  constexpr std::size_t head_bytes = 18;
  constexpr std::size_t tail_bytes = 8;  // CRC32 and length of what is packed
  std::array<unsigned char, tail_bytes + head_bytes> bytes{};
  genomics::Sha256 sha;
  std::uint64_t end = 0;  // of the blocks so far
  for (;;) {
    const std::size_t before = end == 0 ? 0 : tail_bytes;
    const ssize_t count = pread(descriptor, bytes.data(), before + head_bytes, static_cast<off_t>(end - before));
    if (count < static_cast<ssize_t>(before)) return std::nullopt;
    sha.update({reinterpret_cast<const char*>(bytes.data()), before});
    const auto rest = std::span{bytes}.subspan(before, static_cast<std::size_t>(count) - before);
    if (rest.empty()) return end == 0 ? std::nullopt : std::optional{sha.hex()};
    const bool is_block = rest.size() == head_bytes && rest[0] == 0x1F && rest[1] == 0x8B && (rest[3] & 4U) != 0 &&
                          rest[12] == 'B' && rest[13] == 'C' && rest[14] == 2;
    const std::size_t size = rest.size() == head_bytes ? (rest[16] | std::size_t{rest[17]} << 8U) + 1 : 0;
    if (!is_block || size < head_bytes + tail_bytes) return std::nullopt;
    end += size;
  }
}

Json fingerprint_json(const std::string& path) {
  const std::string print = fingerprint(path);
  return print.empty() ? Json(nullptr) : Json(print);
}

Json file_json(const KnownFile& file) {
  if (file.path.empty()) return nullptr;
  return {{"path", file.path}, {"fingerprint", file.fingerprint.empty() ? Json(nullptr) : Json(file.fingerprint)}};
}

Json catalogue_json(const pharmaco::Release& release, const std::string& signer) {
  Json catalogue = {{"release", release.name}, {"date", release.date}, {"sha256", release.digest}};
  if (!signer.empty()) catalogue["signed_by"] = signer;
  return catalogue;
}

Json program_json(const std::string& version) {
  return {{"name", "stardose"}, {"version", version}, {"htslib", hts_version()}};
}

/// Adds when, how long and where, if that is wanted, and returns the text.
std::string ended(Json document, const std::optional<RunClock>& clock) {
  if (clock) {
    document["finished"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    document["seconds"] = static_cast<double>(static_cast<long long>(clock->seconds * 1000)) / 1000;
    document["host"] = host_name();
  }
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<std::string> warnings_of(const Provenance& provenance, const RunPart& part) {
  std::vector<std::string> all = part.variant_warnings;
  for (const auto& [site, warning] : part.unaligned) all.push_back(warning);
  all.insert(all.end(), part.alignment_warnings.begin(), part.alignment_warnings.end());
  all.insert(all.end(), provenance.warnings.begin(), provenance.warnings.end());
  for (const auto& of_gene : part.gene_warnings) {
    for (const GeneWarning& warning : of_gene) all.push_back(warning.text);
  }
  for (const auto& [column, warning] : part.empty_features) all.push_back(warning);
  std::ranges::transform(all, all.begin(), genomics::without_paths);
  return all;
}

/// Says whose pseudonyms the samples' names are, if they are.
void add_key(Json& document) {
  if (genomics::pseudonyms_in_use()) document["pseudonyms"] = genomics::pseudonym_key_name();
}

Json inputs_of(const RunPart& part) {
  Json inputs = part.variant_inputs;
  for (const Json& input : part.alignment_inputs) inputs.push_back(input);
  return inputs;
}

}  // namespace

KnownFile::KnownFile(std::string its_path) : path{std::move(its_path)} {
  if (!path.empty()) fingerprint = pipeline::fingerprint(path);
}

std::string fingerprint(const std::string& path) {
  // A pipe was read to its end and must not be opened again.
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return {};
  constexpr std::streamoff piece = 1 << 20;
  std::ifstream file{path, std::ios::binary | std::ios::ate};
  const std::streamoff size = file.tellg();
  genomics::Sha256 sha;
  sha.update(std::to_string(size) + "\n");
  const auto add = [&](std::streamoff from, std::streamoff count) {
    std::string bytes(static_cast<std::size_t>(count), '\0');
    file.seekg(from);
    file.read(bytes.data(), count);
    sha.update(bytes);
  };
  if (size > 0) add(0, std::min(size, piece));
  if (size > piece) add(std::max(piece, size - piece), size - std::max(piece, size - piece));
  if (!file || size < 0) {  // a failing tellg says nothing to the stream
    throw genomics::InputError{genomics::Fault::input,
                               {path, "", "cannot be read for its fingerprint", "leave inputs in place during a run"}};
  }
  return "sha256-ends:" + sha.hex();
}

std::string content_print(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    throw genomics::InputError{genomics::Fault::usage,
                               {path, "", "is no regular file, and so cannot be known again",
                                "give a file to runs that are resumed or in shards"}};
  }
  const auto blocks = sha256_of_blocks(path);
  return blocks ? "sha256-blocks:" + *blocks : "sha256:" + file_sha256(path);
}

std::string run_json(const Provenance& provenance, const pharmaco::Release& release, const RunPart& part) {
  Json document = {
      {"schema", "stardose/run/1.3"},
      {"program", program_json(provenance.program_version)},
      {"catalogue", catalogue_json(release, provenance.catalogue_signer)},
      {"workflow", provenance.workflow},
      {"assembly", part.assembly},
      {"inputs", inputs_of(part)},
      {"covariates", file_json(provenance.covariates)},
      {"features", file_json(provenance.features)},
      {"failed", part.failed},
      {"warnings", warnings_of(provenance, part)},
      {"counts",
       {{"samples", part.samples.size()},
        {"genes", part.genes.size()},
        {"guidelines", provenance.guidelines},
        {"genes_without_call", part.no_calls()},
        {"doses", part.samples.size() * provenance.doses_a_sample},
        {"doses_refused", part.no_doses()}}},
  };
  add_key(document);
  return ended(std::move(document), provenance.clock);
}

std::string run_json(const PolygenicProvenance& provenance) {
  Json inputs = Json::array();
  for (const genomics::InputSummary& input : provenance.inputs) {
    inputs.push_back({{"path", genomics::shown_path(input.path)},
                      {"fingerprint", fingerprint_json(input.path)},
                      {"records_seen", input.counts.records}});
  }
  Json scores = Json::array();
  for (const PolygenicProvenance::Score& score : provenance.scores) {
    scores.push_back({{"score", score.name},
                      {"path", score.file},
                      {"fingerprint", fingerprint_json(score.file)},
                      {"variants", score.variants},
                      {"variants_scored", score.scored},
                      {"accepted", score.accepted}});
  }
  std::vector<std::string> warnings = provenance.warnings;
  std::ranges::transform(warnings, warnings.begin(), genomics::without_paths);
  Json document = {
      {"schema", "stardose/polygenic-run/1.1"},
      {"program", program_json(provenance.program_version)},
      {"workflow", provenance.workflow},
      {"assembly", provenance.assembly ? Json(to_string(*provenance.assembly)) : Json(nullptr)},
      {"inputs", inputs},
      {"scores", scores},
      {"warnings", warnings},
      {"counts", {{"samples", provenance.samples}, {"scores", provenance.scores.size()}}},
  };
  add_key(document);
  return ended(std::move(document), provenance.clock);
}

}  // namespace stardose::pipeline
