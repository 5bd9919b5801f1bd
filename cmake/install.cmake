# What `cmake --install` puts where. The manual and the completions are made by the program that they are about, whenever
# it is linked, so that they cannot say anything else.
include(GNUInstallDirs)

set(shell_files ${PROJECT_BINARY_DIR}/generated/shell)
set(manual_files ${PROJECT_BINARY_DIR}/generated/man1)
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "no manual and no completions: the program does not run here")
else()
  add_custom_command(
    TARGET stardose POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${shell_files} ${manual_files}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${shell_files}
    COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:stardose> man --output ${manual_files}
    COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:stardose> completion bash --output ${shell_files}/stardose
    COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:stardose> completion zsh --output ${shell_files}/_stardose
    COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:stardose> completion fish --output ${shell_files}/stardose.fish
    COMMENT "Making the manual and the completions"
    VERBATIM)
  install(DIRECTORY ${manual_files}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 FILES_MATCHING PATTERN "*.1")
  install(FILES ${shell_files}/stardose DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${shell_files}/_stardose DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${shell_files}/stardose.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

install(TARGETS stardose RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY workflows DESTINATION ${CMAKE_INSTALL_DATADIR}/stardose USE_SOURCE_PERMISSIONS)
install(DIRECTORY pharmaco/report/ DESTINATION ${CMAKE_INSTALL_DATADIR}/stardose/schemas
        FILES_MATCHING PATTERN "*.schema.json" PATTERN page EXCLUDE)
install(FILES LICENSE NOTICE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
