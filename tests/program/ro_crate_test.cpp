// ro-crate-metadata.json beside the results: what RO-Crate 1.1 and the Process Run Crate 0.5 ask for.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "genomics/basics/sha256.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

using Json = nlohmann::json;

const std::string samples = STARDOSE_SOURCE_DIR "/data-samples";

std::string sha256_of(const std::string& bytes) {
  genomics::Sha256 sha;
  sha.update(bytes);
  return sha.hex();
}

/// Entities by @id; each must be there once.
std::map<std::string, Json> entities_of(const std::string& folder) {
  const Json document = Json::parse(file_text(folder + "/ro-crate-metadata.json"));
  CHECK(document.at("@context") == "https://w3id.org/ro/crate/1.1/context");
  std::map<std::string, Json> entities;
  for (const Json& entity : document.at("@graph")) CHECK(entities.emplace(entity.at("@id"), entity).second);
  return entities;
}

/// Everything that is linked is described.
void check_links(const std::map<std::string, Json>& entities) {
  const auto check = [&](const Json& link) {
    const std::string id = link.at("@id");
    CAPTURE(id);
    CHECK((entities.contains(id) || id == "https://w3id.org/ro/crate/1.1" || id.starts_with("http://schema.org/")));
  };
  for (const auto& [id, entity] : entities) {
    for (const auto& [key, value] : entity.items()) {
      if (value.is_object()) check(value);
      for (const Json& one : value.is_array() ? value : Json::array()) {
        if (one.is_object()) check(one);
      }
    }
  }
}

}  // namespace

TEST_CASE("A run that is asked for it describes its inputs and results as a Process Run Crate") {
  const TempFolder folder;
  const std::string out = folder / "out";
  const std::vector<std::string> job{"run",
                                     "--input",
                                     samples + "/family.vcf.gz",
                                     "--samples",
                                     "mother,son",
                                     "--outside-calls",
                                     samples + "/outside_calls.tsv",
                                     "--ro-crate",
                                     "-o",
                                     out};
  REQUIRE(run_program(job).exit_code == 0);
  const auto entities = entities_of(out);
  check_links(entities);

  const Json& metadata = entities.at("ro-crate-metadata.json");
  CHECK(metadata.at("@type") == "CreativeWork");
  CHECK(metadata.at("about").at("@id") == "./");
  CHECK(metadata.at("conformsTo").at("@id") == "https://w3id.org/ro/crate/1.1");
  const Json& root = entities.at("./");
  CHECK(root.at("@type") == "Dataset");
  CHECK(root.at("conformsTo").at(0).at("@id") == "https://w3id.org/ro/wfrun/process/0.5");
  for (const char* key : {"name", "description", "datePublished", "license"}) CHECK(root.contains(key));
  CHECK(root.at("mentions").at("@id") == "#run");

  const Json& action = entities.at("#run");
  CHECK(action.at("@type") == "CreateAction");
  CHECK_FALSE(action.contains("endTime"));
  const Json& program = entities.at(action.at("instrument").at("@id"));
  CHECK(program.at("@type") == "SoftwareApplication");
  CHECK(program.contains("softwareVersion"));
  CHECK(action.at("result") == root.at("hasPart"));
  std::vector<std::string> results;
  for (const Json& result : action.at("result")) {
    const Json& file = entities.at(result.at("@id"));
    const std::string bytes = file_text(out + "/" + std::string{file.at("@id")});
    CHECK(file.at("@type") == "File");
    CHECK(file.at("contentSize") == std::to_string(bytes.size()));
    CHECK(file.at("sha256") == sha256_of(bytes));
    results.push_back(file.at("@id"));
  }
  std::vector<std::string> written = files_below(out);
  std::erase(written, "ro-crate-metadata.json");
  CHECK(results == written);
  std::vector<std::string> objects;
  for (const Json& object : action.at("object")) objects.push_back(object.at("@id"));
  const std::string input = std::filesystem::canonical(samples + "/family.vcf.gz").string();
  CHECK(
      std::ranges::any_of(objects, [&](const std::string& id) { return id.ends_with("data-samples/family.vcf.gz"); }));
  for (const std::string& id : objects) {
    if (id.ends_with("/family.vcf.gz")) CHECK(entities.at(id).at("sha256") == sha256_of(file_text(input)));
  }
  CHECK(entities.at("#settings").at("text").get<std::string>().find("samples: [mother, son]") != std::string::npos);
  CHECK(entities.at("#catalogue").contains("version"));
}

TEST_CASE("A crate tells the clock only when that is asked for, and names files as IRIs") {
  const TempFolder folder;
  const std::string bytes = file_text(samples + "/family.vcf.gz");
  const std::string input = folder.write("a b%.vcf.gz", bytes);
  REQUIRE(run_program({"run", "--input", input, "--write", "calls", "--ro-crate", "--timestamps", "-o", folder / "out"})
              .exit_code == 0);
  const auto entities = entities_of(folder / "out");
  CHECK(entities.at("#run").contains("endTime"));
  CHECK(entities.contains("file://" + folder.path() + "/a%20b%25.vcf.gz"));
}

}  // namespace stardose::tests
