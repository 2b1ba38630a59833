/* marks.c - see span.h: sets of bytes, and of the marks that part sentences. */
#include "base/span.h"

void gm__byte_set_add(struct gm__byte_set *set, unsigned first, unsigned last) {
    unsigned rows = 0; /* class bits in use */
    for (unsigned h = 0; h < 16; h++) rows |= set->high[h];
    for (unsigned c = first; c <= last; c++) {
        unsigned h = c >> 4;
        if (!set->high[h]) {
            set->high[h] = (unsigned char)(rows + 1);
            rows |= rows + 1;
        }
        set->low[c & 15] |= set->high[h];
    }
}

/* A bit for each pair of a first byte and a third one's high nibble: E3 8x, E3 9x, EF 8x, EF 9x, EF Bx, E2 9x, E2 Ax,
 * EF Ax */
#define THIRD_HIGH                                                                                                     \
    { [8] = 1 | 4, [9] = 2 | 8 | 32, [0xA] = 64 | 128, [0xB] = 16 }

const struct gm__marks gm__sentence_marks = {
    {{[1] = 2, [8] = 2, [9] = 2, [0xA] = 1, [0xB] = 4 | 8, [0xD] = 1 | 8, [0xE] = 2, [0xF] = 4},
     {[0] = 1, [2] = 2, [3] = 4, [5] = 8}},
    {{[0] = 2,
      [1] = 2 | 4 | 128,
      [2] = 1,
      [4] = 2,
      [5] = 2,
      [6] = 64,
      [8] = 1 | 4 | 32,
      [9] = 1 | 4 | 32,
      [0xA] = 1 | 8,
      [0xB] = 1 | 8 | 16,
      [0xC] = 1 | 32,
      [0xD] = 1 | 16 | 32,
      [0xE] = 1,
      [0xF] = 1 | 8},
     THIRD_HIGH},
    {[2] = 32 | 64, [3] = 1 | 2, [0xF] = 4 | 8 | 16 | 128},
};

const struct gm__marks gm__bracket_marks = {
    {{[8] = 1, [9] = 1, [0xB] = 2, [0xD] = 2}, {[2] = 1, [5] = 2}},
    {{[0] = 2,
      [1] = 2,
      [4] = 2,
      [5] = 2,
      [8] = 1 | 4 | 32,
      [9] = 1 | 4 | 32,
      [0xA] = 1,
      [0xB] = 1 | 16,
      [0xC] = 1 | 32,
      [0xD] = 1 | 16 | 32,
      [0xE] = 1,
      [0xF] = 1},
     THIRD_HIGH},
    {[2] = 32, [3] = 1 | 2, [0xF] = 4 | 16},
};
