// Eigen cuts large products of matrices by the sizes of the processor's caches, and so adds up in another order on
// another processor. It is told sizes once, before main, for all that is linked with learning (CMakeLists.txt asks for
// this file).
#include <Eigen/Core>

namespace {

bool say_sizes() {
  Eigen::setCpuCacheSizes(32 * 1024, 256 * 1024, 2 * 1024 * 1024);
  return true;
}

}  // namespace

extern "C" {
extern const bool stardose_products_are_cut_alike;
const bool stardose_products_are_cut_alike = say_sizes();
}
