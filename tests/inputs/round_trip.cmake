# What gangmu wrote it reads back to the same model.
file(GLOB ROUND_TRIP CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/examples/*.txt ${CMAKE_SOURCE_DIR}/tests/golden/cases/*.txt
  ${CMAKE_CURRENT_LIST_DIR}/outlines/*.json ${CMAKE_CURRENT_LIST_DIR}/outlines/*.opml ${CMAKE_CURRENT_LIST_DIR}/web/*.md
  ${CMAKE_CURRENT_LIST_DIR}/web/*.html)
add_test(NAME inputs/round_trip
  COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/round_trip.py $<TARGET_FILE:gangmu> ${ROUND_TRIP})
