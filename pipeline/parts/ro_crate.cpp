// Entities, flat, each once; https://w3id.org/ro/wfrun/process/0.5 and https://w3id.org/ro/crate/1.1.
#include "pipeline/parts/ro_crate.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "genomics/pseudonyms.h"
#include "pipeline/sinks/file_digest.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* metadata_name = "ro-crate-metadata.json";
constexpr const char* crate_profile = "https://w3id.org/ro/crate/1.1";
constexpr const char* process_profile = "https://w3id.org/ro/wfrun/process/0.5";

Json link(const std::string& id) { return {{"@id", id}}; }

/// Percent-encoding of what a path of an IRI cannot hold (RFC 3986).
std::string encoded(const std::string& path) {
  constexpr std::string_view plain = "-._~/!$&'()*+,;=:@";
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (byte < 0x80 && std::isalnum(byte) != 0) || plain.find(c) != std::string_view::npos;
    text += is_plain ? std::string{c} : fmt::format("%{:02X}", byte);
  }
  return text;
}

const char* format_of(const fs::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".tsv") return "text/tab-separated-values";
  if (ending == ".html") return "text/html";
  if (ending == ".json") return "application/json";
  if (ending == ".yml" || ending == ".yaml") return "application/yaml";
  if (ending == ".pdf") return "application/pdf";
  return "application/octet-stream";
}

Json file_json(const std::string& id, const fs::path& path) {
  return {{"@id", id},
          {"@type", "File"},
          {"name", path.filename().string()},
          {"encodingFormat", format_of(path)},
          {"contentSize", std::to_string(fs::file_size(path))},
          {"sha256", file_sha256(path.string())}};
}

/// Files of the results as they are called within the folder, in order.
std::vector<std::string> result_files(const fs::path& folder) {
  std::vector<std::string> names;
  const auto add = [&](const fs::path& within) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{folder / within, error}) {
      if (!entry.is_regular_file()) continue;
      const std::string name = entry.path().filename().string();
      const bool is_result = name != metadata_name && name != "resume.journal" && !name.starts_with('.');
      if (is_result) names.push_back((within / name).string());
    }
  };
  for (const char* within : {"", "report", "multiqc"}) add(within);
  std::ranges::sort(names);
  return names;
}

/// A crate as it grows.
class Crate {
 public:
  /// Adds an entity and returns the link to it.
  Json add(Json entity) {
    Json its_link = link(entity.at("@id"));
    graph_.push_back(std::move(entity));
    return its_link;
  }

  [[nodiscard]] std::string text() const {
    const Json document = {{"@context", std::string{crate_profile} + "/context"}, {"@graph", graph_}};
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  Json graph_ = Json::array();
};

/// What the run was made of: files that are still there (a pipe is not), the catalogue, the settings.
Json add_objects(const PgxSetup& setup, const RunPart& part, Crate& crate) {
  Json objects = Json::array();
  std::vector<std::string> paths;
  for (const Json* inputs : {&part.variant_inputs, &part.alignment_inputs}) {
    for (const Json& input : *inputs) paths.push_back(input.at("path"));
  }
  const PgxJob& job = setup.job;
  paths.insert(paths.end(), job.calling.outside_calls.begin(), job.calling.outside_calls.end());
  paths.insert(paths.end(), {job.patients.covariates, job.patients.polygenic, job.features.features,
                             job.medications.medications_file, job.output.truth, job.input.reference});
  std::vector<std::string> seen;
  for (const std::string& path : paths) {
    std::error_code error;
    const bool is_new = std::ranges::find(seen, path) == seen.end();
    const bool is_shown = genomics::shown_path(path) == path;
    if (path.empty() || !is_new || !is_shown || !fs::is_regular_file(path, error)) continue;
    seen.push_back(path);
    objects.push_back(crate.add(file_json("file://" + encoded(fs::absolute(path).lexically_normal().string()), path)));
  }
  const pharmaco::Release& release = setup.knowledge.release;
  objects.push_back(crate.add({{"@id", "#catalogue"},
                               {"@type", "CreativeWork"},
                               {"name", "StarDose catalogue"},
                               {"version", release.name},
                               {"dateModified", release.date},
                               {"sha256", release.digest}}));
  objects.push_back(crate.add({{"@id", "#settings"},
                               {"@type", "CreativeWork"},
                               {"name", "the settings that decide, as a workflow file of stardose run"},
                               {"encodingFormat", "application/yaml"},
                               {"text", job.workflow}}));
  return objects;
}

}  // namespace

void write_ro_crate(const PgxSetup& setup, const RunPart& part, bool clock) {
  const PgxJob& job = setup.job;
  const fs::path folder{job.output.folder};
  Crate crate;
  crate.add(
      {{"@id", metadata_name}, {"@type", "CreativeWork"}, {"conformsTo", link(crate_profile)}, {"about", link("./")}});
  const auto now = fmt::gmtime(std::time(nullptr));
  Json results = Json::array();
  for (const std::string& name : result_files(folder))
    results.push_back(crate.add(file_json(encoded(name), folder / name)));
  crate.add({{"@id", "./"},
             {"@type", "Dataset"},
             {"name", "Results of stardose run"},
             {"description", fmt::format("Pharmacogenomic calls and guidance for {} sample(s) on {}; decision support "
                                         "for professionals, not a medical device",
                                         part.samples.size(), part.assembly)},
             {"datePublished", clock ? fmt::format("{:%Y-%m-%d}", now) : setup.knowledge.release.date},
             {"license", "unspecified: these are results of persons; the catalogue's terms are in every report"},
             {"conformsTo", Json::array({link(process_profile)})},
             {"hasPart", results},
             {"mentions", link("#run")}});
  crate.add({{"@id", process_profile}, {"@type", "CreativeWork"}, {"name", "Process Run Crate"}, {"version", "0.5"}});
  crate.add({{"@id", "#stardose"},
             {"@type", "SoftwareApplication"},
             {"name", "StarDose"},
             {"softwareVersion", job.program_version}});
  Json action = {{"@id", "#run"},
                 {"@type", "CreateAction"},
                 {"name", "stardose run"},
                 {"instrument", link("#stardose")},
                 {"object", add_objects(setup, part, crate)},
                 {"result", results},
                 {"actionStatus", "http://schema.org/CompletedActionStatus"}};
  if (clock) action["endTime"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", now);
  crate.add(std::move(action));
  write_file((folder / metadata_name).string(), crate.text(), true);
}

}  // namespace stardose::pipeline
