// Runs source -> stage -> sink on a bounded number of threads and items.
#pragma once

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>
#include <optional>
#include <stop_token>

#include "pipeline/limits.h"
#include "pipeline/stage.h"

namespace stardose::pipeline {

/// What a run did. A stopped run has written a whole number of items, in order, and has not closed its sink.
struct RunSummary {
  std::size_t items = 0;
  bool stopped = false;
};

/// Hears of each written item, on one thread at a time.
template <class P>
concept Progress = requires(P& progress, const RunSummary& so_far) {
  progress.advance(so_far);
};

struct NoProgress {
  void advance(const RunSummary& /*so_far*/) {}
};

namespace detail {

/// What travels between filters. Wider than a pointer, because oneTBB 2021.8 keeps narrower trivially copyable values
/// in a union that std::optional cannot enter.
template <class T>
struct Token {
  std::size_t index;
  T value;
};

}  // namespace detail

/// Order: the sink sees items in source order. Stop: nothing more is read, what is in flight is finished and written.
/// Error: the first exception cancels the run and is rethrown here; the sink is not closed.
template <Source Src, class Stg, class Snk, Progress Prg = NoProgress>
requires Stage<Stg, typename Src::Item> && Sink<Snk, std::invoke_result_t<const Stg&, typename Src::Item>> RunSummary
run(Src& source, const Stg& stage, Snk& sink, const Limits& limits, const std::stop_token& stop = {},
    Prg&& progress = {}) {
  using In = detail::Token<std::optional<typename Src::Item>>;
  using Out = detail::Token<std::invoke_result_t<const Stg&, typename Src::Item>>;
  using tbb::filter_mode;

  RunSummary summary;
  std::size_t read = 0;

  const auto read_next = [&](tbb::flow_control& control) -> In {
    summary.stopped = stop.stop_requested();
    In token{read, summary.stopped ? std::nullopt : source.next()};
    if (token.value) {
      ++read;
    } else {
      control.stop();
    }
    return token;
  };
  const auto work = [&](In token) -> Out { return {token.index, stage(*std::move(token.value))}; };
  const auto write = [&](Out token) {
    sink.put(std::move(token.value));
    ++summary.items;
    progress.advance(summary);
  };

  // An arena alone may not exceed the machine's cores; the control lets the user decide.
  const tbb::global_control allow{tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(limits.threads)};
  tbb::task_arena arena{limits.threads};
  arena.execute([&] {
    tbb::parallel_pipeline(limits.max_in_flight, tbb::make_filter<void, In>(filter_mode::serial_in_order, read_next) &
                                                     tbb::make_filter<In, Out>(filter_mode::parallel, work) &
                                                     tbb::make_filter<Out, void>(filter_mode::serial_in_order, write));
  });
  if (!summary.stopped) sink.close();
  return summary;
}

}  // namespace stardose::pipeline
