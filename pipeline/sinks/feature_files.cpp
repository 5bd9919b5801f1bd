// Four files of one matrix.
#include "pipeline/sinks/feature_files.h"

#include "learning/frame/frame_matrix.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

void write_features(const std::string& folder, const learning::Frame& frame) {
  make_folder(folder);
  write_file(folder + "/features.tsv", frame_tsv(frame), true);
  write_file(folder + "/features.npy", frame_npy(frame), true);
  write_file(folder + "/features.mtx", frame_market(frame), true);
  write_file(folder + "/features.columns.tsv", columns_tsv(frame), true);
}

}  // namespace stardose::pipeline
