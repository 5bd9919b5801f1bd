// Saying predictions.
#include "learning/predict/prediction_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "genomics/basics/table_cell.h"
#include "learning/document/json_text.h"

namespace stardose::learning {

namespace {

std::string cell(std::string_view text) { return text.empty() ? "NA" : genomics::table_cell(text); }

std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : "; ") + sentence;
  return cell(text);
}

std::vector<std::string> texts_of(const std::vector<Flag>& flags) {
  std::vector<std::string> texts;
  texts.reserve(flags.size());
  for (const Flag& flag : flags) texts.push_back(flag.text);
  return texts;
}

std::string_view word_of(FlagKind kind) {
  return kind == FlagKind::out_of_range ? "out_of_range" : kind == FlagKind::filled ? "missing" : "unseen_level";
}

/// JSON has no infinity: an open end is null.
void put(JsonText& json, double value) {
  if (std::isfinite(value)) {
    json.number(value);
  } else {
    json.null();
  }
}

/// The document without the line end.
std::string ended(JsonText& json) {
  std::string text = json.take();
  text.pop_back();
  return text;
}

/// The name of the class that a prediction numbers.
std::string class_of(const Model& model, const Prediction& prediction) {
  const auto number = static_cast<std::size_t>(prediction.values[0]);
  return number < model.outputs.size() ? model.outputs[number] : fmt::format("{}", prediction.values[0]);
}

}  // namespace

std::string predictions_header(const Model& model) {
  std::string line = "sample\tstatus";
  if (names_a_class(model.link)) {
    line += "\tclass";
  } else {
    for (const std::string& output : model.outputs) (line += '\t') += cell(output);
  }
  return line + "\tlow\thigh\tlevel\tgroup\tflags\trefused\n";
}

std::string prediction_row(const Model& model, std::string_view sample, const Prediction& prediction) {
  const bool refused = !prediction.refused.empty();
  std::string line = cell(sample) + (refused ? "\trefused" : "\tpredicted");
  if (names_a_class(model.link)) {
    line += refused ? "\tNA" : "\t" + cell(class_of(model, prediction));
  } else {
    for (std::size_t k = 0; k < model.outputs.size(); ++k) {
      line += refused ? "\tNA" : fmt::format("\t{:.6g}", prediction.values[k]);
    }
  }
  if (prediction.interval) {
    const PredictionInterval& interval = *prediction.interval;
    fmt::format_to(std::back_inserter(line), "\t{:.6g}\t{:.6g}\t{}\t{}", interval.low, interval.high, interval.level,
                   cell(interval.group));
  } else {
    line += "\tNA\tNA\tNA\tNA";
  }
  return line + '\t' + joined(texts_of(prediction.flags)) + '\t' + joined(prediction.refused) + '\n';
}

std::string contributions_header() { return "sample\tinput\tcontribution\n"; }

std::string contribution_rows(std::string_view sample, const Prediction& prediction) {
  if (prediction.contributions.empty()) return {};
  std::string text = fmt::format("{}\t(expectation)\t{:.8g}\n", cell(sample), prediction.expectation);
  for (const InputContribution& contribution : prediction.contributions) {
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{:.8g}\n", cell(sample), cell(contribution.input),
                   contribution.value);
  }
  return text;
}

std::string prediction_json(const Model& model, std::string_view sample, const Prediction& prediction) {
  JsonText json;
  json.open('{').name("sample").text(sample);
  json.name("status").text(prediction.refused.empty() ? "predicted" : "refused");
  if (!prediction.refused.empty()) {
    json.name("refused").texts(prediction.refused);
  } else if (names_a_class(model.link)) {
    json.name("class").text(class_of(model, prediction));
  } else {
    json.name("values").open('{');
    for (std::size_t k = 0; k < model.outputs.size(); ++k) put(json.name(model.outputs[k]), prediction.values[k]);
    json.close('}');
  }
  if (prediction.interval) {
    json.name("interval").open('{');
    put(json.name("low"), prediction.interval->low);
    put(json.name("high"), prediction.interval->high);
    json.name("level").number(prediction.interval->level);
    if (!prediction.interval->group.empty()) json.name("group").text(prediction.interval->group);
    json.close('}');
  }
  json.name("flags").open('[');
  for (const Flag& flag : prediction.flags) {
    json.open('{').name("kind").text(word_of(flag.kind)).name("column").text(flag.column);
    json.name("text").text(flag.text).close('}');
  }
  json.close(']');
  if (!prediction.contributions.empty()) {
    put(json.name("expectation"), prediction.expectation);
    json.name("contributions").open('{');
    for (const InputContribution& contribution : prediction.contributions) {
      put(json.name(contribution.input), contribution.value);
    }
    json.close('}');
  }
  json.close('}');
  return ended(json);
}

std::string model_summary_json(const Model& model, std::string_view why_no_contributions) {
  JsonText json;
  json.open('{').name("source").text(model.source);
  if (model.card) json.name("title").text(model.card->title);
  if (!model.target.name.empty()) {
    json.name("target").text(model.target.name).name("unit").text(model.target.unit);
  }
  json.name("outputs").texts(model.outputs);
  json.name("signed_by");
  if (model.signature) {
    json.text(model.signature->key);
  } else {
    json.null();
  }
  json.name("contributions")
      .text(why_no_contributions.empty() ? "on the learned scale, to its first margin" : why_no_contributions);
  json.name("remarks").texts(model.remarks);
  json.close('}');
  return ended(json);
}

}  // namespace stardose::learning
