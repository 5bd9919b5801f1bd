# The cases of `stardose selftest` as C++ literals, so that an installation is checked by what is in the program alone.

# stardose_embed_selftest(TARGET FOLDER FILE...): generated/selftest/selftest_files.h has a literal for each, named as the
# file without its ending.
function(stardose_embed_selftest target folder)
  set(generated ${PROJECT_BINARY_DIR}/generated/selftest/selftest_files.h)
  set(parts "")
  set(files "")
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME_WE)
    list(APPEND parts ${name}=${file})
    list(APPEND files ${folder}/${file})
  endforeach()
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} "-DPARTS=${parts}" -DOUT=${generated} -DSPACE=stardose::pipeline::known_answers
            -DFROM=pipeline/selftest -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded_page.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/write_embedded_page.cmake
    COMMENT "Embedding the cases of the self-test"
    VERBATIM)
  target_sources(${target} PRIVATE ${generated})
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/generated/selftest)
endfunction()
