// One assembly for all files.
#include "genomics/io/assembly_choice.h"

#include "genomics/input_error.h"

namespace stardose::genomics {

void AssemblyChoice::hear_header(const VariantFile& file) {
  if (!file.assembly()) return;
  headers_told_ = true;
  hear(file.path(), *file.assembly(), "header", file.assembly_evidence());
}

void AssemblyChoice::hear_alignment(const std::string& path, std::optional<Assembly> header) {
  if (header) return hear(path, *header, "header", "contig lengths");
  if (is_asserted_) return;
  throw InputError{Fault::mismatch,
                   {path, "header", "its contig lengths do not tell the assembly", "say which with --assembly"}};
}

void AssemblyChoice::hear_bases(const std::string& path, Assembly assembly) {
  hear(path, assembly, "", "REF alleles are the bases of " + std::string{to_string(assembly)});
}

std::string_view AssemblyChoice::told_by() const {
  if (is_asserted_) return "`assembly`";
  return headers_told_ ? "its header" : "";
}

void AssemblyChoice::hear(const std::string& path, Assembly assembly, const std::string& place,
                          const std::string& evidence) {
  const std::string found{to_string(assembly)};
  if (!known_) {
    known_ = assembly;
    from_ = path;
  }
  if (*known_ == assembly) return;
  if (is_asserted_) {
    throw InputError{
        Fault::mismatch,
        {path, place, evidence + ": the file is on " + found + ", and assembly says " + std::string{to_string(*known_)},
         "leave assembly at auto; if the file was lifted over, give it the header of its new assembly"}};
  }
  throw InputError{
      Fault::mismatch,
      {path, place,
       evidence + ": the file is on " + found + ", and " + from_ + " on " + std::string{to_string(*known_)},
       "give files of one assembly in one run"}};
}

}  // namespace stardose::genomics
