// REF_PATH, M5 and UR as HTSlib reads them, without the network.
#include "genomics/reads/cram_reference.h"

#include <htslib/faidx.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

namespace stardose::genomics {

namespace {

constexpr std::string_view scheme_mark = "://";

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): set once, before
  return value == nullptr ? "" : value;
}

bool is_remote(const std::string& place) {
  return place.find(scheme_mark) != std::string::npos && !place.starts_with("file://");
}

// HTSlib's own cache, where it is when REF_CACHE does not say (cram_populate_ref() of HTSlib 1.16).
std::string default_cache() {
  const std::string xdg = environment("XDG_CACHE_HOME");
  const std::string home = environment("HOME");
  const std::string root = !xdg.empty() ? xdg : !home.empty() ? home + "/.cache" : "/tmp";
  return root + "/hts-ref/%2s/%2s/%s";
}

// Entries are parted by `:` or `;`; `::` stands for a colon, and the one of `://` belongs to an address.
std::vector<std::string> entries_of(const std::string& ref_path) {
  std::vector<std::string> entries(1);
  for (std::size_t k = 0; k < ref_path.size(); ++k) {
    const bool is_double = ref_path.compare(k, 2, "::") == 0;
    const bool is_scheme = ref_path.compare(k, scheme_mark.size(), scheme_mark) == 0;
    if (ref_path[k] == ';' || (ref_path[k] == ':' && !is_double && !is_scheme)) {
      entries.emplace_back();
    } else {
      entries.back() += ref_path[k];
      if (is_double) entries.back() += ref_path[++k];
    }
  }
  std::erase(entries, "");
  return entries;
}

// `%2s` takes two characters of the MD5, `%s` the rest.
std::string expanded(const std::string& pattern, std::string md5) {
  std::string path;
  bool any = false;
  for (std::size_t k = 0; k < pattern.size(); ++k) {
    const std::size_t mark = pattern[k] == '%' ? pattern.find('s', k) : std::string::npos;
    if (mark == std::string::npos) {
      path += pattern[k];
      continue;
    }
    const std::string digits = pattern.substr(k + 1, mark - k - 1);
    const std::size_t count = digits.empty() ? md5.size() : static_cast<std::size_t>(std::atoi(digits.c_str()));
    path += md5.substr(0, count);
    md5.erase(0, count);
    any = true;
    k = mark;
  }
  return any ? path : path + "/" + md5;
}

bool is_file(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string local_path(const std::string& location) {
  return location.starts_with("file:") ? location.substr(5) : location;
}

std::string tag_of(sam_hdr_t* header, int contig, const char* tag) {
  HtsText value;
  const bool found = sam_hdr_find_tag_pos(header, "SQ", contig, tag, &value) == 0;
  return found && value.l > 0 ? std::string{value.s, value.l} : "";
}

// MD5 of a contig as the SAM specification (1.6, section 1.3.2) takes it: upper case, without white space; empty: the
// FASTA has no such contig.
std::string md5_of(const std::string& fasta, const char* contig) {
  struct CloseFai {
    void operator()(faidx_t* fai) const { fai_destroy(fai); }
  };
  const std::unique_ptr<faidx_t, CloseFai> fai{fai_load(fasta.c_str())};
  if (!fai || faidx_has_seq(fai.get(), contig) == 0) return "";
  hts_pos_t length = 0;
  const std::unique_ptr<char, decltype(&std::free)> bases{fai_fetch64(fai.get(), contig, &length), &std::free};
  if (!bases || length < 0) return "";
  std::transform(bases.get(), bases.get() + length, bases.get(),
                 [](unsigned char base) { return static_cast<char>(std::toupper(base)); });
  const std::unique_ptr<hts_md5_context, decltype(&hts_md5_destroy)> state{hts_md5_init(), &hts_md5_destroy};
  hts_md5_update(state.get(), bases.get(), static_cast<unsigned long>(length));
  std::array<unsigned char, 16> digest{};
  std::array<char, 33> text{};
  hts_md5_final(digest.data(), state.get());
  hts_md5_hex(text.data(), digest.data());
  return text.data();
}

}  // namespace

std::string local_entries(const std::string& ref_path) {
  std::string kept;
  for (const std::string& entry : entries_of(ref_path)) {
    if (is_remote(entry) || entry.starts_with("URL=")) continue;
    kept += (kept.empty() ? "" : ":") + entry;
  }
  return kept;
}

void keep_references_local() {
  static std::once_flag once;
  std::call_once(once, [] {
    std::string path = local_entries(environment("REF_PATH"));
    const std::string cache = environment("REF_CACHE");
    if (path.empty()) path = cache.empty() ? default_cache() : cache;
    setenv("REF_PATH", path.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): under call_once, before HTSlib looks
  });
}

std::vector<std::string> forget_useless_locations(sam_hdr_t* header) {
  std::vector<std::string> locations;
  for (int contig = 0; contig < sam_hdr_nref(header); ++contig) {
    const std::string& location = locations.emplace_back(tag_of(header, contig, "UR"));
    if (location.empty() || (!is_remote(location) && is_file(local_path(location)))) continue;
    sam_hdr_remove_tag_id(header, "SQ", "SN", sam_hdr_tid2name(header, contig), "UR");
  }
  return locations;
}

InputError explain_undecoded(const std::string& path, sam_hdr_t* header, int contig, const std::string& reference,
                             const std::string& location) {
  const std::string name = sam_hdr_tid2name(header, contig);
  const std::string md5 = tag_of(header, contig, "M5");
  const std::string of = name + (md5.empty() ? "" : " (M5 " + md5 + ")");
  const auto refusal = [&](Fault fault, std::string why, std::string help) {
    return InputError{fault, {path, name, std::move(why), std::move(help)}};
  };
  if (!reference.empty()) {
    const std::string given = md5_of(reference, name.c_str());
    if (given.empty()) {
      return refusal(Fault::mismatch, "the reference " + reference + " has no contig " + of,
                     "give --reference the FASTA that the CRAM was written with");
    }
    if (!md5.empty() && given != md5) {
      return refusal(Fault::mismatch,
                     "the CRAM was written with another reference: " + of + ", but in " + reference + " it is " + given,
                     "give --reference the FASTA that the CRAM was written with");
    }
  } else {
    const std::string local = is_remote(location) ? "" : local_path(location);
    std::vector<std::string> patterns = entries_of(environment("REF_PATH"));
    if (const std::string cache = environment("REF_CACHE"); !cache.empty()) patterns.insert(patterns.begin(), cache);
    const bool is_there =
        (!local.empty() && is_file(local)) || std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
          return !md5.empty() && is_file(expanded(pattern, md5));
        });
    if (!is_there) {
      std::string sought;
      for (const std::string& pattern : patterns) sought += (sought.empty() ? "" : ", ") + pattern;
      if (!local.empty()) sought += ", " + local;
      return refusal(Fault::input, "the reference sequence of " + of + " is missing; sought in " + sought,
                     "give --reference the FASTA that the CRAM was written with, or set REF_PATH or REF_CACHE");
    }
  }
  return refusal(Fault::input, "the file is damaged, or was written with another reference",
                 "check it with `samtools quickcheck` and copy or make it again");
}

}  // namespace stardose::genomics
