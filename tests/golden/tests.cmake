# The outputs, read back by tools of other hands.
find_program(GOLDEN_PYTHON NAMES /usr/bin/python3 python3)
set(golden_dir ${CMAKE_CURRENT_SOURCE_DIR}/golden)

add_executable(nasty golden/nasty.c)
target_include_directories(nasty PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
target_link_libraries(nasty PRIVATE gangmu_static gangmu_flags ${GANGMU_DEPS} PkgConfig::cmocka)

add_test(NAME golden/read_back COMMAND ${GOLDEN_PYTHON} ${golden_dir}/read_back.py --nasty $<TARGET_FILE:nasty>)

file(GLOB golden_examples ${CMAKE_SOURCE_DIR}/examples/*.txt)
add_test(NAME golden/read_back_examples
  COMMAND ${GOLDEN_PYTHON} ${golden_dir}/read_back.py --gangmu $<TARGET_FILE:gangmu> ${golden_examples})
add_test(NAME golden/schemas COMMAND ${GOLDEN_PYTHON} ${golden_dir}/read_back.py --goldens ${golden_dir}/cases)
add_test(NAME golden/cases COMMAND ${GOLDEN_PYTHON} ${golden_dir}/run.py --gangmu $<TARGET_FILE:gangmu>)
add_test(NAME golden/lint COMMAND ${GOLDEN_PYTHON} ${golden_dir}/lint.py --gangmu $<TARGET_FILE:gangmu>)
add_test(NAME golden/formats COMMAND ${GOLDEN_PYTHON} ${golden_dir}/formats.py $<TARGET_FILE:gangmu> $<TARGET_FILE:gangmu_shared>)
loads_library(golden/formats)
