/* target_reader.c - one reader, FUZZ_FORMAT: the last byte chooses the options. Built once for each format. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size) fuzz_read(FUZZ_FORMAT, data, size - 1, data[size - 1]);
    return 0;
}
