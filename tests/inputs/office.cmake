# Packages: a document for each rule against its golden, then hostile files. The documents are built by the scripts.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(OFFICE ${CMAKE_CURRENT_LIST_DIR}/office)
add_test(NAME inputs/office COMMAND ${Python3_EXECUTABLE} -B ${OFFICE}/check.py --dump $<TARGET_FILE:source_dump>
  --gangmu $<TARGET_FILE:gangmu> --work ${CMAKE_CURRENT_BINARY_DIR}/office)
add_test(NAME inputs/office-hostile COMMAND ${Python3_EXECUTABLE} -B ${OFFICE}/run_hostile.py --gangmu $<TARGET_FILE:gangmu>
  --work ${CMAKE_CURRENT_BINARY_DIR}/office-hostile "$<$<BOOL:${GANGMU_SANITIZE}>:--sanitized>" COMMAND_EXPAND_LISTS)
# Bounds of time are held alone: a neighbour on the core would count.
set_tests_properties(inputs/office-hostile PROPERTIES LABELS "slow" RUN_SERIAL ON)
