# What `cpack` makes of an installation: a Debian package. Its dependencies are those of the libraries that the program was
# linked with here, so it is for the Debian that it was made on.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME stardose)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "StarDose maintainers <maintainers@stardose.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
                                                WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "chromium | weasyprint, bcftools")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "pharmacogenomics: from variants or reads to alleles, guidance and doses")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "StarDose reads VCF, BCF, BAM or CRAM files of one person or of thousands, calls
the named alleles (star alleles) of the genes that matter for drugs, says which
phenotypes they mean, and looks up what CPIC and the Dutch working group (DPWG)
advise. It predicts doses, trains and applies models, and writes tables, pages
to read and documents for programs.

It is decision support for professionals, not a medical device: a result needs
confirmation before it changes a treatment.")
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian_files.cmake)
set(CPACK_STARDOSE_RELEASE_DATE ${STARDOSE_RELEASE_DATE})
set(CPACK_STARDOSE_SOURCE ${PROJECT_SOURCE_DIR})
include(CPack)
