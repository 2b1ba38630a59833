# One fragment for each group of writers.
file(GLOB OUTPUT_TESTS CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cmake)
list(REMOVE_ITEM OUTPUT_TESTS ${CMAKE_CURRENT_LIST_FILE})
foreach(fragment IN LISTS OUTPUT_TESTS)
  include(${fragment})
endforeach()
