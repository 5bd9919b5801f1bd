// Sample names as file names.
#include "pipeline/sinks/file_name.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <initializer_list>
#include <map>
#include <random>
#include <string>

using stardose::pipeline::file_name_of;

TEST_CASE("plain names stay, anything else is encoded") {
  CHECK(file_name_of("NA12878") == "NA12878");
  CHECK(file_name_of("a_b-c.d") == "a_b-c.d");
  CHECK(file_name_of("a b") == "a%20b");
  CHECK(file_name_of("100%") == "100%25");
  CHECK(file_name_of("\xc3\xa4") == "%C3%A4");
  CHECK(file_name_of("a~b") == "a%7Eb");
  CHECK(file_name_of("index") == "%69ndex");  // index.html is the cohort's
  CHECK(file_name_of("index2") == "index2");
  CHECK(file_name_of("P1.fhir") == "P1%2Efhir");  // P1.fhir.json is P1's
  CHECK(file_name_of("P1.fhir.x") == "P1.fhir.x");
}

TEST_CASE("no name leaves its folder or hides") {
  for (const char* name : {"..", ".", "../../etc/passwd", "/etc/passwd", "a/../../b", "..\\b", ".hidden", "a\n/b"}) {
    const std::string file = file_name_of(name);
    INFO(name << " -> " << file);
    CHECK(file.find('/') == std::string::npos);
    CHECK(file.find('\\') == std::string::npos);
    CHECK(file.front() != '.');
    CHECK((std::filesystem::path{"/x/y"} / file).lexically_normal().parent_path() == "/x/y");
  }
}

TEST_CASE("a long name is short enough for any file system, and still its own") {
  std::map<std::string, std::string> names;
  for (const char end : {'a', 'b', '/'}) {
    for (const std::size_t size : {179U, 180U, 181U, 255U, 10'000U}) {
      const std::string sample = std::string(size, 'x') + end;
      const std::string file = file_name_of(sample);
      CHECK(file.size() <= 180);
      CHECK(names.emplace(file, sample).second);
    }
  }
}

TEST_CASE("a name that looks like another's shortened one has a file of its own") {
  const std::string shortened = file_name_of(std::string(300, 'x'));
  CHECK(file_name_of(shortened) != shortened);
}

TEST_CASE("no two random names share a file") {
  std::mt19937 random{17};
  const std::string letters{"aA.%2E0/~_-\\ \xc3\x00", 14};
  std::map<std::string, std::string> names;
  for (int round = 0; round < 50'000; ++round) {
    std::string sample;
    for (auto size = 1 + random() % 6; size > 0; --size) sample += letters[random() % letters.size()];
    const std::string file = file_name_of(sample);
    const auto [at, is_new] = names.emplace(file, sample);
    REQUIRE(at->second == sample);
    REQUIRE(file.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-%~") ==
            std::string::npos);
  }
}
