# Modules that see their own headers and those of the modules they use, and no others.

option(STARDOSE_WERROR "Treat warnings as errors" ON)

# Of every program, as they cost nothing: what the loader fills in is read-only before main, and the program lies anywhere.
add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)

function(stardose_flags target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                                           -Woverloaded-virtual -Wimplicit-fallthrough
                                           # Designated initialisers leave fields out on purpose; GCC 12 sees overlaps
                                           # in std::string that are not there (GCC bug 105651).
                                           -Wno-missing-field-initializers
                                           $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  # What ships checks its use of memory; what is built to look for such mistakes has better checks of its own.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
                                                               -fstack-protector-strong -fstack-clash-protection>)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-fcf-protection>)
  endif()
  if(STARDOSE_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# stardose_module(NAME [USES module...] [EXCEPT path...])
# build/see/NAME holds one link, NAME -> the module's folder, and that is its include path; an include of a module
# that is not under USES does not compile. Every header is compiled alone (target all_verify_interface_header_sets).
function(stardose_module name)
  cmake_parse_arguments(arg "" "" "USES;EXCEPT" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${name}/*.cpp)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${name}/*.h)
  foreach(path ${arg_EXCEPT})
    list(FILTER sources EXCLUDE REGEX "/${name}/${path}")
    list(FILTER headers EXCLUDE REGEX "/${name}/${path}")
  endforeach()
  set(see ${PROJECT_BINARY_DIR}/see/${name})
  file(MAKE_DIRECTORY ${see})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${name} ${see}/${name} SYMBOLIC)
  add_library(${name} STATIC ${sources})
  stardose_flags(${name})
  list(TRANSFORM headers REPLACE "^${PROJECT_SOURCE_DIR}" "${see}")
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${see} FILES ${headers})
  target_link_libraries(${name} PUBLIC ${arg_USES})
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()
