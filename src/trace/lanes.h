/* lanes: what a native run logs, in shared memory both sides map.
 *
 * One ring per thread; a ring has one writer (the thread) and any number of
 * readers. A writer fills the slot, then stores `head` with release order; readers load
 * `head` with acquire order and copy slots head - min(head, LANE_RING) .. head, then
 * load `head` again and drop what was overwritten meanwhile. Times are CLOCK_MONOTONIC
 * nanoseconds. Nothing in here points anywhere: sizes and offsets only, and a reader trusts
 * no field (the writer runs learner code).
 */
#ifndef TRACE_LANES_H
#define TRACE_LANES_H

#include <stdatomic.h>
#include <stdint.h>

#define LANE_MAGIC 0x544d4c31u
#define LANE_VERSION 2
#define LANE_MAX 1024      /* threads that get a lane; more are counted in `overflow` */
#define LANE_RING 1024     /* events kept per lane */
#define LANE_NAME 16
#define LANE_FACTS 256     /* reports, samples, sentences */
#define LANE_SAMPLES 4096

enum lane_kind {
#define L(name, id) LANE_##name,
#include "trace/lane.def"
#undef L
    LANE_KIND_COUNT
};

/* What is waited on and signalled. */
enum lane_thing { LANE_COND, LANE_SEMAPHORE, LANE_BARRIER, LANE_DESCRIPTOR /* object = its number; UINT64_MAX: several */ };
#define LANE_BROADCAST 16
/* Whose end is waited for: detail of JOIN. */
#define LANE_PROCESS 1

struct lane_event {
    uint64_t ns;
    uint64_t object;
    uint32_t kind;
    uint32_t detail;
};

struct lane {
    char name[LANE_NAME];       /* lab_name or "main", "T1" */
    uint32_t section;           /* lab_section calls made before it began: 0 = none yet; k = the kth
                                 * FACT_SECTION among the facts, from 1 */
    uint32_t parent;
    _Atomic uint64_t head;      /* events ever logged */
    uint64_t started_ns;
    _Atomic uint64_t ended_ns;  /* 0 while alive */
    struct lane_event ring[LANE_RING];
};

enum fact_kind { FACT_NONE, FACT_REPORT, FACT_SAY, FACT_SECTION };
struct lane_fact {
    uint32_t kind;
    uint64_t ns;
    double value;
    char text[120];
    char unit[16];
};
struct lane_sample { char histogram[28]; float pad; double value; };

struct lane_log {
    uint32_t magic, version;
    uint64_t start_ns;               /* when main began */
    _Atomic uint32_t lane_count;
    _Atomic uint32_t overflow;
    _Atomic uint32_t fact_count;     /* may exceed LANE_FACTS: the rest was dropped */
    _Atomic uint32_t sample_count;
    struct lane lanes[LANE_MAX];
    struct lane_fact facts[LANE_FACTS];
    struct lane_sample samples[LANE_SAMPLES];
};

#endif
