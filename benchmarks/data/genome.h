// Contigs of GRCh38, and the catalogue's positions on them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::bench {

struct Contig {
  std::string_view name;
  std::int64_t length;
};

/// In the order of the files made. Lengths: Genome Reference Consortium, GRCh38.
inline constexpr std::array<Contig, 25> contigs = {{
    {"chr1", 248956422},  {"chr2", 242193529},  {"chr3", 198295559},  {"chr4", 190214555},  {"chr5", 181538259},
    {"chr6", 170805979},  {"chr7", 159345973},  {"chr8", 145138636},  {"chr9", 138394717},  {"chr10", 133797422},
    {"chr11", 135086622}, {"chr12", 133275309}, {"chr13", 114364328}, {"chr14", 107043718}, {"chr15", 101991189},
    {"chr16", 90338345},  {"chr17", 83257441},  {"chr18", 80373285},  {"chr19", 58617616},  {"chr20", 64444167},
    {"chr21", 46709983},  {"chr22", 50818468},  {"chrX", 156040895},  {"chrY", 57227415},   {"chrM", 16569},
}};

/// A position of the catalogue.
struct Position {
  int contig = 0;             ///< number in `contigs`
  std::int64_t position = 0;  ///< 0-based
  std::string ref;
  std::vector<std::string> alts;

  [[nodiscard]] std::int64_t end() const { return position + static_cast<std::int64_t>(ref.size()); }
};

/// Returns the number of a contig; -1: not one of ours.
[[nodiscard]] int contig_number(std::string_view name);

/// Reads contig, 1-based position, ref and alts (by comma), by tab, sorted by contig and position.
/// Ends the program when the file cannot be read.
[[nodiscard]] std::vector<Position> read_positions(const std::string& path);

/// Ends the program, saying why.
[[noreturn]] void give_up(const std::string& why);

}  // namespace stardose::bench
