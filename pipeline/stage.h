// What a source, a stage and a sink are. No threads here: see run.h.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace stardose::pipeline {

/// Yields items one at a time, on one thread at a time; nullopt is the end. Owns what it reads from.
template <class S>
concept Source = requires(S& source) {
  typename S::Item;
  { source.next() } -> std::same_as<std::optional<typename S::Item>>;
};

/// Turns one item into one item. Called from many threads at once, hence const: what a stage knows is fixed when it is
/// built; what it learns goes into the item.
template <class S, class In>
concept Stage = std::invocable<const S&, In&&> && std::is_object_v<std::invoke_result_t<const S&, In&&>> && requires {
  { S::name } -> std::convertible_to<std::string_view>;
};

/// Takes items in source order, on one thread at a time. close() makes what was written final; what was not closed must
/// not look complete.
template <class S, class In>
concept Sink = requires(S& sink, In&& item) {
  { sink.put(std::move(item)) } -> std::same_as<void>;
  { sink.close() } -> std::same_as<void>;
};

}  // namespace stardose::pipeline
