// Lists of keys, all of which must have the signer's.
#include "genomics/trusted_keys.h"

#include <algorithm>
#include <vector>

#include "genomics/signature.h"
#include "genomics/untrusted.h"

namespace stardose::genomics {

namespace {

struct KeyList {
  std::string file;
  std::vector<std::string> keys;
};

std::vector<KeyList>& lists() {
  static std::vector<KeyList> the_lists;
  return the_lists;
}

}  // namespace

void require_signatures(const std::string& key_file) { lists().push_back({key_file, public_keys(key_file)}); }

bool signatures_required() { return !lists().empty(); }

void forget_required_signatures() { lists().clear(); }

void check_signer(const std::string& file, const std::string& key) {
  for (const KeyList& list : lists()) {
    if (key.empty()) {
      throw Untrusted{{file, "", "nobody has signed it, and signatures are required",
                       "fetch it signed from those who made it, or sign what you have checked yourself (`stardose "
                       "knowledge sign`, `stardose model sign`)"}};
    }
    if (std::ranges::find(list.keys, key) != list.keys.end()) continue;
    throw Untrusted{{file, "", "it is signed by a key that is not trusted, " + key,
                     "fetch it from those whose keys " + list.file + " has, or add this key if you know whose it is"}};
  }
}

}  // namespace stardose::genomics
