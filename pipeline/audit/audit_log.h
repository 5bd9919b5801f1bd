// A log that can only grow: JSON lines, each with the hash of the one before.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace stardose::pipeline {

/// Appends an entry: `entry` (its number), the members of `what`, `previous` (the hash of the entry before; zeros: it
/// is the first) and `hash` (SHA-256 over the line before `,"hash"`). Waits for other processes that append. Returns
/// the hash. Throws InputError (output) when it cannot be written whole, and Untrusted when the log ends in no entry.
[[nodiscard]] std::string append_entry(const std::string& path, const nlohmann::ordered_json& what);

struct AuditVerdict {
  std::size_t entries = 0;
  std::string head;                     ///< hash of the last entry; empty: there is none
  std::vector<std::size_t> unfinished;  ///< numbers of entries that begin a command whose end is not there
};

/// Reads a log through. Throws InputError (input) for one that cannot be read, and Untrusted for the first entry that
/// was changed, or does not follow the one before; also when `head`, a hash that was noted down, is of no entry: the
/// end is missing. An end that is missing cannot be told from the log alone.
[[nodiscard]] AuditVerdict verify_log(const std::string& path, const std::optional<std::string>& head);

}  // namespace stardose::pipeline
