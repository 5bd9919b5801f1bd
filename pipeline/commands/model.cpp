// stardose model: models trained elsewhere, what is in a model, and who vouches for it.
#include "learning/model/model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "genomics/basics/table_cell.h"
#include "genomics/input_error.h"
#include "genomics/trusted_keys.h"
#include "genomics/untrusted.h"
#include "learning/explain/contributions.h"
#include "learning/import/import_model.h"
#include "learning/model/model_file.h"
#include "pharmaco/training/card_page.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

using genomics::printable;
using learning::Model;

struct ModelFlags {
  std::string file;
  std::string output;
  std::string key;
};

std::string method_line(const learning::Method& method) {
  struct Line {
    std::string operator()(const learning::TreeEnsemble& ensemble) const {
      std::size_t nodes = 0;
      int depth = 0;
      for (const learning::Tree& tree : ensemble.trees) {
        nodes += tree.nodes.size();
        depth = std::max(depth, learning::depth_of(tree));
      }
      return fmt::format("{} trees of {} nodes, at most {} levels deep, {}", ensemble.trees.size(), nodes, depth,
                         ensemble.precision == learning::Precision::float32 ? "float32" : "float64");
    }
    std::string operator()(const learning::LinearModel& linear) const {
      return fmt::format("linear, {} coefficients", linear.weights.size());
    }
    std::string operator()(const learning::KernelModel& kernel) const {
      return fmt::format("support vector machine, {} coefficients", kernel.coefficients.size());
    }
    std::string operator()(const learning::NaiveBayes& bayes) const {
      return fmt::format("naive Bayes of {} classes", bayes.log_shares.size());
    }
    std::string operator()(const learning::NearestNeighbours& nearest) const {
      return fmt::format("{} nearest neighbours of {} rows", nearest.neighbours,
                         nearest.targets.size() / nearest.outputs);
    }
    std::string operator()(const learning::NeuralNetwork& network) const {
      std::vector<std::size_t> units;
      for (const auto& layer : network.layers) units.push_back(layer.biases.size());
      return fmt::format("neural network, layers of {} units", fmt::join(units, ", "));
    }
    std::string operator()(const learning::Blend& blend) const {
      std::vector<std::string> members;
      for (const learning::BlendMember& member : blend.members) {
        members.push_back(fmt::format("{} x ({})", member.weight, method_line(member.method)));
      }
      return fmt::format("blend: {}", fmt::join(members, " + "));
    }
  };
  return std::visit(Line{}, method);
}

std::string number_or_nothing(const std::optional<double>& number) { return number ? fmt::format("{}", *number) : ""; }

/// Names are of the file.
std::string shown(const std::string& text) { return genomics::table_cell(printable(text)); }

/// What people are asked for, before steps make features of it.
void print_columns(const std::vector<learning::ModelColumn>& columns) {
  if (columns.empty()) return;
  fmt::print("\ncolumn\tunit\tlevels\tlowest\thighest\tmissing\trequired\n");
  for (const learning::ModelColumn& column : columns) {
    std::string levels;
    for (const std::string& level : column.kind.levels) levels += (levels.empty() ? "" : "; ") + shown(level);
    fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", shown(column.kind.name), shown(column.kind.unit), levels,
               number_or_nothing(column.lowest), number_or_nothing(column.highest), column.missing,
               column.required ? "yes" : "no");
  }
}

void print(const Model& model) {
  std::vector<std::string> outputs;
  for (const std::string& output : model.outputs) outputs.push_back(shown(output));
  fmt::print("source\t{}\nmethod\t{}\n", shown(model.source), method_line(model.method));
  fmt::print("link\t{}\noutputs\t{}\n", to_string(model.link.function), fmt::join(outputs, ", "));
  if (!model.columns.empty()) {
    fmt::print("target\t{}\t{}\ndata\t{}\n", shown(model.target.name), shown(model.target.unit),
               shown(model.training_data));
    fmt::print("signed\t{}\n", model.signature ? shown(model.signature->key) : "by nobody");
  }
  fmt::print("contributions\t{}\n", shown(learning::Explainer::why_not(model).value_or("exact")));
  for (const std::string& remark : model.remarks) fmt::print("remark\t{}\n", shown(remark));
  fmt::print("\nfeature\tunit\tlowest\thighest\tmean\n");
  for (const learning::Feature& feature : model.features) {
    fmt::print("{}\t{}\t{}\t{}\t{}\n", shown(feature.name), shown(feature.unit), number_or_nothing(feature.lowest),
               number_or_nothing(feature.highest), number_or_nothing(feature.mean));
  }
  print_columns(model.columns);
}

void import_to(const Model& model, const ModelFlags& flags) {
  write_file(flags.output, learning::model_json(model), true);
  for (const std::string& remark : model.remarks) {
    warn_of(printable(flags.file) + ": " + printable(remark));
  }
}

void sign_to(Model model, const ModelFlags& flags) {
  model.signature = learning::sign(model, flags.key);
  write_file(flags.output, learning::model_json(model), true);
}

/// Reading has refused a signature that is not the model's; here it is asked whose it is.
void verify(const Model& model, const ModelFlags& flags) {
  const auto refuse = [&](const std::string& why) {
    throw genomics::Untrusted{{flags.file, "signature", why, "use it only if you know where it comes from"}};
  };
  if (const auto fault = learning::signature_fault(model)) refuse(*fault);
  if (!flags.key.empty() && genomics::public_key(flags.key) != model.signature->key) {
    refuse("the model is signed by another key, " + model.signature->key);
  }
  fmt::print("{}: signed by {}\n", printable(flags.file), model.signature->key);
}

}  // namespace

Command add_model_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("model", "Read models trained elsewhere; show, sign and check models");
  command->require_subcommand(1);
  auto flags = std::make_shared<ModelFlags>();
  CLI::App* import_command = command->add_subcommand("import", "Write a model as a file of stardose");
  CLI::App* show_command = command->add_subcommand("show", "What a model takes, how it works it out, what it says");
  CLI::App* card_command = command->add_subcommand("card", "Write what a user must know of a model as a page");
  CLI::App* sign_command = command->add_subcommand("sign", "Write a model with a signature");
  CLI::App* verify_command = command->add_subcommand("verify", "Check that a model is as it was signed, and by whom");
  for (CLI::App* sub : {import_command, show_command, card_command, sign_command, verify_command}) {
    sub->add_option("FILE", flags->file,
                    "XGBoost JSON or UBJSON (1.6 to 3), LightGBM text, liblinear or libsvm text, a table of "
                    "coefficients, or a model of stardose")
        ->required();
  }
  for (CLI::App* sub : {import_command, card_command, sign_command}) {
    sub->add_option("--output", flags->output,
                    sub == card_command ? "Where to write the page" : "Where to write the model")
        ->required()
        ->type_name("FILE");
  }
  sign_command->add_option("--key", flags->key, "Ed25519 private key (PEM)")->required()->type_name("KEY");
  verify_command->add_option("--key", flags->key, "Public key (PEM) that must have signed it")->type_name("KEY");
  return [=](Interrupt& /*interrupt*/) -> int {
    const Model model = learning::import_model(flags->file);
    // What is unsigned is imported and signed where signatures are required, too.
    if (!import_command->parsed() && !sign_command->parsed()) {
      genomics::check_signer(flags->file, model.signature ? model.signature->key : "");
    }
    if (import_command->parsed()) {
      import_to(model, *flags);
    } else if (card_command->parsed()) {
      write_file(flags->output, pharmaco::card_page(model), true);
    } else if (sign_command->parsed()) {
      sign_to(model, *flags);
    } else if (verify_command->parsed()) {
      verify(model, *flags);
    } else {
      print(model);
    }
    return exit_done;
  };
}

}  // namespace stardose::pipeline
