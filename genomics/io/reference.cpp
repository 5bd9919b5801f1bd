// Windows of reference sequence, kept while they are asked for.
#include "genomics/io/reference.h"

#include <htslib/faidx.h>

#include <cctype>
#include <cstdlib>
#include <map>

#include "genomics/basics/assembly.h"
#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {

constexpr std::int64_t window_bases = 4096;

struct CloseFai {
  void operator()(faidx_t* fai) const { fai_destroy(fai); }
};

}  // namespace

struct Reference::Handle {
  std::string path;
  std::optional<Assembly> assembly;
  std::unique_ptr<faidx_t, CloseFai> fai;
  std::map<std::string, std::string, std::less<>> names;  // canonical -> the file's own
  std::string window_contig;
  std::int64_t window_start = 0;
  std::string window;

  void load(std::string_view contig, std::int64_t position) {
    window_contig = contig;
    window_start = position - position % window_bases;
    window.clear();
    const auto name = names.find(contig);
    if (name == names.end()) return;
    hts_pos_t length = 0;
    char* bases =
        faidx_fetch_seq64(fai.get(), name->second.c_str(), window_start, window_start + window_bases - 1, &length);
    if (bases == nullptr && length != -2) {
      throw InputError{
          Fault::input,
          {path, std::string{contig}, "cannot read the reference sequence", "check the FASTA and its .fai"}};
    }
    if (bases == nullptr) return;
    window.assign(bases, static_cast<std::size_t>(length));
    std::free(bases);  // NOLINT: HTSlib allocates with malloc
  }
};

Reference::Reference(const std::string& path) : handle_{std::make_unique<Handle>()} {
  handle_->path = path;
  [[maybe_unused]] static const bool is_quiet = (hts_set_log_level(HTS_LOG_OFF), true);  // once: it is a global
  handle_->fai.reset(fai_load(path.c_str()));
  if (!handle_->fai) {
    throw InputError{
        Fault::input,
        {path, "", "cannot open this file as an indexed FASTA",
         "give a FASTA (plain or bgzip) of the input's assembly and make its index with `samtools faidx`"}};
  }
  for (int i = 0; i < faidx_nseq(handle_->fai.get()); ++i) {
    const char* name = faidx_iseq(handle_->fai.get(), i);
    const auto assembly = assembly_of(canonical_contig(name), faidx_seq_len(handle_->fai.get(), name));
    if (assembly) handle_->assembly = assembly;
    handle_->names.emplace(canonical_contig(name), name);
  }
}

Reference::~Reference() = default;

std::optional<Assembly> Reference::assembly() const { return handle_->assembly; }

char Reference::base(std::string_view contig, std::int64_t position) {
  Handle& handle = *handle_;
  const auto inside = [&] {
    return handle.window_contig == contig && position >= handle.window_start &&
           position < handle.window_start + window_bases;
  };
  if (!inside()) handle.load(contig, position);
  const auto offset = static_cast<std::size_t>(position - handle.window_start);
  if (offset >= handle.window.size()) return 'N';
  return static_cast<char>(std::toupper(static_cast<unsigned char>(handle.window[offset])));
}

}  // namespace stardose::genomics
