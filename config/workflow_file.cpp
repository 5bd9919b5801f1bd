// Strict reading: every key is known, stands once and has a value of its kind.
#include "config/workflow_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

#include "config/option_value.h"
#include "config/workflow_document.h"
#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"

namespace stardose::config {

namespace {

using genomics::Fault;
using genomics::InputError;
using Shape = WorkflowEntry::Shape;

constexpr std::size_t largest_file = 1'000'000;
constexpr std::size_t most_faults = 20;
constexpr const char* about_workflows =
    "a workflow file is a short YAML text; give variant files and alignments with `--input`";

[[noreturn]] void refuse(const std::string& path, std::string why, std::string help = about_workflows) {
  throw InputError{Fault::usage, {path, "", std::move(why), std::move(help)}};
}

std::string read_text(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    const bool is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    refuse(path, "workflow file not found",
           is_yaml ? "check the path"
                   : "a workflow file is YAML; give variant files and alignments with `--input`, lists with commas");
  }
  if (status.type() == fs::file_type::none) refuse(path, "cannot be read: " + error.message(), "check the path");
  if (status.type() == fs::file_type::directory) refuse(path, "is a folder, not a workflow file");
  if (status.type() != fs::file_type::regular) refuse(path, "is not a regular file");
  std::ifstream file{path, std::ios::binary};
  if (!file)
    refuse(path, fmt::format("cannot be read: {}", std::generic_category().message(errno)), "check its permissions");
  std::string text(largest_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) refuse(path, "cannot be read to its end", "check the disk");
  text.resize(static_cast<std::size_t>(file.gcount()));
  const bool is_input = text.starts_with("##fileformat=VCF") || text.starts_with("\x1f\x8b") ||
                        text.starts_with("BCF") || text.starts_with("CRAM") || text.starts_with("@HD\t");
  if (is_input) refuse(path, "is not a workflow file: it looks like an input");
  if (text.size() > largest_file) refuse(path, "is larger than 1 MB");
  return text;
}

/// A path of a workflow file as seen from the working directory. `-` and addresses (`https://...`) stay.
std::string from_folder(const std::filesystem::path& folder, const std::string& path) {
  const bool stays = path.empty() || path == "-" || path.find("://") != std::string::npos;
  return stays ? path : (folder / path).string();
}

/// Reads the entries into settings and gathers the faults.
class EntryReader {
 public:
  EntryReader(const std::string& path, Subcommand command, Settings& settings)
      : folder_{std::filesystem::path{path}.parent_path()}, command_{command}, settings_{settings} {}

  void read(const WorkflowEntry& entry) {
    if (entry.faulty) return;
    const Option* option = find_option(entry.key);
    if (option == nullptr || std::ranges::find(option->commands, command_) == option->commands.end()) {
      return unknown(entry, option);
    }
    const auto [first, is_new] = lines_.emplace(entry.key, entry.place.line);
    if (!is_new) {
      return add(entry.place, "repeated key: " + entry.key, fmt::format("it stands in line {} already", first->second));
    }
    if (has_right_shape(*option, entry)) read_value(*option, entry);
  }

  [[nodiscard]] std::vector<WorkflowFault> take_faults() { return std::move(faults_); }

 private:
  void unknown(const WorkflowEntry& entry, const Option* elsewhere) {
    if (elsewhere != nullptr) {
      return add(entry.place, fmt::format("{} is no setting of this command", entry.key),
                 fmt::format("it is one of `stardose {}`", to_string(elsewhere->commands.front())));
    }
    if (entry.key == "recipe" || entry.key == "set") {
      return add(entry.place, "unknown key: " + entry.key,
                 entry.key == "set" ? "a file of features is for `stardose features`"
                                    : "a recipe is for `stardose train`, with --data");
    }
    const std::string near = genomics::nearest_name(entry.key, option_names(command_));
    add(entry.place, "unknown key: " + entry.key,
        near.empty() ? fmt::format("`stardose {} --print-config` shows every key", to_string(command_))
                     : fmt::format("did you mean `{}`?", near));
  }

  bool has_right_shape(const Option& option, const WorkflowEntry& entry) {
    const std::string& name = option.name;
    if (entry.shape == Shape::nothing) {
      wrong(option, entry.place, "nothing", "write a value behind the colon, or leave the line out");
    } else if (entry.shape == Shape::keys) {
      wrong(option, entry.place, "keys", "keys are not nested; quote text in curly brackets");
    } else if (entry.shape == Shape::list && !is_list(option)) {
      wrong(option, entry.place, "a list", fmt::format("write one value: `{}: ...`", name));
    } else if (entry.shape == Shape::text && is_list(option) && !option.path) {
      const WorkflowText& text = entry.texts.front();
      const std::string word = genomics::shown_word(text.text);
      wrong(option, text.place, word, fmt::format("write a list: `{}: [{}]`", name, word));
    } else if (is_bare_word(option) && entry.texts.front().quoted) {
      wrong(option, entry.texts.front().place, "quoted text", "leave the quotes out");
    } else {
      return true;
    }
    return false;
  }

  void read_value(const Option& option, const WorkflowEntry& entry) {
    std::vector<std::string> values;
    for (const WorkflowText& text : entry.texts) {
      values.push_back(option.path ? from_folder(folder_, text.text) : text.text);
    }
    const auto mistake = store(option, values, settings_);
    if (!mistake) return;
    const TextPlace& place = entry.texts.empty() ? entry.place : entry.texts[mistake->item].place;
    add(place, fmt::format("{}: {}", option.name, mistake->why), mistake->help);
  }

  void wrong(const Option& option, const TextPlace& place, const std::string& found, std::string help) {
    add(place, fmt::format("{}: {}", option.name, expected_but_found(option, found)), std::move(help));
  }

  void add(const TextPlace& place, std::string why, std::string help) {
    faults_.push_back({place, std::move(why), std::move(help)});
  }

  std::filesystem::path folder_;
  Subcommand command_;
  Settings& settings_;
  std::map<std::string, int> lines_;
  std::vector<WorkflowFault> faults_;
};

std::string place_text(const TextPlace& place) { return fmt::format("{}:{}", place.line, place.column); }

[[noreturn]] void refuse_all(const std::string& path, std::vector<WorkflowFault> faults) {
  std::ranges::stable_sort(faults, {}, &WorkflowFault::place);
  std::string help = genomics::printable(faults.front().help);
  for (std::size_t i = 1; i < std::min(faults.size(), most_faults); ++i) {
    help += fmt::format("\nalso {}: {} ({})", place_text(faults[i].place), genomics::printable(faults[i].why),
                        genomics::printable(faults[i].help));
  }
  if (faults.size() > most_faults) help += fmt::format("\nand {} more", faults.size() - most_faults);
  throw InputError{Fault::usage, {path, place_text(faults.front().place), faults.front().why, std::move(help)}};
}

}  // namespace

Settings read_workflow_text(const std::string& text, const std::string& path, Settings defaults, Subcommand command) {
  WorkflowDocument document = parse_workflow(text);
  EntryReader reader{path, command, defaults};
  for (const WorkflowEntry& entry : document.entries) reader.read(entry);
  std::vector<WorkflowFault> faults = reader.take_faults();
  std::ranges::move(document.faults, std::back_inserter(faults));
  if (!faults.empty()) refuse_all(path, std::move(faults));
  if (document.entries.empty()) {
    refuse(path, "holds no settings", "write at least `input: FILE`; `stardose run --print-config` shows every key");
  }
  return defaults;
}

Settings read_workflow(const std::string& path, Settings defaults, Subcommand command) {
  return read_workflow_text(read_text(path), path, std::move(defaults), command);
}

}  // namespace stardose::config
