/*
 * gate.c - the inline gate as the vector code asks it: eight classes of bytes (base/scan.h), which let more pass than
 * the gate itself. The members are shared out among the classes so that few of the characters pass that clauses most
 * often begin with: one such character costs more than a hundred rare ones.
 */
#include "grammar/gate.h"

#define PLACES 3  /* the bytes of E0..EF xx xx, without what all of their kind begin with */
#define VALUES 64 /* of each */
#define WORDS  8  /* of 64 common characters */
#define ROUNDS 4  /* more gain next to nothing */

/* The commonest characters of Chinese texts, and what else stands behind stops. The earlier, the more they weigh. */
static const char common[] = "的不一是在有我他“”，。这了中来上大为和国地到以说时要就出会可也你对生能"
                             "而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当"
                             "没动面起看定天分还进好小部其些主样理心她本前开但因只从想实军者意无力它与"
                             "长把机民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战"
                             "向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世"
                             "位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气"
                             "题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期"
                             "市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达"
                             "光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格"
                             "望觉术领共确传师观清今切院让识候带导争运党严精增早硬县省镇村企农坚推创贯"
                             "落防构深支按仅虽随另仍曾凡若每某根依围绕牢《》「」『』（）、；：！？…—"
                             "’‘·【】〈〉";

struct place {
    unsigned value[PLACES];
};

struct sharing {
    uint64_t holds[PLACES][VALUES][WORDS]; /* the common characters with this value in this place */
    uint64_t members[WORDS];               /* those that may pass */
    struct share {
        uint16_t count[PLACES][VALUES]; /* of the members of the class */
        uint64_t reach[PLACES][WORDS];  /* the common characters that pass in this place */
        unsigned cost;                  /* of those that pass in all */
    } share[8];
};

static struct place place_of(uint32_t cp) { return (struct place){{cp >> 12, cp >> 6 & 63, cp & 63}}; }

static unsigned ones(uint64_t v) {
    unsigned n = 0;
    for (; v; v &= v - 1) n++;
    return n;
}

/* What the class lets pass, with the bytes of one more, or, NULL, without. */
static unsigned cost_with(const struct sharing *s, const struct share *share, const struct place *more) {
    unsigned cost = 0;
    for (unsigned w = 0; w < WORDS; w++) {
        uint64_t pass = ~s->members[w];
        for (size_t t = 0; t < PLACES; t++) pass &= share->reach[t][w] | (more ? s->holds[t][more->value[t]][w] : 0);
        cost += ones(pass) << (WORDS - w);
    }
    return cost;
}

static void join(struct sharing *s, struct share *share, const struct place *p) {
    share->cost = cost_with(s, share, p);
    for (size_t t = 0; t < PLACES; t++) {
        share->count[t][p->value[t]]++;
        for (size_t w = 0; w < WORDS; w++) share->reach[t][w] |= s->holds[t][p->value[t]][w];
    }
}

static void leave(struct sharing *s, struct share *share, const struct place *p) {
    memset(share->reach, 0, sizeof share->reach);
    for (size_t t = 0; t < PLACES; t++) {
        share->count[t][p->value[t]]--;
        for (size_t n = 0; n < VALUES; n++)
            for (size_t w = 0; w < WORDS && share->count[t][n]; w++) share->reach[t][w] |= s->holds[t][n][w];
    }
    share->cost = cost_with(s, share, NULL);
}

/* Into the class that it costs least. */
static unsigned choose(struct sharing *s, const struct place *p) {
    unsigned best = 0, least = UINT32_MAX;
    for (unsigned c = 0; c < GM__COUNT(s->share); c++) {
        unsigned growth = cost_with(s, &s->share[c], p) - s->share[c].cost;
        if (growth >= least) continue;
        least = growth;
        best = c;
    }
    join(s, &s->share[best], p);
    return best;
}

static void list_common(struct sharing *s, const struct gm__gate *gate) {
    const char *p = common, *end = common + sizeof common - 1;
    for (size_t i = 0; p < end && i < (size_t)64 * WORDS; i++) {
        uint32_t cp;
        p += gm__utf8_decode(p, end, &cp);
        struct place place = place_of(cp);
        uint64_t bit = (uint64_t)1 << (i % 64);
        for (size_t t = 0; t < PLACES; t++) s->holds[t][place.value[t]][i / 64] |= bit;
        if (gm__gate_has(gate, cp)) s->members[i / 64] |= bit;
    }
}

enum gm_status gm__gate_share(const struct gm__gate *gate, const struct gm_allocator *allocator,
                              struct gm__scan_gate *out) {
    enum { FIRST = 0x800, LAST = 0xFFFF };
    size_t size = sizeof(struct sharing) + LAST + 1;
    struct sharing *s = gm__alloc(allocator, size);
    if (!s) return GM_NOMEM;
    memset(s, 0, size);
    unsigned char *class = (unsigned char *)(s + 1);
    list_common(s, gate);
    for (int round = 0; round < ROUNDS; round++)
        for (uint32_t cp = FIRST; cp <= LAST; cp++) {
            struct place p = place_of(cp);
            if (!gm__gate_has(gate, cp)) continue;
            if (round) leave(s, &s->share[class[cp]], &p);
            class[cp] = (unsigned char)choose(s, &p);
        }
    for (uint32_t cp = FIRST; cp <= LAST; cp++)
        if (gm__gate_has(gate, cp)) gm__scan_gate_add(out, cp, class[cp]);
    gm__free(allocator, s, size);
    return GM_OK;
}
