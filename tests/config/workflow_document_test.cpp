// The form of a workflow file: what YAML allows and we do not.
#include "config/workflow_document.h"

#include <doctest/doctest.h>

#include "config/workflow_file.h"
#include "genomics/input_error.h"

using namespace stardose::config;
using stardose::genomics::ErrorParts;
using stardose::genomics::InputError;

namespace {

Settings read(const std::string& text) { return read_workflow_text(text, "w.yaml"); }

/// The parts of the error that reading the text raises; none when it raises none.
ErrorParts fault_in(const std::string& text) {
  try {
    static_cast<void>(read(text));
  } catch (const InputError& error) {
    return error.parts();
  }
  return {};
}

/// The error's first line, and its help below it.
void check(const std::string& text, const std::string& message, const std::string& help) {
  CAPTURE(text);
  const ErrorParts parts = fault_in(text);
  CHECK(parts.file + ": " + parts.place + ": " + parts.why == message);
  CHECK(parts.help == help);
}

}  // namespace

TEST_CASE("entries keep their keys, values and places") {
  const WorkflowDocument document = parse_workflow("a: b\n# c\nd: [e, 'f']\na:\n");
  REQUIRE(document.faults.empty());
  REQUIRE(document.entries.size() == 3);
  CHECK(document.entries[0].texts[0].text == "b");
  CHECK(document.entries[1].place == TextPlace{3, 1});
  CHECK(document.entries[1].shape == WorkflowEntry::Shape::list);
  CHECK(document.entries[1].texts[1].place == TextPlace{3, 8});
  CHECK(document.entries[1].texts[1].quoted);
  CHECK(document.entries[2].key == "a");
  CHECK(document.entries[2].shape == WorkflowEntry::Shape::nothing);
}

TEST_CASE("what stands before a fault is kept") {
  CHECK(parse_workflow("a: b\nc: [d, *2]\n").entries.size() == 1);
  CHECK(parse_workflow("a: b\nc:\n\t- d\n").entries.size() == 1);
}

TEST_CASE("harmless forms of YAML are read") {
  CHECK(read("---\ninput: a\n...\n").input.files.front() == "a");
  CHECK(read("\xef\xbb\xbfinput: a\r\nthreads: 2\r\n").limits.threads == 2);
  CHECK(read("{input: a, threads: 2}").limits.threads == 2);
  CHECK(read("\"input\":\t'it''s a \"b\".vcf' # c\n\t# comment\n \t\n").input.files.front() == "it's a \"b\".vcf");
  CHECK(read("input: \"a\\\"b.vcf\"").input.files.front() == "a\"b.vcf");
  CHECK(read("genes: []\ninput: a").calling.genes.empty());
}

TEST_CASE("a list holds text only") {
  check("input:\n  - file: a.vcf\n", "w.yaml: 2:5: a list cannot hold lists or keys",
        "quote text that holds `: ` or brackets");
  check("samples: [[A]]\n", "w.yaml: 1:11: a list cannot hold lists or keys", "quote text that holds `: ` or brackets");
  check("samples:\n  -\n  - A\n", "w.yaml: 1:1: a list has an empty entry", "remove it, or write what is missing");
}

TEST_CASE("an unquoted star name is explained") {
  check("genes: [A, *2]\n", "w.yaml: 1:12: an unquoted star begins a YAML alias", "quote star names: '*2'");
  check("genes:\n  - *1/*2\n", "w.yaml: 2:5: an unquoted star begins a YAML alias", "quote star names: '*2'");
  check("output: *\n", "w.yaml: 1:10: an unquoted star begins a YAML alias", "quote star names: '*2'");
}

TEST_CASE("anchors, aliases, merge keys and tags are refused") {
  check("output: &here x\n", "w.yaml: 1:9: an anchor (&) cannot be used", "quote text that begins with &");
  check("output: !!str x\n", "w.yaml: 1:9: a tag (!) cannot be used", "quote text that begins with !");
  check("output: ! x\n", "w.yaml: 1:9: a tag (!) cannot be used", "quote text that begins with !");
  check("genes: [&a A, *a]\n", "w.yaml: 1:9: an anchor (&) cannot be used", "quote text that begins with &");
  CHECK(fault_in("output: &here x\nknowledge: *here\n").help ==
        "quote text that begins with &\nalso 2:12: an alias (*) cannot be used (quote star names: '*2')");
  CHECK(fault_in("<<: {a: b}\n").why == "unknown key: <<");
}

TEST_CASE("text stays on its line, so a forgotten quote or dash does not swallow the next lines") {
  const std::string help = "close the quote on the same line; begin each entry of a list with `- `";
  check("input: 'a.vcf\noutput: x\n", "w.yaml: 1:8: text goes on in the next line", help);
  check("input: \"a.vcf\noutput: x\n", "w.yaml: 1:8: text goes on in the next line", help);
  check("input:\n  a.vcf\n  b.vcf\n", "w.yaml: 2:3: text goes on in the next line", help);
  check("input: |\n  a.vcf\n", "w.yaml: 1:8: text goes on in the next line", help);
}

TEST_CASE("a file that is no list of keys says so") {
  const std::string help = "write `key: value`, one a line, with a blank behind the colon";
  check("- a\n", "w.yaml: 1:1: expected keys with values; found: a list", help);
  check("input:a.vcf\n", "w.yaml: 1:1: expected keys with values; found: text", help);
  check("? [x]\n: 1\n", "w.yaml: 1:3: a key must be a word", "write `key: value`, one a line");
  for (const std::string text : {"", "\n\n", "# only a comment\n", "---\n", "{}"}) {
    CAPTURE(text);
    const ErrorParts parts = fault_in(text);
    CHECK(parts.place.empty());
    CHECK(parts.why == "holds no settings");
    CHECK(parts.help == "write at least `input: FILE`; `stardose run --print-config` shows every key");
  }
}

TEST_CASE("what is not YAML is refused where it stands") {
  const std::string help =
      "write `key: value`, one a line; quote text that holds `: ` or begins with a special character";
  check("input: a: b\n", "w.yaml: 1:9: not YAML: illegal map value", help);
  check("output: @x\n", "w.yaml: 1:9: not YAML: unknown token", help);
  check("samples: [A\noutput: x\n", "w.yaml: 2:7: a bracket is not closed before this place", "close it: `[a, b]`");
  check("input: -\n", "w.yaml: 1:8: an entry of a list stands in the wrong place",
        "write each entry as `- entry` in a line of its own, under its key; quote a lone '-'");
  CHECK(fault_in(std::string(100'000, '[')).why == "too many brackets");
}

TEST_CASE("a second document, an indenting tab and binary data are refused") {
  check("input: a\n---\noutput: x\n", "w.yaml: 2:1: a second document begins here",
        "remove the line `---` and what follows");
  check("input:\n\t- a.vcf\n", "w.yaml: 2:1: a tab before a key or an entry", "indent with blanks");
  check("input: a\n \tthreads: x\n", "w.yaml: 2:2: a tab before a key or an entry", "indent with blanks");
  check(std::string("input: a\0b", 10), "w.yaml: 1:9: not a text file", "a workflow file is YAML text in UTF-8");
  check("input: a\nthreads: 2\x04\n", "w.yaml: 2:11: not a text file", "a workflow file is YAML text in UTF-8");
}
