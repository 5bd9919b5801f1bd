// A folder of results that one run at a time may write.
#pragma once

#include <string>

namespace stardose::pipeline {

/// Makes the folder and locks it by a file `.stardose.lock`, which says who has it and is gone afterwards; so is the
/// folder if this made it and nothing was put into it. The kernel lets go of a lock whose process is dead, so that
/// none outlives kill -9. Where a file system has no locks, there is none.
class OutputFolder {
 public:
  /// Throws InputError (output): another process writes there, and which; the folder cannot be made.
  explicit OutputFolder(const std::string& path);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;
  OutputFolder(OutputFolder&&) = delete;
  OutputFolder& operator=(OutputFolder&&) = delete;

  /// Removes what a run that was killed has left: partial files of a run's results.
  void remove_stale() const;

 private:
  void make_missing();
  [[noreturn]] void refuse_taken() const;

  std::string path_;
  std::string lock_file_;
  std::string made_;  ///< topmost folder that this made; empty: it was there
  int descriptor_ = -1;
};

}  // namespace stardose::pipeline
