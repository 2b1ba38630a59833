# Writers for mind maps, outliners and programs: each output goes to the program that it is made for.
add_executable(outdoc ${CMAKE_CURRENT_LIST_DIR}/outdoc.c)
target_include_directories(outdoc PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
target_compile_definitions(outdoc PRIVATE _DEFAULT_SOURCE) # strsep
target_link_libraries(outdoc PRIVATE gangmu_static gangmu_flags ${GANGMU_DEPS})

find_package(Python3 REQUIRED COMPONENTS Interpreter)
foreach(format IN ITEMS mm xmind mermaid markmap dot org csv ctags chunks akn lsp)
  add_test(NAME outputs/exports-${format}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/exports.py $<TARGET_FILE:outdoc> ${format})
  set_tests_properties(outputs/exports-${format} PROPERTIES LABELS outputs TIMEOUT 120)
endforeach()
add_test(NAME outputs/exports-sarif
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/exports.py $<TARGET_FILE:gangmu> sarif)
set_tests_properties(outputs/exports-sarif PROPERTIES LABELS outputs TIMEOUT 120)

# Attacks × writers; the terminal's are in cli/terminal.
add_test(NAME outputs/injection
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/injection.py $<TARGET_FILE:outdoc> $<TARGET_FILE:gangmu>)
set_tests_properties(outputs/injection PROPERTIES LABELS "outputs;slow" TIMEOUT 300)
