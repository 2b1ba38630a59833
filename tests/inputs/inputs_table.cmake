# The table of input formats in docs/formats.md.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME inputs/table COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/inputs_table.py $<TARGET_FILE:gangmu>
  $<TARGET_FILE:gangmu_shared>)
loads_library(inputs/table)
