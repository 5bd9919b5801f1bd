// A plug-in of HTSlib in the place of Crypt4GH's, which Debian does not have: what follows on the header of a Crypt4GH
// file is not encrypted, but every bit of it is the other one. Seeking, reading and closing are those of any plug-in.
#include <htslib/hfile.h>

#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <string_view>

// What HTSlib tells its plug-ins, in a header that Debian does not install (HTSlib 1.16, hfile_internal.h).
extern "C" {
struct hFILE_backend {
  ssize_t (*read)(hFILE*, void*, std::size_t);
  ssize_t (*write)(hFILE*, const void*, std::size_t);
  off_t (*seek)(hFILE*, off_t, int);
  int (*flush)(hFILE*);
  int (*close)(hFILE*);
};
struct hFILE_scheme_handler {
  hFILE* (*open)(const char*, const char*);
  int (*is_remote)(const char*);
  const char* provider;
  int priority;
  hFILE* (*open_with)(const char*, const char*, va_list);
};
struct hFILE_plugin {
  int api_version;
  void* handle;
  const char* name;
  void (*destroy)();
};
hFILE* hfile_init(std::size_t size, const char* mode, std::size_t capacity);
void hfile_destroy(hFILE*);
void hfile_add_scheme_handler(const char* scheme, const hFILE_scheme_handler* handler);
int hfile_plugin_init(hFILE_plugin* self);
}

namespace {

constexpr off_t header_bytes = 24;

struct Scrambled {
  hFILE base;
  hFILE* parent;
};

Scrambled& of(hFILE* file) { return *reinterpret_cast<Scrambled*>(file); }

ssize_t read(hFILE* file, void* into, std::size_t most) {
  const ssize_t count = hread(of(file).parent, into, most);
  auto* const bytes = static_cast<unsigned char*>(into);
  for (ssize_t k = 0; k < count; ++k) bytes[k] = static_cast<unsigned char>(~bytes[k]);
  return count;
}

off_t seek(hFILE* file, off_t offset, int from) {
  const off_t place = hseek(of(file).parent, from == SEEK_SET ? offset + header_bytes : offset, from);
  return place < 0 ? place : place - header_bytes;
}

int close(hFILE* file) { return hclose(of(file).parent); }

constexpr hFILE_backend backend{read, nullptr, seek, nullptr, close};

/// Takes the parent over, also where it fails.
hFILE* around(hFILE* parent, const char* mode) {
  hFILE* const file = parent == nullptr ? nullptr : hfile_init(sizeof(Scrambled), mode, 0);
  if (file == nullptr || hseek(parent, header_bytes, SEEK_SET) != header_bytes) return nullptr;
  of(file).parent = parent;
  file->backend = &backend;
  return file;
}

/// HTSlib 1.16 names the file, later ones hand over what they opened.
hFILE* open(const char* name, const char* mode) {
  constexpr std::size_t scheme = std::string_view{"crypt4gh:"}.size();
  return around(hopen(name + scheme, mode), mode);
}

hFILE* open_with(const char* name, const char* mode, va_list arguments) {
  const char* const argument = va_arg(arguments, const char*);
  if (argument == nullptr || std::string_view{argument} != "parent") return open(name, mode);
  return around(va_arg(arguments, hFILE*), mode);
}

int is_remote(const char*) { return 0; }

constexpr int with_arguments = 2000;
constexpr hFILE_scheme_handler handler{open, is_remote, "crypt4gh", with_arguments + 50, open_with};

}  // namespace

int hfile_plugin_init(hFILE_plugin* self) {
  self->name = "crypt4gh";
  hfile_add_scheme_handler("crypt4gh", &handler);
  return 0;
}
