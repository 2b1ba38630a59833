# Texts renumbered, and what must hold for every text.
find_program(RENUMBER_PYTHON NAMES /usr/bin/python3 python3 REQUIRED)
add_test(NAME cli/renumber_texts COMMAND ${RENUMBER_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/renumber/run.py $<TARGET_FILE:gangmu>)
add_test(NAME cli/renumber_property
  COMMAND ${RENUMBER_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/renumber/property.py $<TARGET_FILE:gangmu> ${CMAKE_SOURCE_DIR} 1 4)
add_test(NAME cli/renumber_property_of_all
  COMMAND ${RENUMBER_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/renumber/property.py $<TARGET_FILE:gangmu> ${CMAKE_SOURCE_DIR} 2)
set_tests_properties(cli/renumber_property_of_all PROPERTIES LABELS slow TIMEOUT 300)
