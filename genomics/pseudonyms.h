// Under which name a sample is known in all that this process does and writes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stardose::genomics {

// Names are replaced where they come in - headers, tables, flags - so that none has to be looked for where something
// goes out: a report, a file name, a message. There is one key for the process, as a reader that was not told of it
// would let names through.

/// Returns 64 bytes drawn at random, which are a good key.
[[nodiscard]] std::string drawn_key();

/// From now on names are replaced by keyed hashes (HMAC-SHA-256). Call before anything is read, on one thread. Throws
/// InputError (usage) for a key that is no file of 32 to 4096 bytes, that others than its owner may read, or that
/// nobody can have drawn at random.
void use_pseudonyms(const std::string& key_file);

/// Names are themselves again: for tests.
void forget_pseudonyms();

[[nodiscard]] bool pseudonyms_in_use();

/// Returns what names the key without telling it; empty where names are themselves.
[[nodiscard]] std::string pseudonym_key_name();

/// Returns the name in UTF-8; one that is not is read as Latin-1. Where a key is in use, a pseudonym instead: `P`, 128
/// bits of the name's hash and 30 by which it is known for a pseudonym, in base32. A pseudonym of the same key stays as
/// it is, so that results can be given back beside tables with names; and so does no name.
[[nodiscard]] std::string known_as(std::string name);

/// The same of a name that a ^ may stand before (see VariantInputOptions::samples).
[[nodiscard]] std::string asked_as(const std::string& name);

/// Paths of files that may be a person's, and likely have their name, are not shown either. May be called from one
/// thread at a time, and not beside the next two.
void hide_path(const std::string& path);

/// Returns the path as records have it: if it is hidden, a pseudonym with the path's ending.
[[nodiscard]] std::string shown_path(const std::string& path);

/// From now on shown_word() shows none, whether a key is in use or not: for messages before one is.
void hide_words();

/// Returns a word that stands in a table or on the command line where no name is due, as a message may have it: nothing
/// of it where pseudonyms are in use, as a name may have got there by mistake.
[[nodiscard]] std::string shown_word(std::string word);

/// Returns a message in which hidden paths are as shown_path() has them.
[[nodiscard]] std::string without_paths(std::string text);

}  // namespace stardose::genomics
