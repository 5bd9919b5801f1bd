// What a command did, as the audit log has it.
#pragma once

#include <string>
#include <vector>

namespace stardose::pipeline {

/// A command as the log may name it: the words of flags, but not what they say, which may be names.
struct AuditedCommand {
  std::string program_version;
  std::string command;             ///< `model sign`
  std::vector<std::string> flags;  ///< `--input`
};

/// Two entries for a command: that it begins, before anything else is done, and how it ended.
class CommandAudit {
 public:
  /// `path` empty: there is no log, and nothing happens. The caller has the trail kept. Throws InputError.
  CommandAudit(std::string path, AuditedCommand command);

  /// Call once, at the end, with the exit code, or with the signal that ends the program. Adds what was read, what was
  /// written and by which catalogue (genomics/trail.h), as digests. Throws InputError.
  void end(int exit_code, int signal = 0);

 private:
  std::string path_;
  AuditedCommand command_;
  std::string begun_;  // hash of the first entry
};

}  // namespace stardose::pipeline
