# The scorer for truth files of one's own, on those of the traps.
add_test(NAME accuracy/traps
  COMMAND ${GOLDEN_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/accuracy/score.py --gangmu $<TARGET_FILE:gangmu> --fail-under 0.99
          ${CMAKE_CURRENT_SOURCE_DIR}/traps)
