// What VCF 4.4 and 4.5 ask of structural variants, phase sets and local alleles, and older files need not heed.
#include "genomics/io/vcf_structural_check.h"

#include <doctest/doctest.h>

#include <string>

#include "genomics/io/vcf_header_text.h"
#include "genomics/io/vcf_line_check.h"
#include "tests/builders/cohort.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;

namespace {

const std::string path = "a.vcf";
const std::string counts = " has more or fewer values than its declaration and the record's alleles ask for";

/// A file of one sample whose header declares what the specification does.
VcfDeclarations declarations(const std::string& version) {
  std::string text = "##fileformat=VCFv" + version + "\n";
  const auto declare = [&](const std::string& place, const std::string& id, const char* number, const char* type) {
    text += "##" + place + "=<ID=" + id + ",Number=" + number + ",Type=" + type + ",Description=\"\">\n";
  };
  declare("INFO", "SVCLAIM", "A", "String");
  declare("INFO", "SVLEN", "A", "Integer");
  declare("INFO", "RN", "A", "Integer");
  for (const char* id : {"CIPOS", "CIEND", "CILEN", "RUL", "RB", "CIRB"}) declare("INFO", id, ".", "Integer");
  for (const char* id : {"CICN", "RUC", "CIRUC"}) declare("INFO", id, ".", "Float");
  for (const char* id : {"MEINFO", "METRANS", "RUS"}) declare("INFO", id, ".", "String");
  declare("FORMAT", "CN", "1", "Float");
  declare("FORMAT", "PSL", "P", "String");
  declare("FORMAT", "LAA", ".", "Integer");
  declare("FORMAT", "LAD", "LR", "Integer");
  declare("FORMAT", "LPL", "LG", "Integer");
  return read_declarations(path, text + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n");
}

std::string line(const std::string& alts, const std::string& info, const std::string& format = "GT",
                 const std::string& sample = "0/1") {
  return "chr1\t101\t.\tA\t" + alts + "\t.\t.\t" + info + "\t" + format + "\t" + sample;
}

void accept(const std::string& version, const std::string& text) {
  CAPTURE(text);
  const VcfDeclarations declared = declarations(version);
  CHECK_NOTHROW(VcfLineCheck(path, declared, 1).check(text, 1));
}

/// Why a file of the version is refused that one of the version before is not.
std::string refusal(const std::string& version, const std::string& text) {
  CAPTURE(text);
  accept(version == "4.5" ? "4.4" : "4.3", text);
  const VcfDeclarations declared = declarations(version);
  return input_error_of([&] { VcfLineCheck(path, declared, 1).check(text, 1); }).parts().why;
}

}  // namespace

TEST_CASE("SVCLAIM is one claim for each alternative") {
  accept("4.4", line("<DEL>,<DUP>,<INV>,T", "SVCLAIM=D,J,DJ,."));
  accept("4.4", line("<DEL>,T", "SVCLAIM=D,"));
  CHECK_EQ(refusal("4.4", line("<DEL>", "SVCLAIM=JD")), "INFO/SVCLAIM is neither D, J nor DJ");
  CHECK_EQ(refusal("4.4", line("<CNV>,<CNV>", "SVCLAIM=D")), "INFO/SVCLAIM" + counts);
}

TEST_CASE("intervals and mobile elements have their values for each alternative") {
  accept("4.4", line("<DEL>,<DUP>", "CIPOS=-5,5,0,0;CIEND=-5,5,.,.;CILEN=90,110,.,.;CICN=0.5,1.5,.,."));
  accept("4.4", line("<INS:ME:ALU>", "MEINFO=AluY,1,282,+;METRANS=.;CILEN=."));
  for (const char* field : {"CIPOS=-1", "CIEND=-1", "CILEN=1", "CICN=1.5", "CICN=1,2,3"}) {
    CHECK(refusal("4.4", line("<DEL>", field)).ends_with(counts));
  }
  CHECK_EQ(refusal("4.4", line("<INS:ME>", "MEINFO=AluY,1,282")), "INFO/MEINFO" + counts);
  CHECK_EQ(refusal("4.4", line("<INS:ME>", "METRANS=1")), "INFO/METRANS" + counts);
  CHECK_EQ(refusal("4.4", line("<DEL>", "CIPOS=5,-5")), "INFO/CIPOS has a bound on the wrong side of 0");
}

TEST_CASE("tandem repeats have as many values as RN says") {
  accept("4.4", line("<CNV:TR>", "RN=2;RUS=CAG,TG;RUL=3,2;RUC=10,7;RB=30,14;CIRB=-1,1,.,."));
  accept("4.4", line("<CNV:TR>,<CNV:TR>", "RUS=CAG,TG"));
  accept("4.4", line("<CNV:TR>,T", "RN=1,.;RUS=CAG"));
  CHECK_EQ(refusal("4.4", line("<CNV:TR>", "RN=2;RUS=CAG")), "INFO/RUS" + counts);
  CHECK_EQ(refusal("4.4", line("<CNV:TR>", "RUS=TT;RUC=2,2")), "INFO/RUC" + counts);
  CHECK_EQ(refusal("4.4", line("<CNV:TR>", "RB=30;CIRB=-1")), "INFO/CIRB" + counts);
}

TEST_CASE("a copy number is of one length") {
  accept("4.4", line("<DEL>,T,<DUP>", "SVLEN=2,.,2", "GT:CN", "0/1:2"));
  accept("4.4", line("<DEL>,<INS>,<DUP>", "SVLEN=-2,9,2", "GT:CN", "0/1:2"));
  accept("4.4", line("<DEL>,T,<DUP>", "SVLEN=1,.,2"));
  CHECK_EQ(refusal("4.4", line("<DEL>,T,<DUP>", "SVLEN=1,.,2", "GT:CN", "0/1:2")),
           "FORMAT has CN, and the alleles <CNV>, <DEL> and <DUP> have several lengths (SVLEN)");
}

TEST_CASE("symbols of several levels begin with a type") {
  for (const char* name : {"DEL", "DEL:ME:ALU", "CNV:TR", "STR27", "NON_REF", "*", "CN0"}) CHECK(is_known_symbol(name));
  CHECK_FALSE(is_known_symbol("DAL:TRE"));
  CHECK_EQ(refusal("4.4", line("<DAL:TRE>", ".")), "ALT is of a type that VCF 4.4 does not have");
}

TEST_CASE("a phase set list names sets of phased alleles, one for each") {
  for (const auto& [genotype, sets] : {std::pair{"0|1", "a,b"},
                                       {"0/1", ".,."},
                                       {"0/1", "."},
                                       {"|0/1", "a,."},
                                       {"1|0", ".,a"},
                                       {"0/0|1", ".,.,a"},
                                       {"1", "a"}}) {
    accept("4.4", line("G", ".", "GT:PSL", std::string{genotype} + ":" + sets));
  }
  const std::string unphased = "FORMAT/PSL of the 1. sample has a phase set for an allele that is not phased";
  for (const auto& [genotype, sets] :
       {std::pair{"0/1", "a,b"}, {"|0/1", "a,b"}, {"0/0|1", "a,.,b"}, {"/0", "a"}, {"/0|1", "a,b"}}) {
    CHECK_EQ(refusal("4.4", line("G", ".", "GT:PSL", std::string{genotype} + ":" + sets)), unphased);
  }
  CHECK_EQ(refusal("4.4", line("G", ".", "GT:PSL", "0|1:a")), "FORMAT/PSL of the 1. sample" + counts);
}

TEST_CASE("local alleles are the record's alternatives, each once, and count the values of local fields") {
  const std::string format = "GT:LAA:LAD:LPL";
  for (const char* sample :
       {"0/2:2:5,6:0,1,2", "2/1:2,1:5,6,7:0,1,2,3,4,5", "0/0:.:30:0", "0/0::30:0", "0/0", "1:1:5,6:0,9"}) {
    accept("4.5", line("G,T,C", ".", format, sample));
  }
  for (const char* list : {"4", "0", "x", "1,5"}) {
    CHECK_EQ(refusal("4.5", line("G,T,C", ".", "GT:LAA", std::string{"0/1:"} + (*list == 'x' ? "99" : list))),
             "FORMAT/LAA of the 1. sample is no list of the record's alternatives");
  }
  CHECK_EQ(refusal("4.5", line("G,T,C", ".", "GT:LAA", "0/1:1,1")),
           "FORMAT/LAA of the 1. sample names an alternative twice");
  for (const char* sample : {"0/1:1:5:.", "0/1:1:5,6,7:.", "0/1:.:5,6:."}) {
    CHECK_EQ(refusal("4.5", line("G,T,C", ".", format, sample)), "FORMAT/LAD of the 1. sample" + counts);
  }
  CHECK_EQ(refusal("4.5", line("G,T,C", ".", format, "0/1:1:5,6:0,1")), "FORMAT/LPL of the 1. sample" + counts);
}
