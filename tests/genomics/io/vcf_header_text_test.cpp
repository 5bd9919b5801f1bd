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
           "##ALT=<ID=STR27,Description=\"ExpansionHunter\">",
           "##ALT=<ID=DEL>",
           "##ALT=<ID=*:DEL,Description=\"GATK: a deletion that begins elsewhere\">",
           "##FORMAT=<ID=AD,Number=2,Type=Integer,Description=\"reserved since VCF 4.3\">",
           "##assembly=GRCh37/hg19",
           "##assembly=ftp://ftp.ncbi.nih.gov/a.fa",
           "##pedigreeDB=<http://x.org/y>",
           "##pedigreeDB=file:///data/y.ped",
           "##SAMPLE=<ID=S 1,Description=\"a\">",
           "##INFO=<ID=SVLEN,Number=1,Type=Integer,Description=\"\">",
           "##INFO=<ID=NOVEL,Number=1,Type=String,Description=\"before VCF 4.4\">",
           "##source=a\x01",
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

TEST_CASE("lines of a header that VCF has no use for are refused") {
  CHECK_EQ(refused_line("##fileformat=VCFv4.2"), "fileformat is there twice");
  CHECK_EQ(refused_line("##INFO=<ID=A,ID=B,Number=1,Type=Float,Description=\"x\">"), "INFO has one key twice");
  CHECK_EQ(refused_line("##ALT=<ID=DEL,Description=abc>"), "ALT has a Description without quotes");
  CHECK_EQ(refused_line("##FILTER=<ID=q10,Description=abc>"), "FILTER has a Description without quotes");
  CHECK_EQ(refused_line("##ALT=<ID=THIS:IS,Description=\"x\">"),
           "ALT declares a type that the VCF specification does not have");
  CHECK_EQ(refused_line("##META=<ID=A,Type=String,Number=2,Values=[a, b]>"), "META has a Number other than a point");
  CHECK_EQ(refused_line("##assembly=ftp://8080:8080/host/a.fa"), "assembly is not a URL");
  CHECK_EQ(refused_line("##pedigreeDB=<notaurl>"), "pedigreeDB is not a URL");
  CHECK_EQ(refused_line("##PEDIGREE=<Name_0=G 0,Name_1=G1>"), "PEDIGREE has a name with a space in it");
  CHECK_EQ(refused_line("##SAMPLE=<ID=1.*,Assay=a>"), "SAMPLE has an ID with a character that does not belong there");
  CHECK_EQ(refused_line("##FORMAT=<ID=A,Number=0,Type=Flag,Description=\"x\">"), "FORMAT/A has a Type that is none");
  for (const char* number : {"LA", "LR", "LG", "M", "P"}) {
    CHECK_EQ(refused_line(std::string{"##INFO=<ID=A,Number="} + number + ",Type=Float,Description=\"x\">"),
             "INFO/A has a Number that is none");
  }
  for (const char* line : {"##source=a\x01", "##source=a\rb"}) {
    CHECK_EQ(refusal("##fileformat=VCFv4.3\n" + std::string{line} + "\n" + columns),
             "a control character in a line, or a return within it");
  }
}

TEST_CASE("fields of structural variants and of local alleles are held to the version that the file is of") {
  struct Case {
    const char* version;
    const char* place;
    const char* field;
  };
  const Case cases[] = {
      {"4.3", "FORMAT", "ID=AD,Number=2,Type=Integer"},      {"4.3", "INFO", "ID=ADF,Number=R,Type=Float"},
      {"4.4", "INFO", "ID=IMPRECISE,Number=1,Type=Integer"}, {"4.4", "INFO", "ID=NOVEL,Number=1,Type=Integer"},
      {"4.4", "INFO", "ID=SVTYPE,Number=2,Type=String"},     {"4.4", "INFO", "ID=HOMLEN,Number=2,Type=Integer"},
      {"4.4", "INFO", "ID=HOMLEN,Number=A,Type=String"},     {"4.4", "FORMAT", "ID=CN,Number=1,Type=String"},
      {"4.4", "FORMAT", "ID=CNQ,Number=7,Type=Float"},       {"4.4", "FORMAT", "ID=PSL,Number=P,Type=Integer"},
      {"4.4", "FORMAT", "ID=PSO,Number=7,Type=Integer"},     {"4.4", "FORMAT", "ID=PSQ,Number=P,Type=String"},
      {"4.5", "FORMAT", "ID=LAA,Number=7,Type=Integer"},     {"4.5", "FORMAT", "ID=LAD,Number=LR,Type=String"},
      {"4.5", "FORMAT", "ID=LPL,Number=7,Type=Integer"},
  };
  for (const Case& one : cases) {
    const std::string line = "##" + std::string{one.place} + "=<" + one.field + ",Description=\"x\">\n";
    accept(line.substr(0, line.size() - 1));
    CHECK(refusal("##fileformat=VCFv" + std::string{one.version} + "\n" + line + columns)
              .ends_with("a Number or Type that is not the one that the VCF specification gives it"));
  }
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
