// shard.json, there and back.
#include "pipeline/parts/shard_document.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "genomics/basics/json_nesting.h"
#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pipeline/parts/part_json.h"
#include "pipeline/provenance.h"
#include "pipeline/sinks/file_digest.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using Json = nlohmann::ordered_json;

constexpr const char* schema = "stardose/shard/1.2";
std::vector<std::string> dosage_files(const OutputOptions& output) {
  if (std::ranges::find(output.write, "dosages") == output.write.end()) return {};
  if (output.dosage_sites == "catalogue") return {"dosages.tsv"};
  return {"dosages.bed", "dosages.bim", "dosages.fam"};
}

/// Of the document without it: what merging believes was not edited by hand.
std::string digest_of(const Json& document) {
  genomics::Sha256 sha;
  sha.update(document.dump());
  return sha.hex();
}

Json key_json(const ShardKey& key) {
  std::vector<std::string> inputs = key.inputs;
  std::ranges::transform(inputs, inputs.begin(), genomics::shown_path);
  std::map<std::string, std::string> fingerprints;
  for (const auto& [path, print] : key.fingerprints) fingerprints.emplace(genomics::shown_path(path), print);
  return {{"program_version", key.program_version},
          {"catalogue", key.catalogue},
          {"workflow", key.workflow},
          {"inputs", inputs},
          {"fingerprints", fingerprints},
          {"pseudonyms", key.pseudonyms}};
}

ShardKey key_of(const Json& json) {
  ShardKey key;
  json.at("program_version").get_to(key.program_version);
  json.at("catalogue").get_to(key.catalogue);
  json.at("workflow").get_to(key.workflow);
  json.at("inputs").get_to(key.inputs);
  json.at("fingerprints").get_to(key.fingerprints);
  json.at("pseudonyms").get_to(key.pseudonyms);
  return key;
}

Json document_json(const ShardDocument& document) {
  return {{"schema", schema},
          {"key", key_json(document.key)},
          {"shard", {{"number", document.shard.number}, {"count", document.shard.count}}},
          {"pages", document.wanted.html},
          {"files", document.files},
          {"part", part_json(document.part)}};
}

ShardDocument document_of(const Json& json) {
  ShardDocument document{key_of(json.at("key")), {}, {}, part_of_json(json.at("part"))};
  json.at("shard").at("number").get_to(document.shard.number);
  json.at("shard").at("count").get_to(document.shard.count);
  constexpr std::size_t most_shards = 1'000'000;
  const bool is_one_of_them = document.shard.number >= 1 && document.shard.number <= document.shard.count;
  if (!is_one_of_them || document.shard.count > most_shards) throw std::out_of_range{"shard"};
  document.shard.is_asked = true;
  json.at("pages").get_to(document.wanted.html);
  json.at("files").get_to(document.files);
  return document;
}

}  // namespace

ShardKey shard_key(const PgxSetup& setup, const SortedInputs& inputs) {
  const PgxJob& job = setup.job;
  ShardKey key{job.program_version, setup.knowledge.release.digest, job.workflow, inputs.variants.files, {}};
  key.inputs.insert(key.inputs.end(), inputs.alignments.files.begin(), inputs.alignments.files.end());
  for (const std::string& file : inputs.variants.files) {
    std::error_code error;  // what is no file is refused where inputs are opened
    if (std::filesystem::is_regular_file(file, error)) key.fingerprints.emplace(file, content_print(file));
  }
  std::vector<std::string> files;
  files.insert(files.end(), job.calling.outside_calls.begin(), job.calling.outside_calls.end());
  files.insert(files.end(), {job.input.samples_file, job.patients.covariates, job.patients.polygenic,
                             job.features.features, job.medications.medications_file, job.output.truth});
  for (const std::string& file : files) {
    if (!file.empty()) key.fingerprints.emplace(file, content_print(file));
  }
  if (const std::string& reference = inputs.variants.reference; !reference.empty()) {
    // Gigabytes, which their index describes.
    key.fingerprints.emplace(reference, fingerprint(reference));
    if (std::filesystem::exists(reference + ".fai")) {
      key.fingerprints.emplace(reference + ".fai", content_print(reference + ".fai"));
    }
  }
  key.pseudonyms = genomics::pseudonym_key_name();
  return key;
}

void write_shard_document(const OutputOptions& output, ShardDocument document) {
  const std::string& folder = output.folder;
  const auto add = [&](const std::string& name) {
    const std::string path = folder + "/" + name;
    document.files.emplace(name, file_sha256(path));
  };
  const ByTable<bool> tables = document.wanted.tables();
  for (std::size_t k = 0; k < result_tables && !document.part.samples.empty(); ++k) {
    if (tables[k]) add(table_file(k));
  }
  for (const std::string& name : dosage_files(output)) {
    if (std::filesystem::exists(folder + "/" + name)) add(name);
  }
  std::string text;
  try {
    Json json = document_json(document);
    json["sha256"] = digest_of(json);
    text = json.dump(1) + "\n";
  } catch (const Json::type_error&) {
    throw InputError{
        Fault::mismatch,
        {folder, "shard.json",
         "the name of an input, or one in its header, is not UTF-8, and shards must write it down", "rename it"}};
  }
  write_file(folder + "/shard.json", text, true);
}

ShardDocument read_shard_document(const std::string& folder) {
  const std::string path = folder + "/shard.json";
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    const bool is_whole = std::filesystem::exists(folder + "/run.json");
    throw InputError{Fault::input,
                     {folder, "", is_whole ? "holds a whole run, no shard of one" : "holds no finished shard",
                      is_whole ? "give folders of runs with --shard" : "run that shard again, to its end"}};
  }
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  try {
    if (genomics::is_nested_too_deeply(text)) throw std::out_of_range{"nested"};
    Json json = Json::parse(text);
    if (json.at("schema") == schema) {
      const std::string digest = json.at("sha256");
      json.erase("sha256");
      if (digest_of(json) != digest) throw std::out_of_range{"sha256"};
      return document_of(json);
    }
  } catch (const std::exception&) {
    throw InputError{Fault::input,
                     {path, "", "is no shard.json of ours, or was changed since", "run that shard again"}};
  }
  throw InputError{Fault::input, {path, "schema", "is not of this version", "merge with the program that made it"}};
}

}  // namespace stardose::pipeline
