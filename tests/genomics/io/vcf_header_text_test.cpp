// What is wrong with a header, and what only looks so.
#include "genomics/io/vcf_header_text.h"

#include <doctest/doctest.h>

#include <string>

#include "genomics/input_error.h"
#include "tests/builders/cohort.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;

namespace {

const std::string version = "##fileformat=VCFv4.2\n";
const std::string columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n";

std::string refusal(const std::string& text) {
  CAPTURE(text);
  const InputError error = input_error_of([&] { (void)read_declarations("a.vcf", text); });
  CHECK_EQ(error.parts().file, "a.vcf");
  CHECK(error.parts().place.starts_with("header, line "));
  CHECK_FALSE(error.parts().help.empty());
  return error.parts().why;
}

std::string refused_line(const std::string& line) { return refusal(version + line + "\n" + columns); }

void accept(const std::string& line) {
  CAPTURE(line);
  CHECK_NOTHROW((void)read_declarations("a.vcf", version + line + "\n" + columns));
}

}  // namespace

TEST_CASE("lines of a header that real programs write are accepted") {
  for (const char* line : {
           "##GATKCommandLine=<ID=X,CommandLine=\"a --b <c>\">",
           "##bcftools_viewCommand=view a.vcf; Date=Mon",
           "##contig=<ID=HLA-A*01:01:01:01,length=3503>",
           "##contig=<ID=chr1,length=248956422,assembly=hg38>",
           "##FILTER=<ID=LowQual,Description=\"a \\\"low\\\" quality, < 10\">",
           "##INFO=<ID=AF,Number=1,Type=Float,Description=\"Minimac\">",
           "##INFO=<ID=MQ,Number=1,Type=Integer,Description=\"bcftools\">",
           "##FORMAT=<ID=GQ,Number=1,Type=Float,Description=\"freebayes\">",
           "##FORMAT=<ID=PS,Number=1,Type=String,Description=\"Genome in a Bottle\">",
           "##FORMAT=<ID=FT,Number=.,Type=String,Description=\"GATK\">",
           "##FORMAT=<ID=AD,Number=1,Type=Integer,Description=\"VarScan\">",
           "##FORMAT=<ID=X,Number=1, Type = String ,   Description=\"spaces\">  ",
           "##META=<ID=Assay,Type=String,Number=.,Values=[WholeGenome, Exome]>",
           "##PEDIGREE=<Child=A,Mother=B>",
           "##ALT=<ID=INS:ME:ALU,Description=\"Alu\">",
       }) {
    accept(line);
  }
}

TEST_CASE("lines of a header that are not well formed are refused") {
  CHECK_EQ(refused_line("##Some random plain text"), "not a key and its value: no `key=` behind the ##");
  CHECK_EQ(refused_line("##reference="), "reference has no value");
  CHECK_EQ(refused_line("##INFO=<ID=A,Number=1,Type=Float,Description=\"x\""), "INFO is not closed by >");
  CHECK_EQ(refused_line("##INFO=<ID=A,Number=1,Type=Float,Description=\"x>"), "INFO has a quote that is not closed");
  CHECK_EQ(refused_line("##INFO=<ID=A,Number=1,Type=Float,Description=\"x\"y>"),
           "INFO has something behind a value that does not belong there");
  CHECK_EQ(refused_line("##INFO=<Number=1,ID=A,Type=Float,Description=\"x\">"), "INFO does not begin with its ID");
  CHECK_EQ(refused_line("##INFO=<ID=A,Type=Float,Description=\"x\">"), "INFO/A is declared without Number or Type");
  CHECK_EQ(refused_line("##INFO=<ID=A,Number=N,Type=Float,Description=\"x\">"), "INFO/A has a Number that is none");
  CHECK_EQ(refused_line("##INFO=<ID=A,Number=-1,Type=Float,Description=\"x\">"), "INFO/A has a Number that is none");
  CHECK_EQ(refused_line("##INFO=<ID=A,Number=1,Type=Int,Description=\"x\">"), "INFO/A has a Type that is none");
  CHECK_EQ(refused_line("##FORMAT=<ID=A,Number=1,Type=Float,Description=x>"),
           "FORMAT/A has a Description without quotes");
  CHECK_EQ(refused_line("##contig=<ID=1,A,length=5>"), "contig has something that is not KEY=VALUE");
  CHECK_EQ(refused_line("##contig=<ID=1 A>"), "contig has a name that the VCF specification does not allow");
  CHECK_EQ(refused_line("##contig=<ID=1,length=ten>"), "a contig's length is not a number");
}

TEST_CASE("a header at odds with itself or with the specification is refused") {
  CHECK_EQ(refused_line("##contig=<ID=1,length=5>\n##contig=<ID=1,length=6>"),
           "contig 1 is declared twice, with two lengths");
  accept("##contig=<ID=1,length=5>\n##contig=<ID=1,length=5>");
  CHECK_EQ(
      refused_line(
          "##INFO=<ID=A,Number=1,Type=Float,Description=\"x\">\n##INFO=<ID=A,Number=2,Type=Float,Description=\"x\">"),
      "INFO/A is declared twice, in different ways");
  const std::string unlike =
      " is declared with a Number or Type that is not the one that the VCF specification gives it";
  CHECK_EQ(refused_line("##FORMAT=<ID=GT,Number=1,Type=Integer,Description=\"x\">"), "FORMAT/GT" + unlike);
  CHECK_EQ(refused_line("##FORMAT=<ID=DP,Number=2,Type=Integer,Description=\"x\">"), "FORMAT/DP" + unlike);
  CHECK_EQ(refused_line("##INFO=<ID=END,Number=1,Type=String,Description=\"x\">"), "INFO/END" + unlike);
}

TEST_CASE("the first line and the last are those of a VCF of version 4") {
  const std::string first = "the first line is not ##fileformat=VCFv4.0 to VCFv4.5";
  CHECK_EQ(refusal("##fileformat=VCFv3.2\n" + columns), first);
  CHECK_EQ(refusal("##fileformat=VCFv4.9\n" + columns), first);
  CHECK_EQ(refusal("##fileformat=\n" + columns), first);
  CHECK_EQ(refusal("##source=me\n" + version + columns), first);
  const std::string last =
      "not the columns of a VCF: CHROM, POS, ID, REF, ALT, QUAL, FILTER, INFO, then FORMAT and samples";
  CHECK_EQ(refusal(version + "#CHROM\tPOSITION\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"), last);
  CHECK_EQ(refusal(version + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tS1\n"), last);
  CHECK_EQ(refusal(version + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\tS1\n"),
           "sample S1 is there twice");
  CHECK_EQ(refusal(version + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\t\tS2\n"),
           "a sample has an empty name");
  CHECK_EQ(read_declarations("a.vcf", version + columns).minor_version, 2);
}
