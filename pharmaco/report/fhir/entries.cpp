// Names, ids, references.
#include "pharmaco/report/fhir/entries.h"

#include "genomics/expect.h"
#include "pharmaco/report/fhir/resource_id.h"

namespace stardose::pharmaco {

namespace {

const std::string urn = "urn:uuid:";

}  // namespace

// Names and systems may hold anything; their length keeps them apart from what follows.
FhirEntries::FhirEntries(const std::string& sample, const std::string& system)
    : prefix_{"stardose:" + std::to_string(sample.size()) + ":" + sample + ":"} {
  if (!system.empty()) prefix_ += std::to_string(system.size()) + ":" + system + ":";
}

std::string FhirEntries::id_of(const std::string& name) const { return uuid_of_name(prefix_ + name); }

FhirJson FhirEntries::reference_to(const std::string& name) const { return {{"reference", urn + id_of(name)}}; }

std::string FhirEntries::free_name(const std::string& name) const {
  if (!has(name)) return name;
  for (int number = 2;; ++number) {
    const std::string numbered = name + " " + std::to_string(number);
    if (!has(numbered)) return numbered;
  }
}

FhirJson FhirEntries::add(const std::string& name, const char* type, FhirJson resource) {
  STARDOSE_EXPECT(names_.insert(name).second);
  FhirJson whole = {{"resourceType", type}, {"id", id_of(name)}};
  whole.update(resource);
  entries_.push_back({{"fullUrl", urn + id_of(name)}, {"resource", std::move(whole)}});
  return reference_to(name);
}

}  // namespace stardose::pharmaco
