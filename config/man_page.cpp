// man(7) macros, which every man reads.
#include "config/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "pipeline/exit_code.h"

namespace stardose::config {

namespace {

struct Variable {
  std::string_view name;
  std::string_view text;
};

constexpr std::array<Variable, 11> environment = {{
    {"TMPDIR",
     "Where the profile of the browser that prints a PDF goes, a stream that annotate must read twice, and the runs of "
     "selftest."},
    {"SLURM_CPUS_PER_TASK", "What --threads auto takes; without it the processors that the process may run on."},
    {"NO_COLOR", "When not empty, no line on the terminal is written over itself."},
    {"TERM", "The same when it is dumb. There is no colour anyway, and nothing of it when stderr is no terminal."},
    {"REF_PATH", "Where htslib looks for the sequences of a CRAM file, when --reference does not name them."},
    {"REF_CACHE", "Where htslib keeps sequences that it found."},
    {"HTS_PATH", "Folders of htslib's plug-ins, for inputs that are kept elsewhere or encrypted."},
    {"STARDOSE_PSEUDONYMISE", "The same as --pseudonymise, for a site that wants it of every command."},
    {"STARDOSE_PRIVATE", "The same as --private, unless it is empty or 0."},
    {"STARDOSE_AUDIT_LOG", "The same as --audit-log."},
    {"STARDOSE_REQUIRE_SIGNATURES", "A list of keys that holds beside that of --require-signatures."},
}};

struct Example {
  std::string_view text;
  std::string_view command;
};

constexpr std::array<Example, 5> examples = {{
    {"Call, advise and report:", "stardose run --input sample.vcf.gz --output results/"},
    {"From standard input, on the threads that a job was given:",
     "bcftools view -r chr10,chr22 cohort.bcf | stardose run --input - -@ auto --output results/"},
    {"Why a gene is called as it is:", "stardose explain SAMPLE CYP2C19 --input sample.vcf.gz"},
    {"A dose for each patient of a table:", "stardose dose warfarin --covariates patients.tsv --input sample.vcf.gz"},
    {"What the shell completes:", "source <(stardose completion bash)"},
}};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";  // as typed: a lone - may be set as a hyphen, which no shell knows
    } else {
      out += c;
    }
  }
  return out;
}

/// Text in lines of at most 78 characters, none of which begins as a request does.
std::string flowing(std::string_view text) {
  std::string out;
  std::string line;
  const auto end_line = [&] {
    if (line.empty()) return;
    const bool is_request = line.front() == '.' || line.front() == '\'';
    out += (is_request ? "\\&" : "") + line + "\n";
    line.clear();
  };
  std::string word;
  const auto end_word = [&] {
    if (!line.empty() && line.size() + 1 + word.size() > 78) end_line();
    if (!word.empty()) line += (line.empty() ? "" : " ") + word;
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n') {
      end_word();
    } else {
      word += escaped({&c, 1});
    }
  }
  end_word();
  end_line();
  return out;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", escaped(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", escaped(text)); }

/// `-o, --output FOLDER`
std::string heading(const ArgumentDescription& argument, bool is_flag) {
  std::string text;
  for (const std::string& name : argument.names) {
    text += (text.empty() ? "" : ", ") + (is_flag ? bold(name) : italic(name));
  }
  if (!argument.value.empty()) text += " " + italic(argument.value);
  return text;
}

/// Help texts of a few words have no full stop.
std::string sentence(const std::string& text) {
  const bool is_one = text.empty() || text.back() == '.' || text.back() == ']';
  return is_one ? text : text + ".";
}

std::string list_of(const std::vector<ArgumentDescription>& arguments, bool are_flags) {
  std::string text;
  for (const ArgumentDescription& argument : arguments) {
    text += fmt::format(".TP\n{}\n{}", heading(argument, are_flags), flowing(sentence(argument.help)));
    const bool says_choices = argument.choices.empty() || argument.value.find('|') != std::string::npos;
    if (!says_choices) {
      std::string words;
      for (const std::string& choice : argument.choices) words += (words.empty() ? "" : ", ") + choice;
      text += flowing(fmt::format("{} {}.", argument.kind == ValueKind::choices ? "Any of" : "One of", words));
    }
    if (argument.required) text += "Required.\n";
  }
  return text;
}

std::string synopsis(const CommandDescription& command) {
  std::string text = bold(command.name) + " [" + italic("options") + "]";
  if (!command.commands.empty()) text += " " + italic("command");
  for (const ArgumentDescription& argument : command.arguments) {
    const std::string word = italic(argument.names.front());
    text += argument.required ? " " + word : " [" + word + "]";
  }
  return text + "\n";
}

std::string capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string page_name(const CommandDescription& command) {
  std::string name = command.name;
  std::ranges::replace(name, ' ', '-');
  return name;
}

/// What a command takes, for a section or a part of one.
std::string takes(const CommandDescription& command) {
  return list_of(command.arguments, false) + list_of(command.flags, true);
}

std::string commands_of(const CommandDescription& command, bool have_pages) {
  if (command.commands.empty()) return "";
  std::string text = ".SH COMMANDS\n";
  for (const CommandDescription& below : command.commands) {
    if (have_pages) {
      text += fmt::format(".TP\n.BR {} (1)\n{}", escaped(page_name(below)), flowing(sentence(below.summary)));
    } else {
      text += fmt::format(".SS {}\n{}.PP\n{}{}", escaped(below.word()), synopsis(below),
                          flowing(sentence(below.summary)), takes(below));
    }
  }
  return text;
}

std::string about_the_program() {
  std::string text = ".SH EXIT STATUS\n";
  for (const auto& meaning : pipeline::exit_meanings) {
    text += fmt::format(".TP\n.B {}\n{}", static_cast<int>(meaning.code), flowing(std::string{meaning.text} + "."));
  }
  text +=
      ".PP\n" + flowing(
                    "A signal (INT, TERM, USR2) ends the program as such, after it has tidied up: shells show "
                    "130, 143 and 140. No mistake in a command line or an input has the exit code 104, 130 to 145 or "
                    "175 to 177, at which workflow engines try again.");
  text += ".SH STREAMS\n" + flowing(
                                "Results alone go to standard output; what is said, to standard error. An input or "
                                "output that is one stream may be -.");
  text += ".SH ENVIRONMENT\n";
  for (const Variable& variable : environment)
    text += fmt::format(".TP\n.B {}\n{}", variable.name, flowing(variable.text));
  text += ".SH EXAMPLES\n";
  for (const Example& example : examples) {
    text += fmt::format("{}.PP\n.RS 4\n.nf\n{}\n.fi\n.RE\n.PP\n", flowing(example.text), escaped(example.command));
  }
  return text.substr(0, text.size() - 4);  // a paragraph without text after the last
}

std::string page(const CommandDescription& command, const CommandDescription& program, const ManualFacts& facts) {
  const bool is_program = &command == &program;
  std::string text = fmt::format(".\\\" Made by `stardose man`.\n.TH {} 1 \"{}\" \"stardose {}\" \"StarDose manual\"\n",
                                 escaped(capitals(page_name(command))), facts.date, facts.version);
  text += fmt::format(".SH NAME\n{} \\- {}\n", escaped(page_name(command)), escaped(command.summary));
  text += ".SH SYNOPSIS\n" + synopsis(command);
  std::string footer = command.footer;
  const bool is_own = is_program || footer != program.footer;
  text += ".SH DESCRIPTION\n" + flowing(sentence(command.summary));
  if (is_own && !footer.empty()) text += ".PP\n" + flowing(footer);
  text += commands_of(command, is_program);
  text += ".SH OPTIONS\n" + takes(command);
  if (is_program) return text + about_the_program();
  text += ".SH EXIT STATUS\n" + flowing("0 when done; the others are in") + ".BR stardose (1).\n";
  if (!is_own) text += ".SH NOTES\n" + flowing(footer);
  return text + ".SH SEE ALSO\n.BR stardose (1)\n";
}

}  // namespace

std::vector<ManPage> manual(const CommandDescription& program, const ManualFacts& facts) {
  std::vector<ManPage> pages = {{page_name(program), page(program, program, facts)}};
  for (const CommandDescription& command : program.commands) {
    pages.push_back({page_name(command), page(command, program, facts)});
  }
  return pages;
}

}  // namespace stardose::config
