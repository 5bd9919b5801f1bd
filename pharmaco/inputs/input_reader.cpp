// Inputs: what is asked of a patient, checked against the catalogue's genes and covariates.
#include "pharmaco/inputs/input_reader.h"

#include <algorithm>
#include <set>

#include "genomics/nearest_name.h"
#include "pharmaco/knowledge/synonyms.h"

namespace stardose::pharmaco {

namespace {

using Kind = DoseInput::Kind;

/// The kinds of genetic input, by the key that names the gene or variant.
const std::map<std::string, Kind>& genetic_kinds() {
  static const std::map<std::string, Kind> kinds = {{"diplotype", Kind::diplotype}, {"count", Kind::allele_count},
                                                    {"phenotype", Kind::phenotype}, {"score", Kind::activity_score},
                                                    {"genotype", Kind::genotype},   {"carries", Kind::carries},
                                                    {"tested", Kind::tested},       {"dosage", Kind::dosage},
                                                    {"copies", Kind::copies},       {"polygenic", Kind::polygenic}};
  return kinds;
}

/// What was probably meant, as the end of a sentence.
std::string meant(const std::string& written, const std::vector<std::string>& names) {
  const std::string nearest = genomics::nearest_name(written, names);
  return nearest.empty() ? "" : "; did you mean `" + nearest + "`?";
}

class InputReader {
 public:
  InputReader(std::string name, const YAML::Node& node, const InputContext& context)
      : context_{context},
        fields_{context.file,
                node,
                {"diplotype", "count",     "phenotype", "score",     "genotype", "carries", "tested",    "covariate",
                 "gene",      "alleles",   "counted",   "functions", "variants", "letters", "groups",    "missing",
                 "why",       "reference", "impute",    "title",     "dosage",   "copies",  "polygenic", "scale"},
                context.faults} {
    input_.name = std::move(name);
  }

  DoseInput read() {
    if (input_.name == unknown_row || is_reserved(input_.name)) fault("the name means something else here");
    find_kind();
    if (input_.kind == Kind::covariate) {
      read_covariate();
    } else {
      read_genetic();
    }
    input_.title = fields_.text_or("title", input_.title);
    read_missing();
    read_reference();
    return std::move(input_);
  }

 private:
  static bool is_reserved(const std::string& name) {
    static const std::set<std::string> words = {"sum", "product", "ratio",   "power", "root", "square",
                                                "exp", "ln",      "when",    "floor", "all",  "any",
                                                "not", "missing", "imputed", "in"};
    return words.contains(name);
  }

  void fault(const std::string& why) {
    context_.faults.add(context_.file, fields_.line(), "inputs: " + input_.name + ": " + why);
  }

  void find_kind() {
    for (const auto& [key, kind] : genetic_kinds()) {
      if (!fields_.has(key)) continue;
      if (input_.kind != Kind::covariate) fault("two kinds of input in one");
      input_.kind = kind;
      const bool is_variant = kind == Kind::genotype || kind == Kind::dosage;
      (kind == Kind::polygenic ? input_.score : is_variant ? input_.rsid : input_.gene) = fields_.text(key);
    }
    if (!input_.rsid.empty()) input_.gene = fields_.text("gene");
  }

  void read_covariate() {
    const std::string name = fields_.text_or("covariate", input_.name);
    const Covariate* covariate = context_.covariates.find(name);
    if (covariate == nullptr) {
      std::vector<std::string> names;
      for (const Covariate& known : context_.covariates.list) names.push_back(known.name);
      fault("not in covariates.yaml: " + name + meant(name, names));
      return;
    }
    if (name != input_.name) fault("an input has the name of its covariate");
    input_.title = covariate->title;
    input_.unit = covariate->unit;
    input_.is_drug = covariate->is_drug;
    for (const CovariateCategory& category : covariate->categories) input_.categories.push_back(category.name);
  }

  void read_genetic() {
    input_.unit = {.name = "number", .quantity = "count"};
    if (input_.kind == Kind::polygenic) {
      read_polygenic();
      return;
    }
    gene_ = context_.knowledge.find_gene(input_.gene);
    if (gene_ == nullptr) {
      std::vector<std::string> symbols;
      for (const Gene& known : context_.knowledge.genes) symbols.push_back(known.symbol);
      fault("no such gene in the catalogue: " + input_.gene + meant(input_.gene, symbols));
      return;
    }
    input_.alleles = fields_.list("alleles");
    input_.counted = fields_.list("counted");
    input_.functions = fields_.list("functions");
    input_.variants = fields_.list("variants");
    for (const auto* list : {&input_.alleles, &input_.counted}) {
      for (const std::string& allele : *list) {
        if (input_.kind != Kind::dosage && !gene_->find_allele(allele))
          fault("no such allele of " + input_.gene + ": " + allele);
      }
    }
    for (const std::string& rsid : input_.variants) {
      if (find_site(*gene_, rsid) == nullptr) fault("no such site of " + input_.gene + ": " + rsid);
    }
    switch (input_.kind) {
      case Kind::diplotype: return name_diplotypes();
      case Kind::genotype: return name_genotypes();
      case Kind::phenotype: return group_phenotypes();
      case Kind::allele_count: return check_count();
      case Kind::activity_score: input_.title = input_.gene + " activity score"; return;
      case Kind::carries:
      case Kind::tested: return name_yes_and_no();
      case Kind::dosage: return check_dosage();
      case Kind::copies: input_.title = input_.gene + " copies"; return;
      case Kind::polygenic:
      case Kind::covariate: return;
    }
  }

  void read_polygenic() {
    using Scale = PolygenicScore::Scale;
    static const std::map<std::string, Scale> scales = {
        {"z", Scale::z}, {"sum", Scale::sum}, {"average", Scale::average}};
    input_.title = "polygenic score " + input_.score;
    const auto scale = scales.find(fields_.text("scale"));
    if (scale == scales.end()) {
      fault("scale: expected z, sum or average");
    } else {
      input_.scale = scale->second;
    }
  }

  void check_dosage() {
    const genomics::Site* site = find_site(*gene_, input_.rsid);
    if (site == nullptr) {
      fault("no such site of " + input_.gene + ": " + input_.rsid);
      return;
    }
    const std::string letter = input_.counted.size() == 1 ? input_.counted.front() : "";
    input_.title = input_.gene + " " + input_.rsid + " copies of " + letter;
    if (letter != site->ref && std::ranges::find(site->alts, letter) == site->alts.end()) {
      fault("`counted` is one letter of " + input_.rsid + ", as in a VCF: " + site->ref + " or another allele's");
    }
  }

  void name_diplotypes() {
    input_.title = input_.gene + " diplotype";
    if (input_.alleles.empty()) fault("`alleles` is missing: those that the algorithm has terms for");
    for (std::size_t first = 0; first < input_.alleles.size(); ++first) {
      for (std::size_t second = first; second < input_.alleles.size(); ++second) {
        input_.categories.push_back(input_.alleles[first] + "/" + input_.alleles[second]);
      }
    }
  }

  void name_genotypes() {
    input_.title = input_.gene + " " + input_.rsid;
    const genomics::Site* site = find_site(*gene_, input_.rsid);
    if (site == nullptr) {
      fault("no such site of " + input_.gene + ": " + input_.rsid);
      return;
    }
    std::vector<std::string> bases = site->alts;
    bases.push_back(site->ref);
    const YAML::Node letters = fields_.node("letters");
    if (!letters.IsDefined() || !letters.IsMap()) {
      fault("`letters` is missing: the publication's letter for each of the catalogue's");
      return;
    }
    std::vector<std::string> published;
    for (const auto& item : letters) {
      input_.letters[item.first.Scalar()] = item.second.Scalar();
      published.push_back(item.second.Scalar());
      if (std::ranges::find(bases, item.first.Scalar()) == bases.end()) {
        fault("the catalogue's " + input_.rsid + " has no allele " + item.first.Scalar());
      }
    }
    if (input_.letters.size() != bases.size()) fault("`letters` does not have every allele of " + input_.rsid);
    std::ranges::sort(published);
    if (std::ranges::adjacent_find(published) != published.end()) fault("`letters` has one letter twice");
    for (std::size_t first = 0; first < published.size(); ++first) {
      for (std::size_t second = first; second < published.size(); ++second) {
        input_.categories.push_back(published[first] + "/" + published[second]);
      }
    }
  }

  void group_phenotypes() {
    input_.title = input_.gene + " phenotype";
    const YAML::Node groups = fields_.node("groups");
    const std::vector<std::string> known = phenotypes_of(*gene_);
    if (!groups.IsDefined()) {
      for (const std::string& phenotype : known) {
        if (phenotype == PhenotypeRule::indeterminate) continue;
        input_.categories.push_back(phenotype);
        input_.group_of.emplace(phenotype, phenotype);
      }
      return;
    }
    if (!groups.IsMap()) {
      fault("groups: expected a name for some phenotypes each");
      return;
    }
    for (const auto& group : groups) {
      input_.categories.push_back(group.first.Scalar());
      if (!group.second.IsSequence()) {
        fault("groups: expected a list of phenotypes for " + group.first.Scalar());
        continue;
      }
      for (const auto& phenotype : group.second) {
        if (std::ranges::find(known, phenotype.Scalar()) == known.end()) {
          fault(input_.gene + " has no phenotype " + phenotype.Scalar());
        }
        if (!input_.group_of.emplace(phenotype.Scalar(), group.first.Scalar()).second) {
          fault("in two groups: " + phenotype.Scalar());
        }
      }
    }
    for (const std::string& phenotype : known) {
      if (phenotype == PhenotypeRule::indeterminate || input_.group_of.contains(phenotype)) continue;
      fault("in no group: " + phenotype);
    }
  }

  void check_count() {
    std::string what;
    for (const auto* list : {&input_.counted, &input_.functions}) {
      for (const std::string& item : *list) what += (what.empty() ? "" : ", ") + item;
    }
    input_.title = input_.gene + " copies of " + what;
    if (input_.counted.empty() == input_.functions.empty()) fault("expected either `counted` or `functions`");
    for (const std::string& function : input_.functions) {
      if (std::ranges::find(gene_->alleles, function, &NamedAllele::function) == gene_->alleles.end()) {
        fault("no allele of " + input_.gene + " has the function " + function);
      }
    }
  }

  void name_yes_and_no() {
    const bool is_tested = input_.kind == Kind::tested;
    input_.title = input_.gene;
    for (const auto* list : {&input_.counted, &input_.variants}) {
      for (const std::string& item : *list) input_.title += (list->front() == item ? " " : ", ") + item;
    }
    input_.title += is_tested ? " tested" : " carried";
    input_.categories = {"yes", "no"};
    if (input_.counted.empty()) fault("`counted` is missing");
  }

  void read_missing() {
    const YAML::Node missing = fields_.node("missing");
    const bool is_map = fields_.has("missing") && missing.IsMap();
    const std::string text = is_map ? std::string{} : fields_.text_or("missing", "refuse");
    if (is_map) {
      input_.if_missing = DoseInput::IfMissing::take;
      const YamlFields take{context_.file, missing, {"take", "why"}, context_.faults};
      input_.taken = take.text("take");
      input_.taken_why = take.text("why");
      if (std::ranges::find(input_.categories, input_.taken) == input_.categories.end()) {
        fault("it is never " + input_.taken);
      }
    } else if (text == "unknown") {
      input_.if_missing = DoseInput::IfMissing::unknown;
    } else if (text != "refuse") {
      fault("missing: expected refuse, unknown or {take: CATEGORY, why: TEXT}");
    }
  }

  void read_reference() {
    input_.reference = fields_.text_or("reference", "");
    if (input_.reference.empty()) return;
    double number = 0;
    const bool fits = input_.categories.empty()
                          ? read_decimal(input_.reference, number)
                          : std::ranges::find(input_.categories, input_.reference) != input_.categories.end();
    if (!fits) fault("reference: it is never " + input_.reference);
  }

  const InputContext& context_;
  YamlFields fields_;
  DoseInput input_;
  const Gene* gene_ = nullptr;
};

}  // namespace

DoseInput read_dose_input(const std::string& name, const YAML::Node& node, const InputContext& context) {
  return InputReader{name, node, context}.read();
}

}  // namespace stardose::pharmaco
