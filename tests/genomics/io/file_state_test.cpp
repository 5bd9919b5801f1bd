// Files that change while they are read.
#include "genomics/io/file_state.h"

#include <doctest/doctest.h>
#include <utime.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "genomics/input_error.h"
#include "genomics/trail.h"
#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::TempFolder;

namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) { std::ofstream{path, std::ios::trunc} << text; }

void make_older(const std::string& path) {
  const utimbuf times{1, 1};
  REQUIRE(utime(path.c_str(), &times) == 0);
}

}  // namespace

TEST_CASE("a file that nobody touched is as it was, and what is no file has nothing to compare") {
  const TempFolder folder;
  write(folder / "a", "one");
  const FileState state{folder / "a"};
  state.refuse_change();
  FileState{"-"}.refuse_change();
  FileState{folder / "none"}.refuse_change();
  FileState{"/dev/null"}.refuse_change();
}

TEST_CASE("a file that was written to, replaced or removed is refused") {
  const TempFolder folder;
  const std::string path = folder / "a";
  const auto why = [&](const auto& change) {
    write(path, "one");
    make_older(path);
    const FileState state{path};
    change();
    const InputError error = input_error_of([&] { state.refuse_change(); });
    CHECK(error.fault() == Fault::input);
    CHECK(error.parts().file == path);
    return error.parts().why;
  };
  constexpr const char* changed = "the file was changed while it was read";
  CHECK(why([&] { write(path, "two"); }) == changed);
  CHECK(why([&] { write(path, "longer"); }) == changed);
  CHECK(why([&] {
          write(folder / "b", "one");
          make_older(folder / "b");
          fs::rename(folder / "b", path);
        }) == changed);
  CHECK(why([&] { fs::remove(path); }) == changed);
}

TEST_CASE("no output takes the place of an input, by whatever name") {
  const TempFolder folder;
  const std::string path = folder / "table.tsv";
  write(path, "one");
  note_read(path);
  fs::create_symlink(path, folder / "link");
  fs::create_hard_link(path, folder / "twin");
  for (const char* name : {"table.tsv", "link", "twin", "./table.tsv"}) {
    CAPTURE(name);
    const InputError error = input_error_of([&] { refuse_input(folder / name); });
    CHECK(error.fault() == Fault::usage);
    CHECK(error.parts().why == "this output would take the place of an input of the command, or of its audit log");
  }
  write(folder / "other", "one");
  refuse_input(folder / "other");
  refuse_input(folder / "none");
  note_read("/dev/null");
  refuse_input("/dev/null");
}

TEST_CASE("an input that is gone stands in nobody's way") {
  const TempFolder folder;
  write(folder / "gone", "one");
  note_read(folder / "gone");
  fs::rename(folder / "gone", folder / "kept");
  refuse_input(folder / "kept");
}
