// What CLI11 2.1.2 does that config/ relies on or guards against.
#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

namespace {

const CLI::callback_t keep = [](const CLI::results_t& /*values*/) { return true; };

void parse(CLI::App& app, std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());
  app.parse(arguments);
}

std::string message_of(CLI::App& app, const std::vector<std::string>& arguments) {
  try {
    parse(app, arguments);
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("CLI11: a value in square brackets is split unless extra arguments are off") {
  CLI::App app;
  std::vector<std::string> values;
  CLI::Option* split = app.add_option("--split", values);
  CLI::Option* whole = app.add_option("--whole", keep)->allow_extra_args(false);
  parse(app, {"--split", "[a,b]", "--whole", "[a,b]"});
  CHECK(split->results() == std::vector<std::string>{"a", "b"});
  CHECK(whole->results() == std::vector<std::string>{"[a,b]"});
}

TEST_CASE("CLI11: an option takes the next flag for its value") {
  CLI::App app;
  CLI::Option* folder = app.add_option("--folder", keep)->allow_extra_args(false);
  CLI::Option* flag = app.add_flag("--flag");
  parse(app, {"--folder", "--flag"});
  CHECK(folder->results() == std::vector<std::string>{"--flag"});
  CHECK(flag->count() == 0);
}

TEST_CASE("CLI11: a negated flag gives false, and all givings are kept") {
  CLI::App app;
  CLI::Option* flag = app.add_flag("--index,!--no-index");
  parse(app, {"--index", "--no-index", "--index=maybe"});
  CHECK(flag->results() == std::vector<std::string>{"true", "false", "maybe"});
}

TEST_CASE("CLI11: the wording of its messages, which usage_error reads") {
  CLI::App app;
  app.add_option("-o,--output", keep)->type_name("FOLDER")->allow_extra_args(false);
  CHECK(message_of(app, {"--output"}) == "--output: 1 required FOLDER missing");
  CHECK(message_of(app, {"-o", "a", "-o", "b"}) == "--output: At Most 1 required but received 2");
}

TEST_CASE("CLI11: what it did not expect is left over, an unknown command too") {
  CLI::App app;
  app.require_subcommand(1);
  app.add_subcommand("run");
  CHECK_THROWS_AS(parse(app, {"rnu"}), CLI::RequiredError);
  CHECK(app.remaining(true) == std::vector<std::string>{"rnu"});
  CHECK_THROWS_AS(parse(app, {"run", "--outptu"}), CLI::ExtrasError);
  CHECK(app.remaining(true) == std::vector<std::string>{"--outptu"});
}

TEST_CASE("CLI11: its exit codes are above 100, and a call for help is an exception with code 0") {
  CLI::App app;
  try {
    parse(app, {"--help"});
    FAIL("no exception");
  } catch (const CLI::ParseError& error) {
    CHECK(error.get_exit_code() == 0);
  }
  try {
    parse(app, {"--outptu"});
    FAIL("no exception");
  } catch (const CLI::ParseError& error) {
    CHECK(error.get_exit_code() == 109);
  }
}
