# The page in Chromium, the Word document in LibreOffice, contents and bookmarks in the programs they are for.
find_program(PAGES_NODE NAMES node nodejs)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

add_test(NAME outputs/html-chromium
  COMMAND ${PAGES_NODE} ${CMAKE_CURRENT_LIST_DIR}/html_page.mjs $<TARGET_FILE:gangmu> ${CMAKE_CURRENT_BINARY_DIR}/html)
set_tests_properties(outputs/html-chromium PROPERTIES LABELS "outputs;slow" TIMEOUT 300)

add_test(NAME outputs/md-toc COMMAND ${PAGES_NODE} ${CMAKE_CURRENT_LIST_DIR}/md_toc.mjs $<TARGET_FILE:gangmu>)
set_tests_properties(outputs/md-toc PROPERTIES LABELS outputs)

foreach(what IN ITEMS text latex nav bookmarks docx)
  add_test(NAME outputs/${what} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/pages.py $<TARGET_FILE:gangmu> ${what})
  set_tests_properties(outputs/${what} PROPERTIES LABELS "outputs;slow" TIMEOUT 300)
endforeach()
set_tests_properties(outputs/text outputs/latex PROPERTIES LABELS outputs)
