// Field by field.
#include "pipeline/parts/part_json.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace stardose::pipeline {

namespace {

using Json = nlohmann::ordered_json;
using pharmaco::CohortSample;
using pharmaco::GeneCounts;
using pharmaco::GeneTally;

Json json_of(const CohortSample& line) {
  return {line.page, line.needs_action, line.undetermined, line.no_change, line.no_calls};
}

CohortSample line_of(const std::string& sample, const Json& json) {
  return {sample, json.at(0), json.at(1), json.at(2), json.at(3), json.at(4)};
}

Json json_of(const PartSample& sample) {
  Json reports = Json::object();
  for (const WrittenFile& report : sample.reports) reports[report.name] = report.sha256;
  return {{"name", sample.name},
          {"bytes", sample.bytes},
          {"reports", reports},
          {"line", sample.line ? json_of(*sample.line) : Json(nullptr)},
          {"doses_refused", sample.no_doses}};
}

PartSample sample_of(const Json& json) {
  PartSample sample{.name = json.at("name")};
  json.at("bytes").get_to(sample.bytes);
  for (const auto& [name, sha256] : json.at("reports").items()) sample.reports.push_back({name, sha256});
  if (!json.at("line").is_null()) sample.line = line_of(sample.name, json.at("line"));
  json.at("doses_refused").get_to(sample.no_doses);
  return sample;
}

Json json_of(const GeneTally& tally) {
  Json positions = Json::array();
  for (const auto& [missing_of, count] : tally.positions) {
    positions.push_back({missing_of.first, missing_of.second, count});
  }
  return {{"gene", tally.gene},
          {"has_guidance", tally.has_guidance},
          {"samples", tally.samples},
          {"no_calls", tally.no_calls},
          {"ambiguous", tally.ambiguous},
          {"results", tally.results},
          {"positions_missing", positions}};
}

GeneTally tally_of(const Json& json) {
  GeneTally tally{
      json.at("gene"), json.at("has_guidance"), json.at("samples"), json.at("no_calls"), json.at("ambiguous"), {}, {}};
  json.at("results").get_to(tally.results);
  for (const Json& entry : json.at("positions_missing")) {
    tally.positions[{entry.at(0), entry.at(1)}] = entry.at(2);
  }
  return tally;
}

Json json_of(const GeneCounts& counts) {
  return {{"of", counts.of}, {"one_assay", counts.one_assay}, {"several_truths", counts.several_truths}};
}

GeneCounts counts_of(const Json& json) {
  GeneCounts counts;
  json.at("of").get_to(counts.of);
  json.at("one_assay").get_to(counts.one_assay);
  json.at("several_truths").get_to(counts.several_truths);
  return counts;
}

template <class Things>
Json list_of(const Things& things) {
  Json list = Json::array();
  for (const auto& thing : things) list.push_back(json_of(thing));
  return list;
}

Json gene_warnings_json(const RunPart& part) {
  Json list = Json::array();
  for (std::size_t gene = 0; gene < part.gene_warnings.size(); ++gene) {
    for (const GeneWarning& warning : part.gene_warnings[gene]) list.push_back({gene, warning.sample, warning.text});
  }
  return list;
}

Json unaligned_json(const RunPart& part) {
  Json list = Json::array();
  for (const auto& [site, text] : part.unaligned) list.push_back({site, text});
  return list;
}

// A missing value is null: JSON has no NaN.
Json features_json(const learning::Frame& frame) {
  Json columns = Json::array();
  for (const learning::Column& column : frame.columns) {
    Json values = Json::array();
    for (const double value : column.values) values.push_back(std::isnan(value) ? Json(nullptr) : Json(value));
    columns.push_back({{"name", column.kind.name},
                       {"unit", column.kind.unit},
                       {"levels", column.kind.levels},
                       {"input", column.kind.input},
                       {"values", values}});
  }
  return {{"rows", frame.rows}, {"columns", columns}};
}

learning::Frame features_of(const Json& json) {
  learning::Frame frame;
  json.at("rows").get_to(frame.rows);
  for (const Json& one : json.at("columns")) {
    learning::Column column{{one.at("name"), one.at("unit"), one.at("levels"), one.at("input")}, {}};
    for (const Json& value : one.at("values")) {
      column.values.push_back(value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>());
    }
    if (column.values.size() != frame.rows.size()) throw Json::other_error::create(501, "features", nullptr);
    frame.columns.push_back(std::move(column));
  }
  return frame;
}

Json empty_features_json(const RunPart& part) {
  Json list = Json::array();
  for (const auto& [column, text] : part.empty_features) list.push_back({column, text});
  return list;
}

Json concordance_json(const RunPart& part) {
  Json object = Json::object();
  for (const auto& [gene, counts] : part.concordance) object[gene] = json_of(counts);
  return object;
}

}  // namespace

Json part_json(const RunPart& part) {
  return {{"samples", list_of(part.samples)},
          {"of_variant_files", part.of_variants},
          {"assembly", part.assembly},
          {"variant_inputs", part.variant_inputs},
          {"alignment_inputs", part.alignment_inputs},
          {"failed", part.failed},
          {"variant_warnings", part.variant_warnings},
          {"unaligned", unaligned_json(part)},
          {"alignment_warnings", part.alignment_warnings},
          {"genes", list_of(part.genes)},
          {"gene_warnings", gene_warnings_json(part)},
          {"concordance", concordance_json(part)},
          {"features", features_json(part.features)},
          {"empty_features", empty_features_json(part)}};
}

RunPart part_of_json(const Json& json) {
  RunPart part;
  for (const Json& sample : json.at("samples")) part.samples.push_back(sample_of(sample));
  json.at("of_variant_files").get_to(part.of_variants);
  json.at("assembly").get_to(part.assembly);
  part.variant_inputs = json.at("variant_inputs");
  part.alignment_inputs = json.at("alignment_inputs");
  part.failed = json.at("failed");
  json.at("variant_warnings").get_to(part.variant_warnings);
  for (const Json& entry : json.at("unaligned")) part.unaligned.emplace(entry.at(0), entry.at(1));
  json.at("alignment_warnings").get_to(part.alignment_warnings);
  for (const Json& gene : json.at("genes")) part.genes.push_back(tally_of(gene));
  part.gene_warnings.resize(part.genes.size());
  for (const Json& entry : json.at("gene_warnings")) {
    part.gene_warnings.at(entry.at(0)).push_back({entry.at(1), entry.at(2)});
  }
  for (const auto& [gene, counts] : json.at("concordance").items()) part.concordance.emplace(gene, counts_of(counts));
  part.features = features_of(json.at("features"));
  for (const Json& entry : json.at("empty_features")) part.empty_features.emplace(entry.at(0), entry.at(1));
  if (part.of_variants > part.samples.size()) throw Json::other_error::create(501, "counts", nullptr);
  return part;
}

}  // namespace stardose::pipeline
