# The installed copy, the library's symbols, the header, the include rule, the .deb. Plain builds only: sanitizers
# and coverage add symbols and libraries of their own.
find_program(PACKAGING_PYTHON NAMES /usr/bin/python3 python3 REQUIRED)
function(packaging_test class)
  string(TOLOWER ${class} name)
  add_test(NAME packaging/${name} COMMAND ${PACKAGING_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/packaging/test_package.py ${class})
  set_tests_properties(packaging/${name} PROPERTIES
    ENVIRONMENT "GANGMU_BUILD=${CMAKE_BINARY_DIR};CC=${CMAKE_C_COMPILER};CXX=c++;PYTHONDONTWRITEBYTECODE=1" ${ARGN})
endfunction()
packaging_test(Includes)
packaging_test(Header)
if(NOT GANGMU_SANITIZE AND NOT GANGMU_TSAN AND NOT GANGMU_COVERAGE AND NOT GANGMU_FUZZ AND CMAKE_BUILD_TYPE STREQUAL Release)
  foreach(class PkgConfig FindPackage Installed Symbols)
    packaging_test(${class})
  endforeach()
  packaging_test(Deb LABELS slow)
  packaging_test(CleanDebian LABELS slow TIMEOUT 900)
endif()
