# Fixtures in every encoding, made by a script.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME inputs/encodings COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/encodings/encodings.py
  --dump $<TARGET_FILE:source_dump> --work ${CMAKE_CURRENT_BINARY_DIR}/encodings)
add_test(NAME inputs/encoding-guesses COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/encodings/snippets.py
  --dump $<TARGET_FILE:source_dump> --work ${CMAKE_CURRENT_BINARY_DIR}/encoding-guesses)
