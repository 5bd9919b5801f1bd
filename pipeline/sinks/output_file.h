// A result file that exists under its name only when it is whole.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace stardose::pipeline {

/// Writes to `PATH.partial`; close() flushes, checks and renames. Without close() the partial file is removed, also
/// when a signal ends the program; what kill -9 leaves, the next who writes PATH takes over. While one process writes,
/// others are refused. Every failing step throws InputError (output) with path and system's reason.
class OutputFile {
 public:
  /// An input of the command is written over only by who says so (`Over::input`); else that throws InputError (usage).
  enum class Over { no_input, input };
  explicit OutputFile(std::string path, Over over = Over::no_input);
  ~OutputFile();
  OutputFile(OutputFile&&) noexcept = default;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);
  /// Writes over the first bytes, which must be there; what follows goes on at the end.
  void rewrite_start(std::string_view text);
  /// With `durable`, waits until the disk has it: for the few tables, not for thousands of reports.
  void close(bool durable);

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  /// Opens the partial file, locked. Returns null with errno; EWOULDBLOCK: another process has it.
  [[nodiscard]] std::FILE* open_partial() const;
  void remove_partial() const;
  [[noreturn]] void fail(const std::string& what) const;

  std::string path_;
  std::string partial_;
  std::unique_ptr<std::FILE, CloseFile> file_;
};

/// Makes a folder with its parents. Throws InputError (output), also where files are private and it is open to others.
void make_folder(const std::string& path);

/// Writes a whole file at once through OutputFile.
void write_file(const std::string& path, std::string_view text, bool durable);

}  // namespace stardose::pipeline
