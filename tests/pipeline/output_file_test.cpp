// Files that exist under their name only when they are whole.
#include "pipeline/sinks/output_file.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::pipeline;
using stardose::genomics::Fault;
using stardose::genomics::InputError;
using stardose::test::input_error_of;
using stardose::test::read_bytes;
using stardose::test::TempFolder;
namespace fs = std::filesystem;

namespace {

std::size_t files_in(const TempFolder& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{}));
}

}  // namespace

TEST_CASE("a file gets its name at close and no sooner") {
  const TempFolder folder;
  OutputFile file{folder / "a.tsv"};
  file.write("one\n");
  file.write(std::string_view{"t\0o\n", 4});
  CHECK_FALSE(fs::exists(folder / "a.tsv"));
  file.close(true);
  CHECK(read_bytes(folder / "a.tsv") == std::string{"one\nt\0o\n", 8});
  CHECK(files_in(folder) == 1);
}

TEST_CASE("an older file stays whole until the new one is, and gives way to it") {
  const TempFolder folder;
  (void)folder.file("a.tsv", "old");
  {
    OutputFile file{folder / "a.tsv"};
    file.write("new");
    CHECK(read_bytes(folder / "a.tsv") == "old");
    file.close(false);
  }
  CHECK(read_bytes(folder / "a.tsv") == "new");
}

TEST_CASE("a file that is not closed leaves nothing behind") {
  const TempFolder folder;
  try {
    OutputFile file{folder / "a.tsv"};
    file.write("half");
    throw std::runtime_error{"something else"};
  } catch (const std::runtime_error&) {
  }
  CHECK(files_in(folder) == 0);
}

TEST_CASE("a file may be moved and is still one file") {
  const TempFolder folder;
  OutputFile first{folder / "a.tsv"};
  first.write("1");
  OutputFile second{std::move(first)};
  second.write("2");
  second.close(false);
  CHECK(read_bytes(folder / "a.tsv") == "12");
}

TEST_CASE("a folder that is missing, or a file in its place, fails clearly") {
  const TempFolder folder;
  const std::string below_file = folder.file("file", "x") + "/a.tsv";
  for (const auto& [path, reason] :
       {std::pair{folder / "none/a.tsv", "No such file or directory"}, std::pair{below_file, "Not a directory"}}) {
    const InputError error = input_error_of([&, path = path] { OutputFile{path}; });
    CHECK(error.fault() == Fault::output);
    CHECK(std::string{error.what()} == path + ": cannot be opened for writing: " + reason);
    CHECK_FALSE(error.parts().help.empty());
  }
}

TEST_CASE("a disk that fills up fails at the latest when the file is closed, and leaves nothing") {
  const TempFolder folder;
  for (const std::size_t size : {std::size_t{1}, std::size_t{1} << 20U}) {
    fs::create_symlink("/dev/full", folder / "a.tsv.partial");
    const InputError error = input_error_of([&] {
      OutputFile file{folder / "a.tsv"};
      file.write(std::string(size, 'x'));
      file.close(false);
    });
    CHECK(error.fault() == Fault::output);
    CHECK(std::string{error.what()} == folder / "a.tsv" + ": cannot be written: No space left on device");
    CHECK(files_in(folder) == 0);
  }
}

TEST_CASE("a link in the place of the partial file is not followed") {
  const TempFolder folder;
  const std::string victim = folder.file("victim", "kept");
  for (const std::string& target : {victim, folder / "none"}) {
    fs::remove(folder / "a.tsv.partial");
    fs::create_symlink(target, folder / "a.tsv.partial");
    const InputError error = input_error_of([&] { OutputFile{folder / "a.tsv"}; });
    CHECK(error.fault() == Fault::output);
    CHECK(error.parts().why == "cannot be opened for writing: Too many levels of symbolic links");
  }
  CHECK(read_bytes(victim) == "kept");
  CHECK_FALSE(fs::exists(folder / "none"));
}

TEST_CASE("a folder in the way of the final name fails clearly, and leaves nothing but it") {
  const TempFolder folder;
  fs::create_directory(folder / "a.tsv");
  const InputError error = input_error_of([&] { write_file(folder / "a.tsv", "x", false); });
  CHECK(error.parts().why == "cannot get its final name: Is a directory");
  CHECK(files_in(folder) == 1);
}

TEST_CASE("folders are made with their parents, once, and not below a file") {
  const TempFolder folder;
  make_folder(folder / "a/b/c");
  CHECK(fs::is_directory(folder / "a/b/c"));
  make_folder(folder / "a/b/c");
  const std::string file = folder.file("file", "x");
  for (const std::string& path : {file, file + "/d"}) {
    const InputError error = input_error_of([&] { make_folder(path); });
    CHECK(error.fault() == Fault::output);
    CHECK(error.parts().why.starts_with("the folder cannot be made: "));
  }
}
