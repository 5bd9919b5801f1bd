// A record that is read, changed and written again, with nobody else writing meanwhile.
#pragma once

#include <functional>
#include <string>

#include "pharmaco/twin/twin_file.h"

namespace stardose::pipeline {

/// What the name of a record ends in.
inline constexpr std::string_view record_suffix = ".twin.json";

/// Throws InputError (output) where there is a record already, which is never written over.
void refuse_existing(const std::string& path);

/// Writes a new record. Throws InputError (output), also where there is one already.
void write_new_record(const std::string& path, const pharmaco::TwinState& state);

/// Reads the record, lets `change` have it and writes it; two who change it at once cannot lose each other's events.
/// Nothing is written where `change` throws or returns false. Throws InputError.
void change_record(const std::string& path, const pharmaco::KnowledgeBase& knowledge,
                   const std::function<bool(pharmaco::TwinState&)>& change);

}  // namespace stardose::pipeline
