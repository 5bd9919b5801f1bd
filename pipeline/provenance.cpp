// Building run.json.
#include "pipeline/provenance.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <htslib/hts.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"

namespace stardose::pipeline {

namespace {

using Json = nlohmann::ordered_json;

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

Json fingerprint_json(const std::string& path) {
  const std::string print = fingerprint(path);
  return print.empty() ? Json(nullptr) : Json(print);
}

Json inputs_json(const InputResults& read) {
  Json inputs = Json::array();
  for (const genomics::InputSummary& input : read.cohort.inputs) {
    inputs.push_back({{"path", input.path},
                      {"kind", "variants"},
                      {"fingerprint", fingerprint_json(input.path)},
                      {"index_used", input.counts.used_index},
                      {"records_seen", input.counts.records},
                      {"records_at_catalogue_positions", input.counts.matched}});
  }
  for (const AlignmentSummary& input : read.alignments.files) {
    inputs.push_back({{"path", input.path},
                      {"kind", "alignment"},
                      {"fingerprint", fingerprint_json(input.path)},
                      {"sample", input.sample},
                      {"reads", input.reads},
                      {"duplicates", input.duplicates},
                      {"mean_depth", std::round(input.mean_depth * 100) / 100}});
  }
  return inputs;
}

Json file_json(const std::string& path) {
  if (path.empty()) return nullptr;
  return {{"path", path}, {"fingerprint", fingerprint_json(path)}};
}

Json program_json(const std::string& version) {
  return {{"name", "stardose"}, {"version", version}, {"htslib", hts_version()}};
}

/// Adds when, how long and where, and returns the text.
std::string ended(Json document, double seconds) {
  document["finished"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  document["seconds"] = static_cast<double>(static_cast<long long>(seconds * 1000)) / 1000;
  document["host"] = host_name();
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json failed_json(const std::vector<FailedAlignment>& failed) {
  Json list = Json::array();
  for (const FailedAlignment& each : failed) {
    list.push_back({{"path", each.path},
                    {"sample", each.sample.empty() ? Json(nullptr) : Json(each.sample)},
                    {"why", each.error.what()},
                    {"help", each.error.parts().help}});
  }
  return list;
}

}  // namespace

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
  if (!file) {
    throw genomics::InputError{
        genomics::Fault::input,
        {path, "", "cannot be read again for its fingerprint", "leave inputs in place during a run"}};
  }
  return "sha256-ends:" + sha.hex();
}

std::string run_json(const Provenance& provenance, const pharmaco::Release& release, const InputResults& inputs) {
  const Json document = {
      {"schema", "stardose/run/1.2"},
      {"program", program_json(provenance.program_version)},
      {"catalogue", {{"release", release.name}, {"date", release.date}, {"sha256", release.digest}}},
      {"workflow", provenance.workflow},
      {"assembly", to_string(inputs.cohort.assembly)},
      {"inputs", inputs_json(inputs)},
      {"covariates", file_json(provenance.covariates)},
      {"features", file_json(provenance.features)},
      {"failed", failed_json(inputs.alignments.failed)},
      {"warnings", provenance.warnings},
      {"counts",
       {{"samples", provenance.samples},
        {"genes", provenance.genes},
        {"guidelines", provenance.guidelines},
        {"genes_without_call", provenance.no_calls},
        {"doses", provenance.doses},
        {"doses_refused", provenance.no_doses}}},
  };
  return ended(document, provenance.seconds);
}

std::string run_json(const PolygenicProvenance& provenance) {
  Json inputs = Json::array();
  for (const genomics::InputSummary& input : provenance.inputs) {
    inputs.push_back(
        {{"path", input.path}, {"fingerprint", fingerprint_json(input.path)}, {"records_seen", input.counts.records}});
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
  const Json document = {
      {"schema", "stardose/polygenic-run/1.0"},
      {"program", program_json(provenance.program_version)},
      {"workflow", provenance.workflow},
      {"assembly", provenance.assembly ? Json(to_string(*provenance.assembly)) : Json(nullptr)},
      {"inputs", inputs},
      {"scores", scores},
      {"warnings", provenance.warnings},
      {"counts", {{"samples", provenance.samples}, {"scores", provenance.scores.size()}}},
  };
  return ended(document, provenance.seconds);
}

}  // namespace stardose::pipeline
