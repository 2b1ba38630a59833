# Pages and Markdown: what the readers make of each file in web/ stands in FILE.golden beside it.
file(GLOB WEB_FIXTURES CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/web/*.html ${CMAKE_CURRENT_LIST_DIR}/web/*.md
  ${CMAKE_CURRENT_LIST_DIR}/web/*.mht)
foreach(fixture IN LISTS WEB_FIXTURES)
  get_filename_component(name ${fixture} NAME)
  add_test(NAME inputs/web/${name} COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:source_dump> -DARGS=${fixture}
    -DGOLDEN=${fixture}.golden -P ${CMAKE_CURRENT_LIST_DIR}/web/compare.cmake)
endforeach()
add_test(NAME inputs/web/places COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/places.py $<TARGET_FILE:gangmu>
  ${CMAKE_CURRENT_LIST_DIR}/web/places.md 5:3: 8:4:一、 14:1:1. 16:4:3\) 20:1:二、)
