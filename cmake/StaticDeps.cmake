# The command's own libraries: gangmu_command_deps.
#
# Loading libxml2 (with ICU), uchardet (with the C++ library) and libzip (with OpenSSL) takes the dynamic linker 4 ms,
# seven times what `true` takes in all. With GANGMU_STATIC_DEPS the command links those that have a static library
# statically, and src/lazy loads libzip when a package is opened, and glibc's libm when an XPath computes.
# libgangmu links them all as usual.
find_library(GANGMU_LIBZIP NAMES zip)
set(GANGMU_ARCHIVES "")
set(GANGMU_HAVE_ARCHIVES ON)
# in link order: who needs before who gives
foreach(name IN ITEMS xml2 uchardet yaml yajl_s cmark utf8proc icuuc icudata lzma z)
  find_library(GANGMU_ARCHIVE_${name} NAMES lib${name}.a)
  list(APPEND GANGMU_ARCHIVES ${GANGMU_ARCHIVE_${name}})
  if(NOT GANGMU_ARCHIVE_${name})
    set(GANGMU_HAVE_ARCHIVES OFF)
  endif()
endforeach()
execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libstdc++.a
  OUTPUT_VARIABLE GANGMU_ARCHIVE_cxx OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT IS_ABSOLUTE "${GANGMU_ARCHIVE_cxx}" OR NOT GANGMU_LIBZIP MATCHES "\\.so$" OR NOT CMAKE_BUILD_TYPE STREQUAL "Release"
   OR GANGMU_SANITIZE OR GANGMU_TSAN OR GANGMU_FUZZ OR GANGMU_COVERAGE)
  set(GANGMU_HAVE_ARCHIVES OFF)
endif()
option(GANGMU_STATIC_DEPS "Link the command's libraries statically, so that it starts at once" ${GANGMU_HAVE_ARCHIVES})

add_library(gangmu_command_deps INTERFACE)
if(GANGMU_STATIC_DEPS)
  if(NOT GANGMU_HAVE_ARCHIVES)
    message(FATAL_ERROR "GANGMU_STATIC_DEPS needs a Release build and the static libraries: ${GANGMU_ARCHIVES}")
  endif()
  file(READ_SYMLINK ${GANGMU_LIBZIP} libzip_soname) # libzip.so.4
  get_filename_component(libzip_soname ${libzip_soname} NAME)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/lazy/zip.c PROPERTIES COMPILE_DEFINITIONS GM_LIBZIP="${libzip_soname}")
  target_sources(gangmu_command_deps INTERFACE $<TARGET_OBJECTS:gangmu_objects> ${CMAKE_SOURCE_DIR}/src/lazy/zip.c)
  include(CheckSymbolExists)
  check_symbol_exists(__GLIBC__ features.h GANGMU_GLIBC)
  find_library(GANGMU_LIBM NAMES libm.so.6)
  if(GANGMU_GLIBC AND GANGMU_LIBM)
    set_source_files_properties(${CMAKE_SOURCE_DIR}/src/lazy/math.c PROPERTIES
      COMPILE_DEFINITIONS GM_LIBM="libm.so.6" COMPILE_OPTIONS -fno-builtin)
    target_sources(gangmu_command_deps INTERFACE ${CMAKE_SOURCE_DIR}/src/lazy/math.c)
    set(GANGMU_MATH "")
  else()
    set(GANGMU_MATH m)
  endif()
  target_link_libraries(gangmu_command_deps INTERFACE ${GANGMU_ARCHIVES} ${GANGMU_ARCHIVE_cxx} ${GANGMU_MATH} ${CMAKE_DL_LIBS})
  target_link_options(gangmu_command_deps INTERFACE -static-libgcc -Wl,--gc-sections)
else()
  target_link_libraries(gangmu_command_deps INTERFACE gangmu_static)
endif()
