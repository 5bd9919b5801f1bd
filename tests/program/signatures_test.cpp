// Signed catalogues and models: who vouches for them, and what was tampered with is not used by any command.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/builders/signing_keys.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class SignedCatalogue {
 public:
  SignedCatalogue() {
    REQUIRE_EQ(run_program({"knowledge", "export", folder()}).exit_code, 0);
    sign(key("ours.key", test::our_private_key));
  }

  [[nodiscard]] std::string folder() const { return temp_ / "catalogue"; }
  [[nodiscard]] std::string in_folder(const std::string& name) const { return folder() + "/" + name; }
  [[nodiscard]] const TempFolder& temp() const { return temp_; }
  [[nodiscard]] std::string key(const std::string& name, const std::string& pem) const {
    return temp_.write(name, pem);
  }
  [[nodiscard]] std::string ours() const { return key("ours.pem", test::our_public_key); }
  [[nodiscard]] std::string theirs() const { return key("theirs.pem", test::their_public_key); }

  void sign(const std::string& private_key) const {
    const ProgramResult run = run_program({"knowledge", "sign", folder(), "--key", private_key});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  }
  [[nodiscard]] ProgramResult run(const Words& more = {}) const {
    const std::string input = temp_.write("in.vcf", vcf_header() + vcf_record("chr6 18130687 T C", {"0/1"}));
    return run_program(Words{"run", "--input", input, "--knowledge", folder(), "--output", temp_ / "out"} + more);
  }
  [[nodiscard]] bool nothing_written() const { return files_below(temp_ / "out").empty(); }

 private:
  TempFolder temp_;
};

/// For one test, as a site has it for good.
class SetForSite {
 public:
  explicit SetForSite(const std::string& keys) { setenv("STARDOSE_REQUIRE_SIGNATURES", keys.c_str(), 1); }
  ~SetForSite() { unsetenv("STARDOSE_REQUIRE_SIGNATURES"); }
  SetForSite(const SetForSite&) = delete;
  SetForSite& operator=(const SetForSite&) = delete;
};

const std::string coefficients = "feature\tcoefficient\tunit\tmean\n(Intercept)\t5.5\t\t\nage\t-0.25\tyear\t6\n";

/// A model as `model import` makes it, signed by us.
std::string signed_model(const TempFolder& folder) {
  const std::string model = folder / "imported.json";
  const std::string table = folder.write("coefficients.tsv", coefficients);
  REQUIRE_EQ(run_program({"model", "import", table, "--output", model}).exit_code, 0);
  const std::string with_signature = folder / "signed.json";
  const std::string key = folder.write("ours.key", test::our_private_key);
  REQUIRE_EQ(run_program({"model", "sign", model, "--key", key, "--output", with_signature}).exit_code, 0);
  return with_signature;
}

}  // namespace

TEST_SUITE("program: signatures") {
  TEST_CASE("a signed catalogue says whose it is, and is used where its key is trusted") {
    const SignedCatalogue catalogue;
    const ProgramResult validated = run_program({"knowledge", "validate", catalogue.folder()});
    CHECK_EQ(validated.exit_code, 0);
    CHECK(validated.out.ends_with(": signed by " + test::our_key + "\n"));
    const ProgramResult trusted = catalogue.run({"--require-signatures", catalogue.ours()});
    CHECK_MESSAGE(trusted.exit_code == 0, trusted.err);
    const std::string record = file_text(catalogue.temp() / "out/run.json");
    CHECK(record.find("\"signed_by\": \"" + test::our_key + "\"") != std::string::npos);
    // What the program brings along is part of it.
    const std::string input = catalogue.temp() / "in.vcf";
    const ProgramResult own = run_program(
        {"run", "--input", input, "--require-signatures", catalogue.theirs(), "--output", catalogue.temp() / "own"});
    CHECK_MESSAGE(own.exit_code == 0, own.err);
    CHECK(file_text(catalogue.temp() / "own/run.json").find("signed_by") == std::string::npos);
  }

  TEST_CASE("a catalogue of another's, and one of nobody's, is refused where signatures are required") {
    const SignedCatalogue catalogue;
    check_refused(catalogue.run({"--require-signatures", catalogue.theirs()}), 9,
                  catalogue.folder() + ": it is signed by a key that is not trusted, " + test::our_key);
    const std::string both = catalogue.key("both.pem", test::their_public_key + test::our_public_key);
    CHECK_EQ(catalogue.run({"--require-signatures", both}).exit_code, 0);
    fs::remove_all(catalogue.temp() / "out");
    fs::remove(catalogue.in_folder("catalogue.sig"));
    CHECK_EQ(catalogue.run().exit_code, 0);
    fs::remove_all(catalogue.temp() / "out");
    check_refused(catalogue.run({"--require-signatures", both}), 9,
                  catalogue.folder() + ": nobody has signed it, and signatures are required");
    CHECK(catalogue.nothing_written());
    CHECK(run_program({"knowledge", "validate", catalogue.folder()}).out.ends_with(": signed by nobody\n"));
  }

  TEST_CASE("whatever was tampered with, a signed catalogue is refused, also where signatures are not required") {
    const SignedCatalogue catalogue;
    const std::string signature = file_text(catalogue.in_folder("catalogue.sig"));
    const auto check = [&](const std::string& file, const std::string& why) {
      CAPTURE(why);
      const std::string message = catalogue.in_folder(file) + ": " + why;
      check_refused(catalogue.run(), 9, message);
      check_refused(catalogue.run({"--require-signatures", catalogue.ours()}), 9, message);
      CHECK(catalogue.nothing_written());
    };
    const std::string sites = catalogue.in_folder("genes/TPMT/sites.tsv");
    const std::string text = file_text(sites);
    std::string changed = text;
    changed.back() = ' ';
    for (const std::string& other : {changed, text + "\n", text.substr(0, text.size() - 1)}) {
      catalogue.temp().write("catalogue/genes/TPMT/sites.tsv", other);
      check("genes/TPMT/sites.tsv", "was changed after the catalogue was signed");
    }
    catalogue.temp().write("catalogue/genes/TPMT/sites.tsv", text);
    REQUIRE_EQ(catalogue.run().exit_code, 0);
    fs::remove_all(catalogue.temp() / "out");

    const std::string model = "dosing/models/warfarin-iwpc-trained.json";
    const std::string weights = file_text(catalogue.in_folder(model));
    catalogue.temp().write("catalogue/" + model, weights + " ");
    check(model, "was changed after the catalogue was signed");
    catalogue.temp().write("catalogue/" + model, weights);

    for (const char* added : {"genes/TPMT/frequencies2.tsv", "kinetics/mine.yaml", "dosing/models/mine.json"}) {
      catalogue.temp().write(std::string{"catalogue/"} + added, "");
      check(added, "was not there when the catalogue was signed");
      fs::remove(catalogue.in_folder(added));
    }
    fs::rename(sites, catalogue.temp() / "aside");
    check("genes/TPMT/sites.tsv", "was there when the catalogue was signed, and is not now");
    fs::rename(catalogue.temp() / "aside", sites);
    const std::string guideline = catalogue.in_folder("guidance/guidelines.tsv");
    fs::rename(guideline, catalogue.in_folder("guidance/guidelines2.tsv"));
    check("guidance/guidelines2.tsv", "was not there when the catalogue was signed");
    fs::rename(catalogue.in_folder("guidance/guidelines2.tsv"), guideline);

    const auto signed_as = [&](const std::string& other) { catalogue.temp().write("catalogue/catalogue.sig", other); };
    signed_as(signature.substr(0, signature.size() - 1));
    check("catalogue.sig", "the signature is damaged");
    signed_as("");
    check("catalogue.sig", "the signature is damaged");
    std::string flipped = signature;
    char& digit = flipped[flipped.size() - 2];
    digit = digit == '0' ? '1' : '0';
    signed_as(flipped);
    check("catalogue.sig", "the signature is not that of this list: the file was changed after it was signed");
    // The list made anew for a changed file, under the old signature.
    std::string relisted = signature;
    relisted[std::string{"stardose catalogue 1\n"}.size()] ^= 1;
    signed_as(relisted);
    check("catalogue.sig", "the signature is not that of this list: the file was changed after it was signed");
    // Replaced by another's over the same files: whole, and not trusted.
    signed_as(signature);
    catalogue.sign(catalogue.key("theirs.key", test::their_private_key));
    CHECK_EQ(catalogue.run().exit_code, 0);
    fs::remove_all(catalogue.temp() / "out");
    check_refused(catalogue.run({"--require-signatures", catalogue.ours()}), 9,
                  catalogue.folder() + ": it is signed by a key that is not trusted, " + test::their_key);
    signed_as(signature);
    CHECK_EQ(catalogue.run({"--require-signatures", catalogue.ours()}).exit_code, 0);
  }

  TEST_CASE("every command that opens a catalogue asks who signed it") {
    const SignedCatalogue catalogue;
    const std::string vcf = catalogue.temp().write("in.vcf", vcf_header() + vcf_record("chr6 18130687 T C", {"0/1"}));
    const std::string table = catalogue.temp().write("p.tsv", "sample\tage_years\nS1\t60\n");
    const std::string calls = catalogue.temp().write("calls.tsv", "");
    const std::string set = catalogue.temp().write("set.yaml", "set: a\n");
    const Words knowledge = {"--knowledge", catalogue.folder()};
    const auto check = [&](const Words& words) {
      CAPTURE(words.front() + " " + words.at(1));
      check_refused_saying(run_program(words + Words{"--require-signatures", catalogue.theirs()}), 9,
                           {catalogue.folder() + ": it is signed by a key that is not trusted"});
    };
    const std::string out = catalogue.temp() / "out";
    check(Words{"run", "--input", vcf, "-o", out} + knowledge);
    check(Words{"run", "--input", vcf, "--dry-run"} + knowledge);
    check(Words{"explain", "S1", "TPMT", "--input", vcf} + knowledge);
    check(Words{"dose", "warfarin", "--covariates", table, "--input", vcf} + knowledge);
    check(Words{"dose", "--list"} + knowledge);
    check(Words{"annotate", vcf} + knowledge);
    check(Words{"genotype", "--input", vcf} + knowledge);
    check(Words{"features", set, "--covariates", table, "-o", out} + knowledge);
    check(Words{"concordance", "--truth", table, "--calls", calls} + knowledge);
    check(Words{"twin", "start", "warfarin", "--covariates", table, "-o", out} + knowledge);
    check(Words{"twin", "advise", table} + knowledge);
    check(Words{"twin", "add", table, "--time", "2026-01-01", "--value", "inr=2"} + knowledge);
    check(Words{"twin", "batch", "--patients", catalogue.temp().write("a.twin.json", "{}"), "-o", out} + knowledge);
    check(Words{"selftest"} + knowledge);
    check(Words{"knowledge", "list"} + knowledge);
    check(Words{"knowledge", "show", "TPMT"} + knowledge);
    check({"knowledge", "validate", catalogue.folder()});
    check({"knowledge", "diff", "embedded", catalogue.folder()});
    CHECK_FALSE(fs::exists(out));
  }

  TEST_CASE("the setting of a workflow file and a site's are of the same weight: both must trust the key") {
    const SignedCatalogue catalogue;
    (void)catalogue.theirs();
    (void)catalogue.ours();
    (void)catalogue.run();  // makes the input
    fs::remove_all(catalogue.temp() / "out");
    const auto workflow = [&](const std::string& keys) {
      return catalogue.temp().write("w.yaml", "input: in.vcf\nknowledge: catalogue\n" +
                                                  (keys.empty() ? "" : "require-signatures: " + keys + "\n"));
    };
    const Words job = {"run", workflow("theirs.pem"), "-o", catalogue.temp() / "out"};
    const std::string why = "it is signed by a key that is not trusted";
    check_refused_saying(run_program(job), 9, {why});
    CHECK_EQ(run_program(job + Words{"--require-signatures", catalogue.ours()}).exit_code,
             0);  // in place of the file's
    (void)workflow("ours.pem");
    CHECK_EQ(run_program(job).exit_code, 0);
    {
      const SetForSite site{catalogue.theirs()};
      check_refused_saying(run_program(job), 9, {why});
      check_refused_saying(run_program(job + Words{"--require-signatures", catalogue.ours()}), 9, {why});
      (void)workflow("");
      check_refused_saying(run_program(job), 9, {why});
      // Whoever signs needs what is not signed.
      CHECK_EQ(run_program({"knowledge", "sign", catalogue.folder(), "--key",
                            catalogue.key("theirs.key", test::their_private_key)})
                   .exit_code,
               0);
      CHECK_EQ(run_program(job).exit_code, 0);
    }
  }

  TEST_CASE("a file of keys that has none, or anything else, and a flag that names none, are refused") {
    const SignedCatalogue catalogue;
    const auto refused = [&](const std::string& keys, const std::string& why) {
      check_refused_saying(catalogue.run({"--require-signatures", keys}), 2, {why});
      CHECK(catalogue.nothing_written());
    };
    refused(catalogue.temp() / "none", "cannot open the key");
    refused(catalogue.temp().write("empty", ""), "holds no public key");
    refused(catalogue.key("secret", test::our_public_key + test::our_private_key), "something else than public keys");
    refused(catalogue.key("half", test::our_public_key + test::their_public_key.substr(0, 60)), "half a key");
    refused("", "names no file");
    for (const char* flag : {"--pseudonymise", "--audit-log"}) {
      check_refused_saying(catalogue.run({flag, ""}), 2, {std::string{flag} + ": names no file"});
    }
    CHECK(catalogue.nothing_written());
  }

  TEST_CASE("a broken catalogue is not signed, nor by a key that is none") {
    const SignedCatalogue catalogue;
    const std::string signature = file_text(catalogue.in_folder("catalogue.sig"));
    const std::string key = catalogue.temp() / "ours.key";
    check_refused_saying(run_program({"knowledge", "sign", catalogue.folder(), "--key", catalogue.ours()}), 3,
                         {"holds no private key"});
    catalogue.temp().write("catalogue/genes/TPMT/gene.yaml", "symbol: [\n");
    check_refused_saying(run_program({"knowledge", "sign", catalogue.folder(), "--key", key}), 6, {"genes/TPMT/"});
    CHECK(file_text(catalogue.in_folder("catalogue.sig")) == signature);
  }

  TEST_CASE("nor one with a fault in its dosing alone") {
    const SignedCatalogue catalogue;
    const auto algorithm = fs::directory_iterator { catalogue.in_folder("dosing") } -> path();
    catalogue.temp().write("catalogue/dosing/" + algorithm.filename().string(), "bogus: [\n");
    check_refused_saying(run_program({"knowledge", "sign", catalogue.folder(), "--key", catalogue.temp() / "ours.key"}),
                         6, {"dosing/"});
  }

  TEST_CASE("a model of another's, of nobody's, or that was changed is refused") {
    const TempFolder folder;
    const std::string model = signed_model(folder);
    const std::string table = folder.write("t.tsv", "sample\tage\nA\t1\n");
    const std::string ours = folder.write("ours.pem", test::our_public_key);
    const std::string theirs = folder.write("theirs.pem", test::their_public_key);
    const auto score = [&](const std::string& file, const std::string& keys) {
      return run_program({"score", file, "--table", table, "--require-signatures", keys});
    };
    const ProgramResult trusted = score(model, ours);
    CHECK_MESSAGE(trusted.exit_code == 0, trusted.err);
    const std::string other = ": it is signed by a key that is not trusted, " + test::our_key;
    check_refused(score(model, theirs), 9, model + other);
    const std::string imported = folder / "imported.json";
    check_refused(score(imported, ours), 9, imported + ": nobody has signed it, and signatures are required");
    const std::string foreign = folder / "coefficients.tsv";
    check_refused(score(foreign, ours), 9, foreign + ": nobody has signed it, and signatures are required");
    CHECK_EQ(run_program({"score", imported, "--table", table}).exit_code, 0);
    for (const char* look : {"show", "verify"}) {
      check_refused(run_program({"model", look, model, "--require-signatures", theirs}), 9, model + other);
    }
    // Changed: refused whatever is required.
    std::string text = file_text(model);
    text.replace(text.find("5.5"), 3, "5.4");
    const std::string changed = folder.write("changed.json", text);
    const std::string why =
        changed + ": signature: the signature is not that of this model: the file was changed after it was signed";
    check_refused(run_program({"score", changed, "--table", table}), 9, why);
    check_refused(score(changed, ours), 9, why);
    check_refused(run_program({"model", "show", changed}), 9, why);
    // The other way to ask.
    check_refused(run_program({"score", model, "--table", table, "--key", theirs}), 9,
                  model + ": it is signed by another key");
    check_refused(run_program({"model", "verify", imported}), 9, imported + ": signature: the model is not signed");
  }
}

}  // namespace stardose::tests
