# The style and the script of the pages as C++ literals, so that a page needs nothing beside itself.

# stardose_embed_page(TARGET FOLDER NAME=FILE[+FILE...] ...): generated/report_page.h has a literal NAME for each, the
# files of FOLDER one after another.
function(stardose_embed_page target folder)
  set(generated ${PROJECT_BINARY_DIR}/generated/page/report_page.h)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.css ${folder}/*.js)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} "-DPARTS=${ARGN}" -DOUT=${generated}
            -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded_page.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/write_embedded_page.cmake
            ${PROJECT_SOURCE_DIR}/cmake/text_literals.cmake
    COMMENT "Embedding the page's style and script"
    VERBATIM)
  target_sources(${target} PRIVATE ${generated})
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/generated/page)
endfunction()
