// JSON and UBJSON to values.
#include "learning/document/json.h"

#include <doctest/doctest.h>

#include <cmath>

#include "genomics/input_error.h"
#include "learning/document/field.h"
#include "learning/document/json_text.h"
#include "learning/document/ubjson.h"

using namespace stardose::learning;
using stardose::genomics::InputError;

namespace {

std::string refusal(const std::string& text, void (*parse)(Document&) = &parse_json) {
  Document document{"f", text};
  try {
    parse(document);
  } catch (const InputError& error) {
    return error.what();
  }
  return "read";
}

std::string text_of(const std::string& json) {
  Document document{"f", "{\"a\":" + json + "}"};
  parse_json(document);
  return Field::root(document).at("a").text();
}

}  // namespace

TEST_CASE("values of every kind are read") {
  Document document{"f", R"( {"a":[1,-2.5e3,1E-45,NaN,-Infinity], "b":{"c":true,"d":null,"e":"x"},"f":[] } )"};
  parse_json(document);
  const Field root = Field::root(document);
  const std::vector<double> numbers = root.at("a").numbers();
  CHECK_EQ(numbers[1], -2500);
  CHECK(std::isnan(numbers[3]));
  CHECK(std::isinf(numbers[4]));
  CHECK_EQ(root.at("a").floats()[2], std::nextafterf(0, 1));
  CHECK(root.at("b").at("c").boolean());
  CHECK(root.at("b").at("d").is_null());
  CHECK_EQ(root.at("f").size(), 0);
  CHECK_FALSE(root.find("g"));
}

TEST_CASE("text is rounded to float once, not by way of a double") {
  // Just above the middle of two floats; as a double it is the middle, which would round to even, down.
  Document document{"f", "[1.00000005960464477540]"};
  parse_json(document);
  CHECK_EQ(Field::root(document).floats()[0], std::nextafterf(1, 2));
}

TEST_CASE("strings: escapes, characters beyond ASCII") {
  CHECK_EQ(text_of(R"("a\"\\\/\n\u00e9\u20ac\ud83d\ude00")"), "a\"\\/\n\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  CHECK_EQ(refusal(R"(["\ud83d"])"), "f: 1:9: half a character within a string");
  CHECK_EQ(refusal(R"(["\x"])"), "f: 1:5: an unknown escape within a string");
  CHECK_EQ(refusal("[\"a\nb\"]"), "f: 1:4: a control character within a string");
}

TEST_CASE("what is no JSON is refused at line and column") {
  CHECK_EQ(refusal("{\n \"a\": 1,\n \"a\": 2}"), "f: 3:5: a name is there twice: a");
  CHECK_EQ(refusal("[1,2"), "f: 1:5: the file ends within a value");
  CHECK_EQ(refusal("[1 2]"), "f: 1:4: expected `,`");
  CHECK_EQ(refusal("[01]"), "f: 1:4: not a value");
  CHECK_EQ(refusal("[.5]"), "f: 1:2: not a value");
  CHECK_EQ(refusal("[1.]"), "f: 1:4: a number has no digits behind its point");
  CHECK_EQ(refusal("[1e]"), "f: 1:4: a number has no digits in its exponent");
  CHECK_EQ(refusal("[1] 2"), "f: 1:5: something follows the end of the document");
  CHECK_EQ(refusal(std::string(100, '[')), "f: 1:66: values are nested too deep");
}

TEST_CASE("a field of another kind is refused by its path") {
  Document document{"f", R"({"a":{"b":[1,2.5,"x",9]}})"};
  parse_json(document);
  const Field b = Field::root(document).at("a").at("b");
  const auto why = [](const auto& read) -> std::string {
    try {
      read();
    } catch (const InputError& error) {
      return error.what();
    }
    return "read";
  };
  CHECK_EQ(why([&] { (void)b.numbers(); }), "f: a.b: expected a number");
  CHECK_EQ(why([&] { (void)b.items()[1].integer({0, 9}); }), "f: a.b[1]: expected whole numbers from 0 to 9");
  CHECK_EQ(why([&] { (void)b.items()[3].integer({0, 8}); }), "f: a.b[3]: expected whole numbers from 0 to 8");
  CHECK_EQ(why([&] { (void)b.text(); }), "f: a.b: expected a text");
  CHECK_EQ(why([&] { (void)Field::root(document).at("a").at("c"); }), "f: a: lacks `c`");
  CHECK_EQ(why([&] { Field::root(document).only({"c"}); }), "f: has `a`, which is not known");
}

TEST_CASE("UBJSON: the same values from bytes") {
  const std::string bytes = std::string{"{U\1a[$d#L\0\0\0\0\0\0\0\2", 17} + std::string{"\x3f\x80\0\0\x40\0\0\0", 8} +
                            std::string{"U\1b[$l#U\1\xff\xff\xff\xff", 13} + "U\1c[i\5TFU\7]U\1dSU\2hi}";
  Document document{"f", bytes};
  parse_ubjson(document);
  const Field root = Field::root(document);
  CHECK_EQ(root.at("a").floats(), std::vector<float>{1, 2});
  CHECK_EQ(root.at("b").integers({-1, 0}), std::vector<std::int64_t>{-1});
  CHECK_EQ(root.at("c").integers({0, 9}), std::vector<std::int64_t>{5, 1, 0, 7});
  CHECK_EQ(root.at("d").text(), "hi");
}

TEST_CASE("UBJSON that promises more than it has is refused before memory is asked for") {
  const auto ubjson = [](const std::string& bytes) { return refusal(bytes, &parse_ubjson); };
  CHECK_EQ(ubjson(std::string{"[#L\x7f\0\0\0\0\0\0\0", 11}), "f: byte 12: a length does not fit the file");
  CHECK_EQ(ubjson(std::string{"[$D#U\5abcdefgh", 14}), "f: byte 7: a length does not fit the file");
  CHECK_EQ(ubjson("[$Z#U\x09"), "f: byte 4: an unknown kind of items");
  CHECK_EQ(ubjson("[#i\xff"), "f: byte 5: a length does not fit the file");
  CHECK_EQ(ubjson("[#d\1\1\1\1"), "f: byte 4: a length is no whole number");
  CHECK_EQ(ubjson("{U\1ai"), "f: byte 6: the file ends within a value");
  CHECK_EQ(ubjson("{U\1aZU\1aZ}"), "f: byte 9: a name is there twice: a");
  CHECK_EQ(ubjson(std::string(100, '[')), "f: byte 67: values are nested too deep");
  CHECK_EQ(ubjson("Q"), "f: byte 2: an unknown kind of value");
  CHECK_EQ(ubjson("{U\1\xffZ}"), "f: byte 5: a text is not UTF-8");
  CHECK_EQ(ubjson("SU\2a\xc3"), "f: byte 6: a text is not UTF-8");
  CHECK_EQ(ubjson("C\xff"), "f: byte 3: a character is not ASCII");
}

TEST_CASE("what is written is JSON") {
  JsonText json;
  json.open('{').name("a\"").open('[').number(0.1).number(0.1F).number(-7).close(']').new_line();
  json.name("b").text("x\n\x01").name("c").boolean(true).name("d").open('{').close('}').close('}');
  CHECK_EQ(json.take(), "{\"a\\\"\":[0.1,0.1,-7],\n\"b\":\"x\\u000a\\u0001\",\"c\":true,\"d\":{}}\n");
}
