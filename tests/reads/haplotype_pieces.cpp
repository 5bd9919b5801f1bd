// The haplotypes of the CYP2D6 algorithm comparison, put together.
#include "haplotype_pieces.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <regex>
#include <stdexcept>

#include "made_chromosome.h"
#include "sequence.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {
namespace {

// Ends of the files' pieces, 1-based on GRCh37, as their titles give them.
constexpr std::int64_t whole_first = 42'518'000, whole_last = 42'555'000;
constexpr std::int64_t unit_first = 42'519'100, unit_last = 42'530'997;
constexpr std::int64_t hybrid_gene_first = 42'526'250;     // from here on a *68 is CYP2D6
constexpr std::int64_t hybrid_paralog_first = 42'536'214;  // from here on it is CYP2D7, to its exon 1
constexpr std::int64_t behind_gene_last = 42'522'500;      // a piece that ends before this ends behind the gene
constexpr std::int64_t to_grch38 = 396'000;                // about what lies between positions of the assemblies
constexpr std::int64_t insertion38 = 42'131'980;           // 0-based; before the five bases more, see paralog_sites.tsv
constexpr std::size_t word = 60, reach = 900;

std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command.c_str(), "r"), &pclose};
  if (!pipe) throw std::runtime_error{"cannot run: " + command};
  std::string text;
  std::array<char, 65536> block{};
  for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe.get())) > 0;) {
    text.append(block.data(), got);
  }
  return text;
}

std::vector<std::int64_t> places(const Window& window, std::string_view text) {
  std::vector<std::int64_t> found;
  for (std::size_t at = window.bases.find(text); at != std::string::npos; at = window.bases.find(text, at + 1)) {
    found.push_back(window.start + static_cast<std::int64_t>(at));
  }
  return found;
}

// Where the window has the first (or last) word of a piece that it has at all, counted back to the piece's begin (or
// end). `near`: of several places, the nearest; 0: only a word that the window has once counts.
std::optional<std::int64_t> place_of_end(const Window& window, const std::string& bases, bool begin,
                                         std::int64_t near) {
  for (std::size_t at = 0; at + word <= std::min(bases.size(), std::size_t{2000}); at += 5) {
    const std::size_t offset = begin ? at : bases.size() - word - at;
    const auto found = places(window, std::string_view{bases}.substr(offset, word));
    if (found.empty() || (near == 0 && found.size() > 1)) continue;
    const auto closer = [near](auto a, auto b) { return std::abs(a - near) < std::abs(b - near); };
    const std::int64_t place = *std::min_element(found.begin(), found.end(), closer);
    return begin ? place - static_cast<std::int64_t>(offset) : place + static_cast<std::int64_t>(bases.size() - offset);
  }
  return std::nullopt;
}

std::int64_t begin_of(const Piece& piece, const Window& window) {
  const auto place = place_of_end(window, piece.bases, true, piece.accession.empty() ? piece.first37 - to_grch38 : 0);
  if (!place) throw std::runtime_error{"a piece begins nowhere in the window"};
  return *place;
}

std::int64_t end_of(const Piece& piece, const Window& window) {
  const auto place = place_of_end(window, piece.bases, false, piece.accession.empty() ? piece.last37 - to_grch38 : 0);
  if (!place) throw std::runtime_error{"a piece ends nowhere in the window"};
  return *place;
}

// GenBank has genes in reading direction; the chromosome has these turned round.
void turn_round(Piece& piece, const Window& window) {
  const std::string turned = reverse_complement(piece.bases);
  const auto hits = [&](const std::string& bases) {
    std::size_t count = 0;
    for (std::size_t at = 0; at + word <= bases.size(); at += 200) {
      count += window.bases.find(std::string_view{bases}.substr(at, word)) != std::string::npos ? 1U : 0U;
    }
    return count;
  };
  if (hits(turned) > hits(piece.bases)) piece.bases = turned;
}

// Where `needle` fits best in `text`, with no more than one base in eight wrong.
std::optional<std::size_t> best_fit(std::string_view text, std::string_view needle) {
  std::size_t best = needle.size() / 8 + 1;
  std::optional<std::size_t> place;
  for (std::size_t at = 0; at + needle.size() <= text.size(); ++at) {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < needle.size() && wrong < best; ++i) wrong += text[at + i] != needle[i] ? 1U : 0U;
    if (wrong < best) {
      best = wrong;
      place = at;
    }
  }
  return place;
}

// Appends a piece where either side is a GenBank sequence: these overlap their neighbours, or leave a gap to them.
void join_beside(std::string& joined, const Piece& left, const Piece& right, const Window& window) {
  if (right.accession.empty()) {
    const std::string_view head = std::string_view{right.bases}.substr(0, reach);
    const auto overlap = best_fit(head, std::string_view{left.bases}.substr(left.bases.size() - word));
    joined += right.bases.substr(overlap ? *overlap + word : 0);
    return;
  }
  const std::size_t from = joined.size() - std::min(reach, joined.size());
  const auto overlap = best_fit(std::string_view{joined}.substr(from), std::string_view{right.bases}.substr(0, word));
  if (overlap) {
    joined.resize(from + *overlap);
  } else {
    // *61 and *63 begin at the end of a repeat, whose first part their files leave out: it is filled in from the repeat
    // in which the piece before them ends, whichever of the two they are more alike.
    const std::int64_t begin = end_of(left, window);
    const auto found = place_of_end(window, right.bases, true, begin);
    if (!found) throw std::runtime_error{"a piece begins nowhere in the window"};
    constexpr std::int64_t unit = paralog_repeat_begin - gene_repeat_begin;
    const std::int64_t end = *found - begin > unit ? *found - unit : *found;
    if (end > begin) joined += window.cut(begin, end);
  }
  joined += right.bases;
}

std::string joined_chromosome(std::vector<Piece> pieces, const Window& window, const Flanks& flanks) {
  pieces = in_genomic_order(std::move(pieces));
  for (Piece& piece : pieces) {
    if (!piece.accession.empty()) turn_round(piece, window);
  }
  std::string joined{window.cut(flanks.begin, begin_of(pieces.front(), window))};
  joined += pieces.front().bases;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (pieces[i - 1].accession.empty() && pieces[i].accession.empty()) {
      joined += pieces[i].bases;
    } else {
      join_beside(joined, pieces[i - 1], pieces[i], window);
    }
  }
  joined += window.cut(end_of(pieces.back(), window), flanks.end);
  return joined;
}

}  // namespace

std::vector<Piece> read_pieces(const std::string& archive, const std::string& name) {
  const std::string text = output_of("tar -xzOf '" + archive + "' data/fasta/" + name + ".fasta 2>/dev/null");
  static const std::regex stretch{R"(22(?:\.10)?:(\d+)-(\d+))"};
  std::vector<Piece> pieces;
  for (auto& [title, bases] : fasta_records(split_text(text, "\n"))) {
    Piece& piece = pieces.emplace_back();
    piece.bases = std::move(bases);
    std::smatch found;
    if (std::regex_search(title, found, stretch)) {
      piece.first37 = std::stoll(found[1]);
      piece.last37 = std::stoll(found[2]);
      piece.is_assembly = title.starts_with("NC_");
    } else {
      piece.accession = title.substr(0, title.find(' '));
    }
  }
  if (pieces.empty()) throw std::runtime_error{"no haplotype " + name + " in " + archive};
  return pieces;
}

std::vector<Piece> in_genomic_order(std::vector<Piece> pieces) {
  const auto last = std::find_if(pieces.begin(), pieces.end(), [](const Piece& p) { return p.last37 == whole_last; });
  if (last == pieces.end()) throw std::runtime_error{"no piece reaches the end"};
  std::vector<Piece> behind{last + 1, pieces.end()};
  pieces.erase(last + 1, pieces.end());
  const auto before = [&pieces](auto fits, const Piece& piece) {
    const auto place = std::find_if(pieces.begin(), pieces.end(), fits);
    if (place == pieces.end()) throw std::runtime_error{"a piece has no place"};
    pieces.insert(place, piece);
  };
  for (const Piece& piece : behind) {
    if (piece.first37 == unit_first && piece.last37 <= behind_gene_last) {
      before([](const Piece& p) { return !p.accession.empty(); },
             piece);                           // what a hybrid of a GenBank sequence ends with
    } else if (piece.first37 == unit_first) {  // a copy: between the gene and the repeat of the paralog
      Piece rest = pieces.front();
      const std::size_t cut = rest.bases.find(piece.bases.substr(piece.bases.size() - word));
      if (cut == std::string::npos) throw std::runtime_error{"a copy has no place"};
      pieces.front().bases.resize(cut + word);
      pieces.front().last37 = unit_last;
      rest.bases.erase(0, cut + word);
      rest.first37 = unit_last + 1;
      if (!rest.bases.empty()) pieces.insert(pieces.begin() + 1, std::move(rest));
      pieces.insert(pieces.begin() + 1, piece);
    } else if (piece.first37 == hybrid_gene_first) {  // follows the paralog's part of a *68
      before([](const Piece& p) { return p.first37 == unit_first && p.last37 <= behind_gene_last; }, piece);
    } else if (piece.first37 == hybrid_paralog_first) {
      before([](const Piece& p) { return p.first37 == hybrid_gene_first; }, piece);
    } else if (piece.first37 != whole_first || piece.last37 > unit_first) {
      throw std::runtime_error{"a piece that nobody knows"};
    }
  }
  return pieces;
}

std::vector<std::string> molecules_of(const std::vector<Piece>& pieces, const Window& window, HaplotypeMode mode,
                                      const Flanks& flanks) {
  if (mode == HaplotypeMode::joined) {
    if (pieces.front().is_assembly) return {deleted_chromosome(window, flanks, 1500)};
    return {joined_chromosome(pieces, window, flanks)};
  }
  std::vector<std::string> molecules;
  for (const Piece& piece : pieces) {
    if (mode == HaplotypeMode::separate || molecules.empty()) {
      molecules.push_back(piece.bases);
    } else {
      molecules.front() += piece.bases;
    }
  }
  return molecules;
}

Window window_of_grch37(const Window& window, const std::string& archive) {
  // *2.010: GRCh37 has a *2; it lacks the five bases that GRCh37 has more than it behind this word.
  Piece piece = read_pieces(archive, "SIM115_M").front();
  piece.first37 = whole_first;
  piece.last37 = whole_last;
  const std::size_t place = piece.bases.find(window.cut(insertion38 - 30, insertion38));
  if (place == std::string::npos) throw std::runtime_error{"not the haplotype that was thought of"};
  const std::int64_t begin = begin_of(piece, window), end = end_of(piece, window);
  const auto missing = static_cast<std::size_t>(whole_last - whole_first + 1) - piece.bases.size();
  piece.bases.insert(place + 30, std::string(missing, 'N'));
  const std::int64_t start = whole_first - 1 - (begin - window.start);
  return {"22", start,
          std::string{window.cut(window.start, begin)} + piece.bases + std::string{window.cut(end, window.end())}};
}

}  // namespace stardose::tests
