/* gate.h - from a gate of code points to the rough one of the vector code. */
#ifndef GM_GATE_H
#define GM_GATE_H

#include "grammar/grammar.h"

/* *out, all zeros, lets all members of the gate pass that take three bytes, and not many others. GM_NOMEM. */
enum gm_status gm__gate_share(const struct gm__gate *gate, const struct gm_allocator *allocator,
                              struct gm__scan_gate *out);

#endif
