#!/bin/bash
# Builds with what the recipe's host environment has; fetches nothing. $CXX, $CXXFLAGS and $LDFLAGS are CMake's own.
set -euo pipefail

# Compilers newer than ours find new things to warn about.
# shellcheck disable=SC2086  # CMAKE_ARGS are words
cmake -S . -B build/conda -G Ninja \
  -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_INSTALL_PREFIX="$PREFIX" \
  -DCMAKE_PREFIX_PATH="$PREFIX" \
  -DBUILD_TESTING=OFF \
  -DSTARDOSE_WERROR=OFF \
  ${CMAKE_ARGS:-}
cmake --build build/conda --parallel "${CPU_COUNT:-1}" --target stardose
cmake --install build/conda
