// The file beside the record is the lock.
#include "pipeline/twins/record_file.h"

#include <filesystem>

#include "genomics/input_error.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

void refuse_existing(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return;
  throw genomics::InputError{genomics::Fault::output,
                             {path, "", "there is a record already, and it is never written over",
                              "add to it with `stardose twin add`, or name another folder with --output"}};
}

void write_new_record(const std::string& path, const pharmaco::TwinState& state) {
  OutputFile file{path};
  refuse_existing(path);
  file.write(pharmaco::twin_json(state));
  file.close(true);
}

void change_record(const std::string& path, const pharmaco::KnowledgeBase& knowledge,
                   const std::function<bool(pharmaco::TwinState&)>& change) {
  // What is no record is refused before a file is made beside it.
  (void)pharmaco::read_twin(path, knowledge);
  OutputFile file{path, OutputFile::Over::input};
  pharmaco::TwinState state = pharmaco::read_twin(path, knowledge);
  if (!change(state)) return;
  file.write(pharmaco::twin_json(state));
  file.close(true);
}

}  // namespace stardose::pipeline
