# What -t text writes reads back to the same outline: the traps and the examples.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB TEXT_AGAIN CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/traps/*.txt ${CMAKE_SOURCE_DIR}/examples/*.txt)
add_test(NAME inputs/text_again
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/text_again.py $<TARGET_FILE:gangmu> ${TEXT_AGAIN})
