// Predictions as lines and JSON.
#include "learning/predict/prediction_text.h"

#include <doctest/doctest.h>

#include <limits>

#include "genomics/basics/utf8.h"

namespace stardose::learning {

namespace {

Model doses() {
  Model model;
  model.source = "a test";
  model.outputs = {"dose"};
  return model;
}

Prediction predicted() {
  return {.values = {31.25},
          .refused = {},
          .interval = PredictionInterval{12.5, std::numeric_limits<double>::infinity(), 0.9, "Black"},
          .flags = {{FlagKind::filled, "height", "height is missing"}, {FlagKind::out_of_range, "age", "age is high"}},
          .margins = {5.5},
          .expectation = 5,
          .contributions = {{"CYP2C9", -0.5}, {"age", 1}}};
}

}  // namespace

TEST_SUITE("learning: prediction text") {
  TEST_CASE("a line has the value, the interval, flags") {
    CHECK_EQ(predictions_header(doses()), "sample\tstatus\tdose\tlow\thigh\tlevel\tgroup\tflags\trefused\n");
    CHECK_EQ(prediction_row(doses(), "P1", predicted()),
             "P1\tpredicted\t31.25\t12.5\tinf\t0.9\tBlack\theight is missing; age is high\tNA\n");
  }

  TEST_CASE("names that are not UTF-8 are made such in JSON, which is nothing else") {
    Model model = doses();
    model.outputs = {
        "do\xff"
        "se"};
    const std::string json = prediction_json(model,
                                             "Gr\xe4\xdf"
                                             "e",
                                             predicted());
    CHECK(
        json.starts_with("{\"sample\":\"Gr\xef\xbf\xbd\xef\xbf\xbd"
                         "e\""));
    CHECK(json.find("\"do\xef\xbf\xbdse\":31.25") != std::string::npos);
    CHECK_EQ(genomics::find_not_utf8(json), std::string::npos);
    model.source = "\xc3";
    CHECK_EQ(genomics::find_not_utf8(model_summary_json(model, {})), std::string::npos);
    CHECK(prediction_json(doses(),
                          "Gr\xc3\xa4\xc3\x9f"
                          "e",
                          predicted())
              .find("Gr\xc3\xa4\xc3\x9f"
                    "e") != std::string::npos);
  }

  TEST_CASE("who is refused has a reason and no number") {
    Prediction refused;
    refused.refused = {"age is missing"};
    CHECK_EQ(prediction_row(doses(), "P\t2", refused), "P 2\trefused\tNA\tNA\tNA\tNA\tNA\tNA\tage is missing\n");
    CHECK_EQ(prediction_json(doses(), "P2", refused),
             "{\"sample\":\"P2\",\"status\":\"refused\",\"refused\":[\"age is missing\"],\"flags\":[]}");
    CHECK_EQ(contribution_rows("P2", refused), "");
  }

  TEST_CASE("a class is told by its name") {
    Model model = doses();
    model.outputs = {"no", "yes"};
    model.link.function = LinkFunction::largest;
    CHECK_EQ(predictions_header(model), "sample\tstatus\tclass\tlow\thigh\tlevel\tgroup\tflags\trefused\n");
    Prediction prediction;
    prediction.values = {1};
    CHECK_EQ(prediction_row(model, "P", prediction), "P\tpredicted\tyes\tNA\tNA\tNA\tNA\tNA\tNA\n");
  }

  TEST_CASE("contributions begin with what they are measured from") {
    CHECK_EQ(contribution_rows("P1", predicted()), "P1\t(expectation)\t5\nP1\tCYP2C9\t-0.5\nP1\tage\t1\n");
  }

  TEST_CASE("JSON: an open end is null") {
    const std::string text = prediction_json(doses(), "P1", predicted());
    CHECK(text.find("\"high\":null") != std::string::npos);
    CHECK(text.find("\"kind\":\"missing\",\"column\":\"height\"") != std::string::npos);
    CHECK(text.find("\"contributions\":{\"CYP2C9\":-0.5,\"age\":1") != std::string::npos);
  }
}

}  // namespace stardose::learning
