// The subcommands: each adds itself to the command line and says how to run.
#pragma once

#include <functional>

#include "pipeline/interrupt.h"

namespace CLI {
class App;
}

namespace stardose::pipeline {

/// Runs a parsed subcommand and returns the exit code. Throws InputError.
using Command = std::function<int(Interrupt& interrupt)>;

/// `stardose run`: the main job.
[[nodiscard]] Command add_run_command(CLI::App& app);

/// `stardose merge FOLDER...`: shards of the main job to the results of one run.
[[nodiscard]] Command add_merge_command(CLI::App& app);

/// `stardose explain SAMPLE GENE`: why a gene is called as it is, with the options of a run.
[[nodiscard]] Command add_explain_command(CLI::App& app);

/// `stardose dose ALGORITHM|DRUG`: a dose for each patient of a table.
[[nodiscard]] Command add_dose_command(CLI::App& app);

/// `stardose genotype`: genotypes from aligned reads, as VCF or BCF.
[[nodiscard]] Command add_genotype_command(CLI::App& app);

/// `stardose annotate FILE`: genes, alleles and calls as fields of a VCF or BCF.
[[nodiscard]] Command add_annotate_command(CLI::App& app);

/// `stardose concordance`: calls beside a truth.
[[nodiscard]] Command add_concordance_command(CLI::App& app);

/// `stardose polygenic`: polygenic scores of a cohort.
[[nodiscard]] Command add_polygenic_command(CLI::App& app);

/// `stardose features SET`: patients as a matrix for models.
[[nodiscard]] Command add_features_command(CLI::App& app);

/// `stardose score MODEL`: a model's predictions for people.
[[nodiscard]] Command add_score_command(CLI::App& app);

/// `stardose knowledge list|show|validate|diff|export`: what the catalogue holds.
[[nodiscard]] Command add_knowledge_command(CLI::App& app);

/// `stardose model import|show|card|sign|verify`: models as files.
[[nodiscard]] Command add_model_command(CLI::App& app);

/// `stardose train`: a model from a recipe and a table of people.
[[nodiscard]] Command add_train_command(CLI::App& app);

/// `stardose twin start|add|update|forecast|advise|batch`: patients under treatment.
[[nodiscard]] Command add_twin_command(CLI::App& app);

/// `stardose selftest`: whether this installation gives the answers that it should.
[[nodiscard]] Command add_selftest_command(CLI::App& app);

/// `stardose pseudonym make-key|show`: keys, and whose pseudonym is whose.
[[nodiscard]] Command add_pseudonym_command(CLI::App& app);

/// `stardose audit verify FILE`: whether an audit log is as it was written.
[[nodiscard]] Command add_audit_command(CLI::App& app);

/// `stardose man [COMMAND]`: the manual, made of what the commands say of themselves.
[[nodiscard]] Command add_man_command(CLI::App& app);

/// `stardose completion bash|zsh|fish`: what a shell needs to complete command lines.
[[nodiscard]] Command add_completion_command(CLI::App& app);

}  // namespace stardose::pipeline
