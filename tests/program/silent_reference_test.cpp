// What must never be read as reference or as a plain call.
#include <doctest/doctest.h>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

/// The gene's row, unlisted positions taken as reference.
std::string row_of(const std::string& gene, const std::string& records) {
  const TempFolder folder;
  const std::string depth =
      "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"\">\n##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"\">"
      "\n"
      "##FILTER=<ID=LowQual,Description=\"\">\n##INFO=<ID=SVLEN,Number=A,Type=Integer,Description=\"\">\n";
  const std::string input = folder.write("in.vcf", vcf_header({"S1"}, depth) + records);
  const ProgramResult run =
      run_program({"run", "--input", input, "--genes", gene, "--assume-reference", "-o", folder / "out"});
  if (run.exit_code != 0) return run.err;
  const std::string table = file_text(folder / "out/calls.tsv");
  return table.substr(table.find('\n') + 1);
}

bool has(const std::string& row, const std::string& part) { return row.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("program: never a silent reference") {
  // An insertion is there, on both strands, and is perhaps *28; the other sites are reference.
  TEST_CASE("a person with an indel that could not be placed is not called normal") {
    CHECK_FALSE(
        has(row_of("UGT1A1", vcf_record("chr2 233760248 A ATA", {"1/1"})), "\tcalled\t*1/*1\tNormal Metabolizer"));
  }

  TEST_CASE("a person with an unplaced two-base change is not called reference") {
    const std::string row =
        row_of("RYR1", vcf_record("chr19 38572266 T C", {"0/1"}) + vcf_record("chr19 38572267 C T", {"0/1"}));
    CHECK_FALSE(has(row, "\tcalled\tReference/Reference"));
  }

  TEST_CASE("a person with a large deletion over the gene is not called") {
    const std::string deletion = vcf_record("chr6 18125000 A <DEL>", {"0/1"}, "END=18156000");
    CHECK(has(row_of("TPMT", deletion), "\tno_call\t"));
  }

  // VCF 4.4 has SVLEN for END, and 4.5 without a sign.
  TEST_CASE("a large deletion has its length by SVLEN alone, too") {
    for (const char* length : {"SVLEN=-31000", "SVLEN=31000"}) {
      CHECK(has(row_of("TPMT", vcf_record("chr6 18125000 A <DEL>", {"0/1"}, length)), "\tno_call\t"));
    }
    const std::string short_of = vcf_record("chr6 18125000 A <DEL>", {"0/1"}, "SVLEN=-100");
    CHECK(has(row_of("TPMT", short_of + vcf_record("chr6 18130687 T C", {"0/0"})), "\tcalled\t*1/*1"));
  }

  // All-sites calling, or two sets of calls put together: each site's record knows nothing of the large change.
  TEST_CASE("a record of reference undoes no variant that takes its base away") {
    const std::string reference = vcf_record("chr10 94942290 C T", {"0/0"});
    const std::string before = vcf_record("chr10 94942280 T <DEL>", {"0/1"}, "END=94942300");
    const std::string spelled = vcf_record("chr10 94942286 AGGGCGG A", {"0/1"});
    const std::string of_three = vcf_record("chr10 94942286 AGGGCGG A", {"0/1/1"});
    for (const std::string& records : {before + reference, spelled + reference, of_three + reference}) {
      CHECK(has(row_of("CYP2C9", records), "\tno_call\t"));
    }
    for (const std::string large : {"<DEL>", "<CNV>", "<DUP>", "<INS>", "C[chr2:321681["}) {
      CAPTURE(large);
      const std::string here = vcf_record("chr10 94942290 C " + large, {"0/1"}, "END=94942300");
      CHECK(has(row_of("CYP2C9", reference + here), "\tno_call\t"));
      CHECK(has(row_of("CYP2C9", here + reference), "\tno_call\t"));
      const std::string nobody = vcf_record("chr10 94942290 C " + large, {"0/0"}, "END=94942300");
      CHECK(has(row_of("CYP2C9", reference + nobody), "\tcalled\t*1/*1"));
    }
    // Whatever FILTER says of it: a variant does not become reference by a threshold.
    std::string filtered = spelled;
    filtered.replace(filtered.find("PASS"), 4, "LowQual");
    CHECK(has(row_of("CYP2C9", filtered + reference), "\tno_call\t"));
  }

  TEST_CASE("who has `*`, or an allele of which nothing is known, has not the reference there") {
    const std::string deletion = vcf_record("chr10 94942286 AGGGCGG A", {"0/1"});
    const std::string star = vcf_record("chr10 94942290 C T,*", {"0/2"});
    for (const std::string& records :
         {star, deletion + star, vcf_record("chr10 94942290 C *", {"1/1"}),
          vcf_record("chr10 94942290 C T,<NON_REF>", {"0/2"}), vcf_record("chr10 94942290 C T,<*>", {"0/2"})}) {
      CHECK(has(row_of("CYP2C9", records), "\tno_call\t"));
    }
    CHECK(has(row_of("CYP2C9", vcf_record("chr10 94942290 C T,*", {"0/1"})), "\tcalled\t*1/*2"));
  }

  TEST_CASE("a variant that failed its filters makes its gene a no call that says so") {
    std::string record = vcf_record("chr6 18130687 T C", {"0/1"});
    record.replace(record.find("PASS"), 4, "LowQual");
    const std::string row = row_of("TPMT", record);
    CHECK(has(row, "\tno_call\t.\t.\t.\ta variant is present whose genotype did not pass the filters or thresholds"));
    CHECK(has(row, "At chr6:18130687 rs1142345: a variant that FILTER or FT rejects."));
  }

  TEST_CASE("a filtered reference is not assumed to be reference after all") {
    std::string record = vcf_record("chr6 18130687 T C", {"0/0"});
    record.replace(record.find("PASS"), 4, "LowQual");
    CHECK(has(row_of("TPMT", record), "Positions filtered: 1 of 43 (FILTER 1)."));
  }

  // GATK writes stretches without a single read as blocks of 0/0 with depth 0.
  TEST_CASE("a gVCF block of depth zero is not reference") {
    const std::string block = vcf_record("chr6 18125000 A <NON_REF>", {"0/0:0"}, "END=18156000", "GT:DP");
    CHECK_FALSE(has(row_of("TPMT", block), "\tcalled\t*1/*1"));
  }

  TEST_CASE("one allele at a gene of two copies is a no call with its reason") {
    CHECK(has(row_of("TPMT", vcf_record("chr6 18130687 T C", {"1"})), "\tno_call\t.\t.\t.\tgenotypes have one allele"));
  }
}

}  // namespace stardose::tests
