// Order, bounds, stops and errors of a run.
#include "pipeline/run.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace stardose::pipeline;

namespace {

std::atomic<int> alive{0};
std::atomic<int> peak{0};

struct Item {  // move-only, counted
  explicit Item(int n) : value{std::make_unique<int>(n)} {
    const int now = ++alive;
    int seen = peak.load();
    while (now > seen && !peak.compare_exchange_weak(seen, now)) {
    }
  }
  Item(Item&& other) noexcept = default;
  Item& operator=(Item&&) = default;
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;
  ~Item() {
    if (value) --alive;
  }
  std::unique_ptr<int> value;
};

struct Count {
  using Item = ::Item;
  std::optional<Item> next() {
    if (made == limit) return std::nullopt;
    if (made == throw_at) throw std::runtime_error{"cannot read"};
    if (made == stop_at && stop != nullptr) stop->request_stop();
    return Item{made++};
  }
  int limit = 0;
  int throw_at = -1;
  int stop_at = -1;
  std::stop_source* stop = nullptr;
  int made = 0;
};

struct Jitter {
  static constexpr std::string_view name = "jitter";
  Item operator()(Item item) const {
    std::this_thread::sleep_for(std::chrono::microseconds((*item.value * 7919) % 300));
    return item;
  }
};

struct Text {
  static constexpr std::string_view name = "text";
  std::string operator()(Item item) const {
    std::this_thread::sleep_for(std::chrono::microseconds((*item.value * 7919) % 300));
    return std::to_string(*item.value);
  }
};

struct FailAt {
  static constexpr std::string_view name = "fail";
  int at;
  std::string operator()(Item item) const {
    if (*item.value == at) throw std::out_of_range{"item " + std::to_string(at)};
    return Text{}(std::move(item));
  }
};

struct Collect {
  void put(std::string item) { got.push_back(std::move(item)); }
  void close() { closed = true; }
  std::vector<std::string> got;
  bool closed = false;
};

struct FailingSink {
  void put(const std::string& /*item*/) {
    if (++n == fail_at) throw std::runtime_error{"disk full"};
  }
  void close() { closed = true; }
  int fail_at;
  int n = 0;
  bool closed = false;
};

struct SlowItemSink {
  void put(const Item& /*item*/) { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }
  void close() {}
};

struct CountProgress {
  void advance(const RunSummary& so_far) { heard.push_back(so_far.items); }
  std::vector<std::size_t> heard;
};

void check_prefix(const std::vector<std::string>& got) {
  for (std::size_t i = 0; i < got.size(); ++i) REQUIRE(got[i] == std::to_string(i));
}

}  // namespace

TEST_CASE("items arrive in source order whatever the stage's timing and the number of threads") {
  for (const int threads : {1, 2, 4}) {
    Count source{.limit = 300};
    Collect sink;
    const RunSummary summary = run(source, Text{}, sink, {.threads = threads, .max_in_flight = 16});
    CHECK(summary.items == 300);
    CHECK_FALSE(summary.stopped);
    CHECK(sink.closed);
    CHECK(sink.got.size() == 300);
    check_prefix(sink.got);
  }
  CHECK(alive == 0);
}

TEST_CASE("no more than max_in_flight items exist while the sink is slow") {
  peak = 0;
  Count source{.limit = 100};
  SlowItemSink sink;
  (void)run(source, Jitter{}, sink, {.threads = 4, .max_in_flight = 5});
  CHECK(peak.load() <= 5);
  CHECK(peak.load() >= 2);
  CHECK(alive == 0);
}

TEST_CASE("a stop finishes what is in flight, writes a contiguous prefix and leaves the sink open") {
  std::stop_source stop;
  Count source{.limit = 1000, .stop_at = 100, .stop = &stop};
  Collect sink;
  const RunSummary summary = run(source, Text{}, sink, {.threads = 3, .max_in_flight = 8}, stop.get_token());
  CHECK(summary.stopped);
  CHECK(summary.items == 101);
  CHECK(sink.got.size() == 101);
  check_prefix(sink.got);
  CHECK_FALSE(sink.closed);
  CHECK(alive == 0);
}

TEST_CASE("a run that is stopped before it begins reads nothing") {
  std::stop_source stop;
  stop.request_stop();
  Count source{.limit = 10};
  Collect sink;
  CHECK(run(source, Text{}, sink, {}, stop.get_token()).items == 0);
  CHECK(source.made == 0);
  CHECK_FALSE(sink.closed);
}

TEST_CASE("an exception in a stage keeps its type, leaks nothing and leaves the sink open") {
  for (int round = 0; round < 30; ++round) {
    Count source{.limit = 1000};
    Collect sink;
    CHECK_THROWS_AS((void)run(source, FailAt{30}, sink, {.threads = 4, .max_in_flight = 8}), std::out_of_range);
    CHECK_FALSE(sink.closed);
    CHECK(sink.got.size() <= 30);
    check_prefix(sink.got);
    CHECK(alive == 0);
  }
}

TEST_CASE("an exception in the sink stops the run") {
  Count source{.limit = 1000};
  FailingSink sink{.fail_at = 10};
  CHECK_THROWS_WITH((void)run(source, Text{}, sink, {.threads = 4, .max_in_flight = 8}), "disk full");
  CHECK(source.made < 60);
  CHECK_FALSE(sink.closed);
  CHECK(alive == 0);
}

TEST_CASE("an exception in the source stops the run") {
  Count source{.limit = 1000, .throw_at = 20};
  Collect sink;
  CHECK_THROWS_WITH((void)run(source, Text{}, sink, {.threads = 2, .max_in_flight = 4}), "cannot read");
  CHECK_FALSE(sink.closed);
  CHECK(sink.got.size() <= 20);
  CHECK(alive == 0);
}

TEST_CASE("an empty source still closes the sink") {
  Count source{.limit = 0};
  Collect sink;
  CHECK(run(source, Text{}, sink, {}).items == 0);
  CHECK(sink.closed);
}

TEST_CASE("progress hears of each written item in order") {
  Count source{.limit = 50};
  Collect sink;
  CountProgress progress;
  (void)run(source, Text{}, sink, {.threads = 4, .max_in_flight = 8}, {}, progress);
  REQUIRE(progress.heard.size() == 50);
  for (std::size_t i = 0; i < 50; ++i) CHECK(progress.heard[i] == i + 1);
}
