# Run by cpack between installation and packaging: documents and manual as Debian's policy has them (chapters 12.1, 12.5, 12.7).
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX})
set(documents ${root}/share/doc/${CPACK_PACKAGE_NAME})

function(compress) # without name and time: the same files make the same package
  execute_process(COMMAND gzip --best --no-name ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

execute_process(COMMAND date --utc --rfc-email --date=${CPACK_STARDOSE_RELEASE_DATE} OUTPUT_VARIABLE date
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${documents}/changelog.Debian
     "${CPACK_PACKAGE_NAME} (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium\n\n"
     "  * StarDose ${CPACK_PACKAGE_VERSION}: see changelog.gz.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
file(RENAME ${documents}/CHANGELOG.md ${documents}/changelog)
file(GLOB pages ${root}/share/man/man1/*.1)
compress(${pages} ${documents}/changelog ${documents}/changelog.Debian)

file(REMOVE ${documents}/LICENSE)  # it is in every Debian, and `copyright` says where
file(COPY ${CPACK_STARDOSE_SOURCE}/packaging/debian/copyright DESTINATION ${documents})

# Where Debian's zsh looks.
file(RENAME ${root}/share/zsh/site-functions ${root}/share/zsh/vendor-completions)
