# The benchmark's programs (GANGMU_BENCH), and a guard on instructions per byte.
# bench_readers looks inside the library: it is built with the tests, so that a change there cannot pass it by.
add_executable(bench_readers ${CMAKE_CURRENT_LIST_DIR}/readers.c ${CMAKE_CURRENT_LIST_DIR}/bench.c)
target_include_directories(bench_readers PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
target_link_libraries(bench_readers PRIVATE gangmu_static gangmu_flags ${GANGMU_DEPS})
if(GANGMU_BENCH)
  pkg_check_modules(md4c REQUIRED IMPORTED_TARGET md4c)
  pkg_check_modules(pcre2 REQUIRED IMPORTED_TARGET libpcre2-8)
  add_executable(bench_peers ${CMAKE_CURRENT_LIST_DIR}/peers.c ${CMAKE_CURRENT_LIST_DIR}/writers.c ${CMAKE_CURRENT_LIST_DIR}/bench.c)
  target_link_libraries(bench_peers PRIVATE gangmu_static gangmu_flags ${GANGMU_DEPS} PkgConfig::md4c PkgConfig::pcre2)
  add_executable(bench_spawn ${CMAKE_CURRENT_LIST_DIR}/spawn.c ${CMAKE_CURRENT_LIST_DIR}/bench.c)
  target_link_libraries(bench_spawn PRIVATE gangmu_flags)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT GANGMU_SANITIZE AND NOT GANGMU_TSAN AND NOT GANGMU_COVERAGE)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME bench/instructions COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/instructions.py
    $<TARGET_FILE:gangmu> ${CMAKE_CURRENT_LIST_DIR}/instructions.txt)
  set_tests_properties(bench/instructions PROPERTIES LABELS "slow" TIMEOUT 300)
endif()
