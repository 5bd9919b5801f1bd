// Runs a fuzz target without libFuzzer: on its seeds as they are, then on changed ones until the time is up. Blind
// where libFuzzer sees, but of any compiler and at the program's full speed.
//   TARGET_fuzz FOLDER SECONDS NUMBER
// The same NUMBER makes the same inputs in the same order. An input that ends the run is left in ./TARGET_fuzz-end, and
// one that takes ten seconds is such.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr unsigned longest_seconds = 10;
constexpr std::size_t largest_input = 1 << 16;

std::string input_at_hand;
std::string end_path;

// Only what a signal's handler may do: the input is written with calls of the system alone.
void leave_input(int signal) {
  const int file = open(end_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file >= 0) {
    (void)!write(file, input_at_hand.data(), input_at_hand.size());
    (void)close(file);
  }
  std::signal(signal, SIG_DFL);
  (void)std::raise(signal);
}

class Changer {
 public:
  Changer(const std::vector<std::string>& seeds, std::uint64_t number) : seeds_{seeds}, random_{number} {}

  std::string next() {
    std::string input = any_seed();
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(input);
    if (input.size() > largest_input) input.resize(largest_input);
    return input;
  }

 private:
  std::size_t below(std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>(random_() % count); }
  const std::string& any_seed() { return seeds_[below(seeds_.size())]; }

  void change(std::string& input) {
    static constexpr std::array<const char*, 18> words = {"-1", "0",   "4294967296", "1e999", "nan", ".",
                                                          "\t", "\n",  ",",          ":",     "=",   "/",
                                                          "|",  "<*>", "\"",         "{",     "[",   "chr"};
    const std::size_t at = below(input.size() + 1);
    const std::size_t length = std::min(input.size() - at, std::size_t{1} << below(8));
    switch (below(8)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
        break;
      case 1:
        if (at < input.size()) input[at] = static_cast<char>(random_());
        break;
      case 2: input.erase(at, length); break;
      case 3: input.insert(at, input.substr(at, length)); break;
      case 4: input.insert(at, words[below(words.size())]); break;
      case 5: input.replace(at, length, words[below(words.size())]); break;
      case 6: {
        const std::string& other = any_seed();
        const std::size_t from = below(other.size() + 1);
        input.insert(at, other.substr(from, std::size_t{1} << below(10)));
        break;
      }
      default:
        for (std::size_t k = 0; k < 4 && at + k < input.size(); ++k) input[at + k] = below(2) == 0 ? '\0' : '\xFF';
    }
  }

  const std::vector<std::string>& seeds_;
  std::mt19937_64 random_;
};

std::vector<std::string> read_seeds(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream file{path, std::ios::binary};
    seeds.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
  }
  return seeds;
}

void run(const std::string& input) {
  input_at_hand = input;
  alarm(longest_seconds);
  (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  const std::vector<std::string> seeds = read_seeds(words[1]);
  if (seeds.empty()) return 2;
  end_path = std::filesystem::path{words[0]}.filename().string() + "-end";
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM}) std::signal(signal, leave_input);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{std::atoi(words[2])};
  for (const std::string& seed : seeds) run(seed);
  Changer changer{seeds, static_cast<std::uint64_t>(std::atoll(words[4]))};
  const auto most = static_cast<std::uint64_t>(std::atoll(words[3]));
  std::uint64_t inputs = 0;
  for (; inputs < most && std::chrono::steady_clock::now() < end; ++inputs) run(changer.next());
  alarm(0);
  rusage used{};
  (void)getrusage(RUSAGE_SELF, &used);
  std::printf("%zu seeds, %llu changed inputs, at most %ld MB\n", seeds.size(), static_cast<unsigned long long>(inputs),
              used.ru_maxrss / 1024);
  return used.ru_maxrss / 1024 > 512 ? 1 : 0;
}
