# The benchmark's programs (GANGMU_BENCH), and a guard on instructions per byte.
if(GANGMU_BENCH)
  pkg_check_modules(md4c REQUIRED IMPORTED_TARGET md4c)
  pkg_check_modules(pcre2 REQUIRED IMPORTED_TARGET libpcre2-8)
  add_executable(bench_peers ${CMAKE_CURRENT_LIST_DIR}/peers.c ${CMAKE_CURRENT_LIST_DIR}/writers.c ${CMAKE_CURRENT_LIST_DIR}/bench.c)
  target_link_libraries(bench_peers PRIVATE gangmu_static gangmu_flags ${GANGMU_DEPS} PkgConfig::md4c PkgConfig::pcre2)
  add_executable(bench_spawn ${CMAKE_CURRENT_LIST_DIR}/spawn.c ${CMAKE_CURRENT_LIST_DIR}/bench.c)
  target_link_libraries(bench_spawn PRIVATE gangmu_flags)
endif()
