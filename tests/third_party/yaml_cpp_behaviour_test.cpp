// What yaml-cpp 0.7 does that config/ relies on or guards against.
#include <doctest/doctest.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/yaml.h>

#include <string>

namespace {

std::string message_of(const std::string& text) {
  try {
    static_cast<void>(YAML::Load(text));
  } catch (const YAML::Exception& error) {
    return error.msg;
  }
  return "";
}

}  // namespace

TEST_CASE("yaml-cpp: a bare star is an alias to an undefined anchor") {
  CHECK(message_of("allele: *2").starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR));
  CHECK(message_of("allele: *").starts_with(YAML::ErrorMsg::ALIAS_NOT_FOUND));
  CHECK(YAML::Load("allele: '*2'")["allele"].as<std::string>() == "*2");
}

TEST_CASE("yaml-cpp: of a repeated key the first wins and both are counted") {
  const YAML::Node node = YAML::Load("a: 1\na: 2\n");
  CHECK(node["a"].as<int>() == 1);
  CHECK(node.size() == 2);
}

TEST_CASE("yaml-cpp: a second document is ignored without a word") {
  const YAML::Node node = YAML::Load("a: 1\n---\na: 2\n");
  CHECK(node["a"].as<int>() == 1);
}

TEST_CASE("yaml-cpp: a leading zero means octal, and no means false") {
  CHECK(YAML::Load("012").as<int>() == 10);
  CHECK(YAML::Load("no").as<bool>() == false);
}

TEST_CASE("yaml-cpp: an empty file is nothing, not an empty map") {
  CHECK(YAML::Load("").IsNull());
  CHECK(YAML::Load("# only a comment\n").IsNull());
}

TEST_CASE("yaml-cpp: a quote that is not closed reaches the end of the file") {
  const YAML::Node node = YAML::Load("a: 'b\nc: d\n");
  CHECK(node.size() == 1);
  CHECK(node["a"].as<std::string>().starts_with("b c: d"));
}

TEST_CASE("yaml-cpp: the lines of a text without a quote are folded into one") {
  CHECK(YAML::Load("a:\n  b\n  c\n")["a"].as<std::string>() == "b c");
}

TEST_CASE("yaml-cpp: control characters are kept as they are") {
  CHECK(YAML::Load("a: b\x04\n")["a"].as<std::string>() == "b\x04");
}

TEST_CASE("yaml-cpp: places count bytes from zero, and tags tell quoted from plain") {
  const YAML::Node node = YAML::Load("a: [\xc3\xa4, 'b']\n");
  CHECK(node["a"][1].Mark().line == 0);
  CHECK(node["a"][1].Mark().column == 8);
  CHECK(node["a"][0].Tag() == "?");
  CHECK(node["a"][1].Tag() == "!");
}

TEST_CASE("yaml-cpp: deep nesting is an exception, not a crash") {
  CHECK_THROWS_AS(static_cast<void>(YAML::Load(std::string(100'000, '['))), YAML::DeepRecursion);
}
