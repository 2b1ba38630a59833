# Seeded defects are tried by ./dev mutate; here is seen that each still fits the sources.
add_test(NAME mutation/fit COMMAND ${GOLDEN_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/mutation/run.py --fit)
