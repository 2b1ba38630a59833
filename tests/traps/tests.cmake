# Short documents with one difficulty each, and the outline that a reader would write.
add_test(NAME traps/outlines
  COMMAND ${GOLDEN_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/traps/run.py --gangmu $<TARGET_FILE:gangmu>)
