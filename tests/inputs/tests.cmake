# The readers: what each makes of documents in its format. Every *.cmake beside this file adds its own tests.
add_executable(source_dump ${CMAKE_CURRENT_LIST_DIR}/source_dump.c)
target_include_directories(source_dump PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
target_link_libraries(source_dump PRIVATE gangmu_static gangmu_flags ${GANGMU_DEPS})

file(GLOB INPUT_TESTS CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cmake)
list(REMOVE_ITEM INPUT_TESTS ${CMAKE_CURRENT_LIST_DIR}/tests.cmake)
foreach(fragment IN LISTS INPUT_TESTS)
  include(${fragment})
endforeach()
