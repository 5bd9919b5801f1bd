// Pieces as the standard writes them.
#include "pharmaco/report/fhir/elements.h"

namespace stardose::pharmaco {

std::string genomics_reporting(std::string_view name) {
  return "http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/" + std::string{name};
}

FhirJson coding(const Code& code) {
  FhirJson json = {{"system", code.system}, {"code", code.code}};
  if (!code.display.empty()) json["display"] = code.display;
  return json;
}

FhirJson coded(const Code& code, const std::string& words) {
  FhirJson json = {{"coding", FhirJson::array({coding(code)})}};
  if (!words.empty()) json["text"] = words;
  return json;
}

FhirJson in_words(const std::string& words) { return {{"text", words}}; }

FhirJson component(FhirJson code, const char* kind, FhirJson value) {
  return {{"code", std::move(code)}, {kind, std::move(value)}};
}

void add_note(FhirJson& resource, const std::string& sentence) {
  if (!sentence.empty()) resource["note"].push_back({{"text", sentence}});
}

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += separator;
    text += item;
  }
  return text;
}

}  // namespace stardose::pharmaco
