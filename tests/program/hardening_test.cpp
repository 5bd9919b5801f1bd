// What the loader is told of the program, by its ELF headers.
#include <doctest/doctest.h>
#include <elf.h>

#include <cstring>
#include <string>
#include <string_view>

#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

/// The i-th thing of a kind at a place in the file.
template <class T>
T thing_at(const std::string& file, std::size_t place, std::size_t number = 0) {
  T thing{};
  REQUIRE_LE(place + (number + 1) * sizeof(T), file.size());
  std::memcpy(&thing, file.data() + place + number * sizeof(T), sizeof(T));
  return thing;
}

}  // namespace

TEST_SUITE("program: hardening") {
  TEST_CASE("the program lies anywhere, and what the loader fills in cannot be written") {
    const std::string file = file_text(STARDOSE_PROGRAM);
    REQUIRE_EQ(std::memcmp(file.data(), ELFMAG, SELFMAG), 0);
    if (file[EI_CLASS] != ELFCLASS64) return;
    const auto header = thing_at<Elf64_Ehdr>(file, 0);
    CHECK_EQ(header.e_type, ET_DYN);  // a position-independent executable
    bool has_relro = false;
    bool has_stack = false;
    bool binds_now = false;
    bool is_pie = false;
    for (std::size_t k = 0; k < header.e_phnum; ++k) {
      const auto segment = thing_at<Elf64_Phdr>(file, header.e_phoff, k);
      has_relro = has_relro || segment.p_type == PT_GNU_RELRO;
      if (segment.p_type == PT_LOAD) CHECK_NE(segment.p_flags & (PF_W | PF_X), PF_W | PF_X);
      if (segment.p_type == PT_GNU_STACK) {
        has_stack = true;
        CHECK_EQ(segment.p_flags & PF_X, 0U);
      }
      if (segment.p_type != PT_DYNAMIC) continue;
      for (std::size_t entry = 0; entry < segment.p_filesz / sizeof(Elf64_Dyn); ++entry) {
        const auto dynamic = thing_at<Elf64_Dyn>(file, segment.p_offset, entry);
        if (dynamic.d_tag == DT_BIND_NOW) binds_now = true;
        if (dynamic.d_tag == DT_FLAGS) binds_now = binds_now || (dynamic.d_un.d_val & DF_BIND_NOW) != 0;
        if (dynamic.d_tag == DT_FLAGS_1) binds_now = binds_now || (dynamic.d_un.d_val & DF_1_NOW) != 0;
        if (dynamic.d_tag == DT_FLAGS_1) is_pie = (dynamic.d_un.d_val & DF_1_PIE) != 0;
        CHECK_NE(dynamic.d_tag, DT_TEXTREL);
        CHECK_NE(dynamic.d_tag, DT_RPATH);
        CHECK_NE(dynamic.d_tag, DT_RUNPATH);
      }
    }
    CHECK(has_relro);
    CHECK(has_stack);
    CHECK(binds_now);
    CHECK(is_pie);
  }

  TEST_CASE("the released program looks after its stack and its buffers") {
    if (std::string_view{STARDOSE_BUILD_TYPE} != "Release") return;
    const std::string file = file_text(STARDOSE_PROGRAM);
    CHECK_NE(file.find("__stack_chk_fail"), std::string::npos);
    CHECK_NE(file.find("__memcpy_chk"), std::string::npos);  // _FORTIFY_SOURCE
  }
}

}  // namespace stardose::tests
