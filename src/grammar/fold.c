/* fold.c - full-width, small and vertical forms to the characters that patterns are written in, and
 * the stroke 丶, which is typed for 、. */
#include "grammar/grammar.h"

/* U+FE10 … U+FE19: vertical forms */
static const uint16_t vertical[] = {',', 0x3001, 0x3002, ':', ';', '!', '?', 0x3016, 0x3017, 0x2026};
/* U+FE30 … U+FE48 */
static const uint16_t brackets[] = {0x2025, 0x2014, 0x2013, '_',    '_',    '(',    ')',    '{',    '}',
                                    0x3014, 0x3015, 0x3010, 0x3011, 0x300A, 0x300B, 0x3008, 0x3009, 0x300C,
                                    0x300D, 0x300E, 0x300F, 0xFE45, 0xFE46, '[',    ']'};
/* U+FE50 … U+FE6B: small forms; 0 where none is assigned */
static const uint16_t small[] = {',',    0x3001, '.', 0,   ';', ':', '?', '!', 0x2014, '(', ')',  '{', '}', 0x3014,
                                 0x3015, '#',    '&', '*', '+', '-', '<', '>', '=',    0,   '\\', '$', '%', '@'};

uint32_t gm__fold_form(uint32_t cp) {
    if (cp >= 0xFF01) {
        if (cp <= 0xFF5E) return cp - 0xFEE0;
        switch (cp) {
        case 0xFF61: return 0x3002;
        case 0xFF62: return 0x300C;
        case 0xFF63: return 0x300D;
        case 0xFF64: return 0x3001;
        default: return cp;
        }
    }
    uint32_t to = 0;
    if (cp - 0xFE10 < GM__COUNT(vertical))
        to = vertical[cp - 0xFE10];
    else if (cp >= 0xFE30 && cp - 0xFE30 < GM__COUNT(brackets))
        to = brackets[cp - 0xFE30];
    else if (cp >= 0xFE50 && cp - 0xFE50 < GM__COUNT(small))
        to = small[cp - 0xFE50];
    return to ? to : cp;
}
