// Our own file: what is written is read back, and nothing else is read.
#include "learning/model/model_file.h"

#include <doctest/doctest.h>

#include <cmath>

#include "genomics/input_error.h"
#include "learning/document/json.h"
#include "tests/builders/trees.h"

using namespace stardose::learning;
using stardose::genomics::InputError;

namespace {

Model read(const std::string& text) {
  Document document{"m.json", text};
  parse_json(document);
  return read_model(document);
}

std::string refusal(const std::string& text) {
  try {
    (void)read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "read";
}

Model small() {
  return {.source = "made up",
          .features = {{"age", "decade", 1, 9, 5.25}, {"dose \"x\"\n", "", std::nullopt, std::nullopt, std::nullopt}},
          .outputs = {"prediction"},
          .link = {LinkFunction::signed_square, 0.1},
          .method = LinearModel{{0.1, -1e-300}, {1.0 / 3}},
          .remarks = {"Two words."}};
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = model_json(small());
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("random ensembles come back to the bit") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto precision = seed % 2 == 0 ? Precision::float32 : Precision::float64;
    stardose::test::TreeMaker maker{seed, {.depth = 5, .outputs = 2}, precision};
    Model model{.source = "made up", .outputs = {"a", "b"}, .link = {LinkFunction::softmax, 1}};
    for (const char* name : {"a", "b", "c", "d", "e"}) model.features.push_back({.name = name});
    TreeEnsemble ensemble = maker.ensemble();
    ensemble.average = seed % 3 == 0;
    if (precision == Precision::float64) ensemble.trees[0].nodes.back().value = 0.1 + seed;
    model.method = ensemble;
    CHECK(read(model_json(model)) == model);
    CHECK_EQ(model_json(read(model_json(model))), model_json(model));
  }
}

TEST_CASE("linear and kernel models come back to the bit") {
  CHECK(read(model_json(small())) == small());
  Model kernel = small();
  kernel.method = KernelModel{Kernel::sigmoid, 0.1, -2, 3, {1, 2, 3, 4}, {0.5, -0.5}, {0.7}};
  CHECK(read(model_json(kernel)) == kernel);
}

TEST_CASE("blends come back to the bit; members that do not go together are refused") {
  Model model = small();
  const LinearModel linear{{0.1, 2}, {1.0 / 3}};
  Blend blend{{{linear, {LinkFunction::exponential, 1}, 0.25},
               {KernelModel{Kernel::rbf, 0.1, 0, 0, {1, 2}, {0.5}, {0.7}}, {}, 1.0 / 3}}};
  model.method = blend;
  CHECK(read(model_json(model)) == model);
  const auto fault = [&](const BlendMember& last) {
    Blend with = blend;
    with.members.push_back(last);
    return fault_of(with, 2).value_or("");
  };
  CHECK_EQ(fault({linear, {}, 1}), "");
  CHECK_EQ(fault({LinearModel{{1, 2, 3, 4}, {1, 2}}, {}, 1}),
           "member 2: another number of predictions than the first member");
  CHECK_EQ(fault({linear, {LinkFunction::step, 1}, 1}),
           "member 2: a link that names a class, which cannot be averaged");
  CHECK_EQ(fault({linear, {LinkFunction::identity, NAN}, 1}), "member 2: a link whose scale is not finite");
  CHECK_EQ(fault({linear, {LinkFunction::identity, 0}, 1}), "member 2: a link whose scale is not above 0");
  CHECK_EQ(fault({linear, {}, 0}), "member 2: a weight that is not above 0");
  CHECK_EQ(fault({blend, {}, 1}), "member 2: a blend within a blend");
  CHECK_EQ(fault({LinearModel{{1}, {1}}, {}, 1}), "member 2: 1 weights for 1 outputs of 2 features");
  CHECK_EQ(fault_of(Blend{}, 2).value_or(""), "no members");
}

TEST_CASE("another schema, an unknown key, a missing one and a fault are refused") {
  CHECK_EQ(refusal(changed("\"schema\":2", "\"schema\":3")), "m.json: schema: is 3; this program reads 2");
  CHECK_EQ(refusal(changed("\"remarks\"", "\"remark\"")), "m.json: has `remark`, which is not known");
  CHECK_EQ(refusal(changed("\"unit\":\"decade\"", "\"units\":\"decade\"")),
           "m.json: features[0]: has `units`, which is not known");
  CHECK_EQ(refusal(changed("\"scale\":0.1", "\"scale\":NaN")), "m.json: a link whose scale is not finite");
  CHECK_EQ(refusal(changed("\"scale\":0.1", "\"scale\":0")), "m.json: a link whose scale is not above 0");
  CHECK_EQ(refusal(changed("\"scale\":0.1", "\"scale\":-0.1")), "m.json: a link whose scale is not above 0");
  CHECK_EQ(refusal(changed(",\"scale\":0.1", "")), "m.json: link: lacks `scale`");
  CHECK_EQ(refusal(changed("signed_square", "probit")), "m.json: link.function: a word that is not known: probit");
  CHECK_EQ(refusal(changed("[0.1,", "[0.1,3,")), "m.json: 3 weights for 1 outputs of 2 features");
  CHECK_EQ(refusal(changed("\"lowest\":1", "\"lowest\":10")), "m.json: a range that ends before it begins: age");
  CHECK_EQ(refusal(changed("[\"prediction\"]", "[\"a\",\"b\"]")),
           "m.json: 2 names of outputs for 1 margins with the link signed_square");
  CHECK_EQ(refusal(changed("name\":\"dose", "name\":\"age\",\"x\":\"")),
           "m.json: features[1]: has `x`, which is not known");
}
