# What `cmake --install` puts where, and the .deb that CPack makes of it.
include(CMakePackageConfigHelpers)

# Completions come from the program's own tables.
set(GANGMU_COMPLETIONS ${CMAKE_BINARY_DIR}/completions)
foreach(shell IN ITEMS bash zsh fish)
  add_custom_command(OUTPUT ${GANGMU_COMPLETIONS}/gangmu.${shell}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${GANGMU_COMPLETIONS}
    COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:gangmu> --completion ${shell} > ${GANGMU_COMPLETIONS}/gangmu.${shell}
    DEPENDS gangmu VERBATIM)
  list(APPEND GANGMU_COMPLETION_FILES ${GANGMU_COMPLETIONS}/gangmu.${shell})
endforeach()
add_custom_target(completions ALL DEPENDS ${GANGMU_COMPLETION_FILES})
install(FILES ${GANGMU_COMPLETIONS}/gangmu.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME gangmu)
# zsh looks in site-functions; what comes in Debian's packages, below /usr, goes to vendor-completions there.
install(CODE "set(place site-functions)
  if(CMAKE_INSTALL_PREFIX STREQUAL \"/usr\" AND EXISTS /etc/debian_version)
    set(place vendor-completions)
  endif()
  file(INSTALL \"${GANGMU_COMPLETIONS}/gangmu.zsh\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/zsh/\${place}\" RENAME _gangmu)")
install(FILES ${GANGMU_COMPLETIONS}/gangmu.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

install(TARGETS gangmu RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS gangmu_shared gangmu_static EXPORT gangmuTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES include/gangmu/gangmu.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gangmu)
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/locale DESTINATION ${CMAKE_INSTALL_DATADIR} FILES_MATCHING PATTERN *.mo)
install(DIRECTORY grammars DESTINATION ${CMAKE_INSTALL_DATADIR}/gangmu FILES_MATCHING PATTERN *.yaml)
# As they lie in the source, so that what links to one another still does; the manual pages are man's.
install(FILES README.md CHANGELOG.md CONTRIBUTING.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING
  PATTERN *.md PATTERN *.schema.json PATTERN *.xsd)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
# What Debian wants of every package (policy 12.5, 12.7); gzip -n: the same bytes each time.
find_program(GZIP_PROGRAM gzip)
if(GZIP_PROGRAM)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/changelog.gz
    COMMAND ${GZIP_PROGRAM} -9nc ${CMAKE_SOURCE_DIR}/packages/changelog > ${CMAKE_BINARY_DIR}/changelog.gz
    DEPENDS packages/changelog VERBATIM)
  add_custom_target(changelog ALL DEPENDS ${CMAKE_BINARY_DIR}/changelog.gz)
  install(FILES packages/copyright ${CMAKE_BINARY_DIR}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
foreach(section IN ITEMS 1 3 5)
  file(GLOB pages CONFIGURE_DEPENDS docs/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

# pkg-config, relative to its own place, so that the prefix may be chosen when installing. What only the static
# library needs stands in Libs.private: Requires.private would ask users of the shared one for headers they never see.
foreach(module IN LISTS GANGMU_MODULES)
  string(MAKE_C_IDENTIFIER ${module} id)
  list(JOIN ${id}_LIBRARIES " -l" libraries)
  string(APPEND GANGMU_PC_LIBS " -l${libraries}")
  string(APPEND GANGMU_CONFIG_DEPS "  pkg_check_modules(${id} QUIET IMPORTED_TARGET ${module})\n")
endforeach()
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH GANGMU_PC_PREFIX /${pkgconfig_dir} /)
string(REGEX REPLACE "/$" "" GANGMU_PC_PREFIX "${GANGMU_PC_PREFIX}")
configure_file(cmake/gangmu.pc.in ${CMAKE_BINARY_DIR}/gangmu.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/gangmu.pc DESTINATION ${pkgconfig_dir})

# find_package(gangmu): gangmu::gangmu is the shared library, gangmu::gangmu_static the other.
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/gangmu)
set_target_properties(gangmu_shared PROPERTIES EXPORT_NAME gangmu)
install(EXPORT gangmuTargets NAMESPACE gangmu:: DESTINATION ${config_dir})
configure_package_config_file(cmake/gangmuConfig.cmake.in ${CMAKE_BINARY_DIR}/gangmuConfig.cmake
  INSTALL_DESTINATION ${config_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/gangmuConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/gangmuConfig.cmake ${CMAKE_BINARY_DIR}/gangmuConfigVersion.cmake DESTINATION ${config_dir})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gangmu)
set(CPACK_PACKAGE_CONTACT "gangmu contributors <gangmu@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "read a Chinese document the way its author numbered it")
set(CPACK_PACKAGE_DESCRIPTION "gangmu finds the numbered points of Chinese speeches, official documents, laws,
contracts, theses and novels and writes them as an outline, a mind map, a table
of contents or data. This package holds the command, the library and its header.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/cmake/triggers)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
