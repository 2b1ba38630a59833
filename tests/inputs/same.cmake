# The same text in every encoding and format gives the same outline.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME inputs/same COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/same/same.py --gangmu $<TARGET_FILE:gangmu>
  --work ${CMAKE_CURRENT_BINARY_DIR}/same)
