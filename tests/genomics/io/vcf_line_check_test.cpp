// What is wrong with a line, and what only looks so.
#include "genomics/io/vcf_line_check.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "genomics/io/vcf_header_text.h"
#include "tests/builders/cohort.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;

namespace {

const std::string path = "a.vcf";
const std::string columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\tS2\n";

VcfDeclarations declarations(const std::string& lines = "", const std::string& version = "4.2") {
  return read_declarations(path, "##fileformat=VCFv" + version + "\n" + lines + columns);
}

/// A good record with one column put in place of its own.
std::string line_with(std::size_t column, const std::string& text) {
  std::vector<std::string> cells{"chr1", "101", "rs1", "A", "G,T", "50", "PASS", "AC=1,0", "GT:DP", "0/1:20", "2|.:7"};
  cells.at(column) = text;
  std::string line;
  for (std::size_t k = 0; k < cells.size(); ++k) line += (k == 0 ? "" : "\t") + cells[k];
  return line;
}

void accept(const VcfDeclarations& declared, const std::string& line) {
  CAPTURE(line);
  CHECK_NOTHROW(VcfLineCheck(path, declared, 2).check(line, 1));
}

std::string refusal(const VcfDeclarations& declared, const std::string& line) {
  CAPTURE(line);
  const InputError error = input_error_of([&] { VcfLineCheck(path, declared, 2).check(line, 1); });
  CHECK_EQ(error.parts().file, path);
  CHECK_FALSE(error.parts().place.empty());
  CHECK_FALSE(error.parts().help.empty());
  return error.parts().why;
}

}  // namespace

TEST_CASE("each column of a line is checked") {
  const VcfDeclarations declared = declarations("##contig=<ID=chr1,length=1000>\n");
  struct Case {
    std::size_t column;
    const char* text;
    const char* why;  ///< nullptr: it is right
  };
  const Case cases[] = {
      {0, "chr1", nullptr},
      {0, "HLA-A*01:01:01:01", nullptr},
      {0, "<ctg1>", nullptr},
      {0, "", "CHROM is a name that the VCF specification does not allow"},
      {0, "chr 1", "CHROM is a name that the VCF specification does not allow"},
      {0, "chr:1", "CHROM is a name that the VCF specification does not allow"},
      {1, "0", nullptr},
      {1, "1001", nullptr},
      {1, "1002", "POS is beyond the end of its contig, which has 1000 bases by the header"},
      {1, "-1", "POS is not a number from 0 on"},
      {1, "101x", "POS is not a number from 0 on"},
      {1, "", "POS is not a number from 0 on"},
      {2, ".", nullptr},
      {2, "", nullptr},
      {2, "rs1;rs1", nullptr},
      {2, "rs1;", "a part of ID is empty"},
      {2, "rs 1", "ID has a space in it"},
      {3, "acgtn", nullptr},
      {3, "R", "REF is not made of A, C, G, T and N"},
      {3, ".", "REF is not made of A, C, G, T and N"},
      {3, "", "REF is not made of A, C, G, T and N"},
      {4, "<DEL>,*", nullptr},
      {4, "G]17:198982],.A", nullptr},
      {4, "GTT[2:5[,]13:123456]AGTNNNNNCAT", nullptr},
      {4, "G[<ctg1>:7[,.[13:0[", nullptr},
      {4, "]HLA-A*01:01:01:01:300]A,A.", nullptr},
      {4, "G,,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "G,.", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "<IN S>,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "A,T", "ALT repeats REF"},
      {4, "T,a", "ALT repeats REF"},
      {4, "AA,T", nullptr},
      {4, "T,T", "ALT has one allele twice"},
      {4, "<DUP>,<DUP>", nullptr},
      {4, "G", "FORMAT/GT of the 2. sample names an allele that the record lacks"},
      {4, "G[2:5,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "G[2:5],T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "G[2[,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "[2:5[,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "X[2:5[,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "G[2:5[G,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {4, "G[2:-5[,T", "ALT is neither bases, nor *, <...>, a breakend or a point"},
      {5, ".", nullptr},
      {5, "1e3", nullptr},
      {5, "-10", nullptr},
      {5, "-1", "QUAL is not a number from 0 on"},
      {5, "high", "QUAL is not a number from 0 on"},
      {6, ".", nullptr},
      {6, "q10;s50", nullptr},
      {6, "q10;.", "FILTER is missing and is not: a point among other values"},
      {6, "q10;q10", "FILTER names one filter twice"},
      {6, "", "FILTER is empty, or part of it"},
      {6, "PASS;", "FILTER is empty, or part of it"},
      {6, "PASS;q10", "FILTER has PASS among other values"},
      {6, "my filter", "FILTER has a space in it"},
      {6, "0", "FILTER has the value 0, which the VCF specification reserves"},
      {7, ".", nullptr},
      {7, "TEXT=a b c;;DB;H2=1", nullptr},
      {7, "AC=1", nullptr},
      {7, "", "INFO is empty"},
      {7, "END=1000", nullptr},
      {7, "END=1001", "INFO/END is beyond the end of its contig, which has 1000 bases by the header"},
      {7, "DB=2", "INFO/DB is a flag and has a value"},
      {7, "AC=-1,0", "INFO/AC is negative"},
      {7, "DP=1.5", "INFO/DP is not a whole number"},
      {7, "DP=2147483648", "INFO/DP is a number that is too large"},
      {7, "AF=x,0", "INFO/AF is not a number"},
      {7, "AF=1,1e-5", nullptr},
      {7, "AF=1.0,0.5", nullptr},
      {7, "AF=0.5,1.01", "INFO/AF is a share above 1"},
      {7, "AA=A,C", "INFO/AA has more or fewer values than its declaration and the record's alleles ask for"},
      {7, "CIGAR=1X,123", "INFO/CIGAR is not a CIGAR"},
      {7, "DP=1;DP=1", nullptr},
      {7, "DP=1;DP=2", "INFO has DP twice, with two values"},
      {7, "R Q=1", "INFO has a field with a space in its name"},
      {8, "GT", "a column of the 1. sample has more fields than FORMAT names"},
      {8, "", "FORMAT has an empty field, or one with a character that does not belong there"},
      {8, "GT::DP", "FORMAT has an empty field, or one with a character that does not belong there"},
      {8, "GT:GT", "FORMAT names one field twice"},
      {8, "DP:GT", "FORMAT has GT, but not as its first field"},
      {9, "0", nullptr},
      {9, "/0/1/2:7", nullptr},
      {9, ".:.", nullptr},
      {9, "0/3:20", "FORMAT/GT of the 1. sample names an allele that the record lacks"},
      {9, "0/99999999999:20", "FORMAT/GT of the 1. sample names an allele that the record lacks"},
      {9, "0/:20", "FORMAT/GT of the 1. sample is not a genotype"},
      {9, "A/G:20", "FORMAT/GT of the 1. sample is not a genotype"},
      {9, "0/1:20:7", "a column of the 1. sample has more fields than FORMAT names"},
      {10, "0/1:-3", "FORMAT/DP of the 2. sample is negative"},
      {10, "0/1:3,4",
       "FORMAT/DP of the 2. sample has more or fewer values than its declaration and the record's alleles ask for"},
      {10, "0/1:7\t0/1:7", "the line has more columns than the header"},
  };
  for (const Case& one : cases) {
    const std::string line = line_with(one.column, one.text);
    if (one.why == nullptr)
      accept(declared, line);
    else
      CHECK_EQ(refusal(declared, line), one.why);
  }
  // Of a translocation END may lie on the other contig.
  for (const std::string alt : {"<TRA>", "<BND>", "A[chr2:500["}) {
    accept(declared, "chr1\t101\t.\tA\t" + alt + "\t.\t.\tEND=5000\tGT\t0/0\t0/1");
  }
  CHECK_EQ(refusal(declared, "chr1\t101\trs1\tA\tG"), "the line ends before its 6. column");
  CHECK_EQ(refusal(declared, "chr1\t101\t.\tA\tG\t.\t.\t.\tGT\t0/0"), "the line has fewer columns than the header");
  CHECK_EQ(refusal(declared, "chr1\t101\t.\tA\tG\t.\t.\t.\tGT\t0/0\t0/" + std::string(1, '\0')),
           "a zero byte in a line of text");
}

TEST_CASE("plain genotypes, many at a time, are held to the same rules") {
  const VcfDeclarations declared = declarations();
  const std::string front = "chr1\t101\t.\tA\tG\t.\t.\t.\tGT\t";
  for (const char* good : {"0/0\t0/1", "1|1\t./.", ".|1\t0|.", "0\t0/1"}) accept(declared, front + good);
  for (const char* bad : {"0/2\t0/1", "0/1\t0/2", "0-1\t0/1", "0/1\t0/x", "9|0\t0|0", "0/1 0/1"}) {
    CHECK_FALSE(refusal(declared, front + bad).empty());
  }
}

TEST_CASE("what the header declares decides how many values of which type there are") {
  const VcfDeclarations declared = declarations(
      "##INFO=<ID=EACH,Number=A,Type=Float,Description=\"\">\n##INFO=<ID=TWO,Number=2,Type=Integer,Description=\"\">\n"
      "##INFO=<ID=WORDS,Number=1,Type=String,Description=\"a, \\\"b\\\"\">\n"
      "##FORMAT=<ID=PL,Number=G,Type=Integer,Description=\"\">\n##FORMAT=<ID=ONE,Number=1,Type=Character,Description="
      "\"\">\n");
  accept(declared, line_with(7, "EACH=1,.;TWO=1,-2;WORDS=a,b"));
  accept(declared, line_with(7, "EACH=."));
  const std::string count = " has more or fewer values than its declaration and the record's alleles ask for";
  CHECK_EQ(refusal(declared, line_with(7, "EACH=1")), "INFO/EACH" + count);
  CHECK_EQ(refusal(declared, line_with(7, "TWO=1")), "INFO/TWO" + count);
  const std::string front = "chr1\t101\t.\tA\tG\t.\t.\t.\tGT:PL:ONE\t";
  accept(declared, front + "0/1:1,2,3:x\t0:1,2:y");
  accept(declared, front + "0/1:.:.\t0:1,2,3");  // of two copies where there is one
  CHECK_EQ(refusal(declared, front + "0/1:1,2:x\t0/0:1,2,3"), "FORMAT/PL of the 1. sample" + count);
  CHECK_EQ(refusal(declared, front + "0/1:1,2,3:xy\t0/0:1,2,3"),
           "FORMAT/ONE of the 1. sample is more than a character");
  // An alternative that nobody has is left out, and its numbers are not.
  accept(declared, "chr1\t101\t.\tA\t.\t.\t.\tEACH=1\tGT:PL:ONE\t0/0:0,99,999\t0/0");
}

TEST_CASE("several characters may be one text, as GLnexus writes them") {
  const VcfDeclarations declared = declarations("##FORMAT=<ID=RNC,Number=2,Type=Character,Description=\"\">\n");
  const std::string front = "chr1\t101\t.\tA\tG\t.\t.\t.\tGT:RNC\t0/1:";
  for (const char* right : {"..", "MM", "-D", "M,.", "."}) accept(declared, front + right + "\t0/0:..");
  CHECK_EQ(refusal(declared, front + "MMM\t0/0:.."), "FORMAT/RNC of the 1. sample is more than a character");
  CHECK_EQ(
      refusal(declared, front + "M\t0/0:.."),
      "FORMAT/RNC of the 1. sample has more or fewer values than its declaration and the record's alleles ask for");
}

TEST_CASE("one thing twice in ID is wrong since VCF 4.3") {
  CHECK_EQ(refusal(declarations("", "4.3"), line_with(2, "rs1;rs1")), "ID names one thing twice");
}

TEST_CASE("VCF 4.3 and later forbid what older files have in good faith") {
  const VcfDeclarations old = declarations();
  const VcfDeclarations strict = declarations("", "4.3");
  accept(old, line_with(7, "ALLELE_END;ALLELE_END"));
  CHECK_EQ(refusal(strict, line_with(7, "ALLELE_END;ALLELE_END")), "INFO has ALLELE_END twice");
  for (const char* id : {"a\rb", "a\x1b[1m", "a\x01"}) {
    accept(old, line_with(2, id));
    CHECK_EQ(refusal(strict, line_with(2, id)), "a control character in a line, or a return within it");
  }
  accept(strict, line_with(2, "caf\xc3\xa9"));
}

TEST_CASE("lists of many parts are checked in time that does not grow with their square") {
  const VcfDeclarations declared = declarations("", "4.3");
  const auto list = [](char separator, int parts) {
    std::string text = "K";
    for (int k = 0; k < parts; ++k) text += separator + ("K" + std::to_string(k));
    return text;
  };
  const auto start = std::chrono::steady_clock::now();
  accept(declared, line_with(2, list(';', 100'000)));
  CHECK_EQ(refusal(declared, line_with(2, list(';', 100'000) + ";K7")), "ID names one thing twice");
  accept(declared, line_with(8, "GT:" + list(':', 100'000)));
  CHECK_EQ(refusal(declared, line_with(8, "GT:" + list(':', 100'000) + ":K7")), "FORMAT names one field twice");
  accept(declared, line_with(6, list(';', 9'000)));
  CHECK_EQ(refusal(declared, line_with(6, list(';', 9'000) + ";K7")), "FILTER names one filter twice");
  accept(declared, line_with(7, list(';', 9'000)));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{10});
  for (const int parts : {2, 16, 17, 40}) {
    accept(declared, line_with(2, list(';', parts)));
    CHECK_EQ(refusal(declared, line_with(2, list(';', parts) + ";K0")), "ID names one thing twice");
  }
}

TEST_CASE("names that the header does not declare are not taken up without end") {
  const VcfDeclarations declared = declarations();
  std::string fields;
  for (int k = 0; k < 5'001; ++k) fields += "K" + std::to_string(k) + ";";
  std::string others = fields;
  std::ranges::replace(others, 'K', 'L');
  const auto refused_second = [&](std::size_t column, std::string first, std::string second) {
    if (column == 6) first.pop_back(), second.pop_back();
    VcfLineCheck check{path, declared, 2};
    check.check(line_with(column, first), 1);
    check.check(line_with(column, first), 2);
    return input_error_of([&] { check.check(line_with(column, second), 3); }).parts().why;
  };
  CHECK_EQ(refused_second(7, fields, others),
           "INFO names, with the records before, more than 10000 fields that the header does not declare");
  CHECK_EQ(refused_second(6, fields, others), "FILTER names, with the records before, more than 10000 filters");
}
