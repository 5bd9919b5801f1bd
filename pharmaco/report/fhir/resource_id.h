// Ids of resources: the same name gives the same id, on every run and machine.
#pragma once

#include <string>
#include <string_view>

namespace stardose::pharmaco {

/// Returns the UUID of a name, version 5 of RFC 4122 in its namespace of URLs: lower case, 36 characters.
[[nodiscard]] std::string uuid_of_name(std::string_view name);

/// Returns whether the text is a URI of RFC 3986 with a scheme (`https://lab.example/samples`, `urn:oid:1.2.3`).
[[nodiscard]] bool is_absolute_uri(std::string_view text);

}  // namespace stardose::pharmaco
