# Hostile pages, Markdown, outlines, PDF and OLE files. Sanitizers take time and memory of their own.
set(HOSTILE_BOUNDS 2 256)
if(GANGMU_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug" OR GANGMU_COVERAGE)
  set(HOSTILE_BOUNDS 60 4096)
endif()
add_test(NAME inputs/hostile_web
  COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/hostile/hostile_web.py $<TARGET_FILE:source_dump> ${HOSTILE_BOUNDS})
set_tests_properties(inputs/hostile_web PROPERTIES LABELS slow RUN_SERIAL ON)
