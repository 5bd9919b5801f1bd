# The catalogue's tables as one C++ file, so that the program needs nothing beside itself.

# stardose_embed_catalogue(TARGET FOLDER): every .tsv, .yaml and .json (a model) of FOLDER but those under convert/.
function(stardose_embed_catalogue target folder)
  file(GLOB_RECURSE tables CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*.tsv ${folder}/*.yaml ${folder}/*.json)
  list(FILTER tables EXCLUDE REGEX "^convert/")
  list(SORT tables)
  set(generated ${PROJECT_BINARY_DIR}/generated/embedded_catalogue.cpp)
  list(TRANSFORM tables PREPEND ${folder}/ OUTPUT_VARIABLE paths)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} "-DTABLES=${tables}" -DOUT=${generated}
            -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded_catalogue.cmake
    DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/cmake/write_embedded_catalogue.cmake
            ${PROJECT_SOURCE_DIR}/cmake/text_literals.cmake
    COMMENT "Embedding the catalogue"
    VERBATIM)
  target_sources(${target} PRIVATE ${generated})
endfunction()
