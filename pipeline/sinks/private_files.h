// Results that nobody but their owner may read.
#pragma once

#include <string>

namespace stardose::pipeline {

/// From now on every file that this process and its children make has the mode 0600, and every folder 0700. It is the
/// process's file mode mask, so that no writer can forget it.
void make_files_private();
[[nodiscard]] bool files_are_private();

/// For a file that was there before. Does nothing unless files are private. Returns false with errno.
[[nodiscard]] bool make_private(int descriptor);

/// Throws InputError (output) where files are private and a folder that was there before is open to others: the names
/// of reports are those of samples.
void refuse_open_folder(const std::string& path);

}  // namespace stardose::pipeline
