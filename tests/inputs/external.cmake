# Formats that another program reads.
add_test(NAME inputs/external
  COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/external/test_external.py $<TARGET_FILE:source_dump>)
