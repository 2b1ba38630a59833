# Outline formats: what the readers make of each file in outlines/ stands in FILE.golden beside it.
file(GLOB OUTLINE_FIXTURES CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/outlines/*)
list(FILTER OUTLINE_FIXTURES EXCLUDE REGEX "\\.golden$")
foreach(fixture IN LISTS OUTLINE_FIXTURES)
  get_filename_component(name ${fixture} NAME)
  add_test(NAME inputs/outlines/${name} COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:source_dump> -DARGS=${fixture}
    -DGOLDEN=${fixture}.golden -P ${CMAKE_CURRENT_LIST_DIR}/web/compare.cmake)
endforeach()
