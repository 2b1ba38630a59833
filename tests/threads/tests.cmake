# Eight threads; in the preset tsan under ThreadSanitizer.
add_executable(threads ${CMAKE_CURRENT_LIST_DIR}/threads.c)
target_include_directories(threads PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
target_link_libraries(threads PRIVATE gangmu_static gangmu_flags ${GANGMU_DEPS} PkgConfig::cmocka Threads::Threads)
add_test(NAME threads/eight COMMAND threads)
set_tests_properties(threads/eight PROPERTIES TIMEOUT 300 ENVIRONMENT "TSAN_OPTIONS=halt_on_error=1 suppressions=${CMAKE_CURRENT_LIST_DIR}/tsan.supp")
