/* lanes: a private, checked copy of the log of a native run (trace/lanes.h), and what it says: who
 * was doing what, when.
 *
 * The log is written by the learner's program while we read: every number is clamped, every text
 * ended, events are put in order of time. What the rings have overwritten meanwhile is kept here,
 * so taking snapshots now and then gives the whole story.
 */
#ifndef SESSION_LANES_H
#define SESSION_LANES_H

#include "trace/lanes.h"

#include "base/base.h"

enum lanes_doing {
    DOING_NOTHING, /* not born yet, or gone */
    DOING_RUN,
    DOING_BLOCK,
    DOING_WAIT,
    DOING_SLEEP,
    DOING_KILLED /* from here on: it was ended with the program */
};

struct lanes_lane {
    char name[LANE_NAME];
    uint32_t section;
    uint64_t head;             /* events seen */
    uint64_t start, end;       /* ns since the start of the run; end 0: alive */
    struct lane_event *events; /* ns since the start of the run */
    size_t count, cap;
    uint64_t lost; /* overwritten before we came */
};
struct lanes_fact {
    enum fact_kind kind;
    uint64_t ns;
    double value;
    char text[120], unit[16];
};
struct lanes_sample {
    char histogram[28];
    double value;
};

struct lanes {
    uint64_t start_ns; /* of the log's clock; 0 = main has not begun */
    struct lanes_lane *lanes;
    size_t count;
    uint32_t overflow; /* threads without a lane */
    struct lanes_fact *facts;
    size_t fact_count;
    struct lanes_sample *samples;
    size_t sample_count;
    uint64_t last; /* the newest moment known, ns since the start */
};

/* Takes over what is new in the log. */
void lanes_take(struct lanes *l, const struct lane_log *log);
/* The run is over after so long: what is still alive was killed then. */
void lanes_over(struct lanes *l, uint64_t elapsed_ns);
void lanes_fini(struct lanes *l);

/* What a lane mostly does between two moments; `now` is where what is still going on ends. */
enum lanes_doing lanes_doing(const struct lanes_lane *lane, uint64_t from, uint64_t to,
                             uint64_t now, bool over);
/* The newest event at or before `ns`; -1: none. */
long lanes_event_at(const struct lanes_lane *lane, uint64_t ns);
/* "sleeps 2 s", "waits for mutex 1 since 1.20 s": what a lane does at a moment. Caller frees. */
char *lanes_words(const struct lanes *l, size_t lane, uint64_t ns);
/* When section k (from 1) begins; 0 is the run's start. */
uint64_t lanes_section_start(const struct lanes *l, uint32_t section);
uint64_t lanes_section_end(const struct lanes *l, uint32_t section, uint64_t now);
const char *lanes_section_title(const struct lanes *l, uint32_t section); /* "" for 0 */
uint32_t lanes_section_count(const struct lanes *l);
/* Does it do anything but create and join from one moment to just before another? */
bool lanes_is_busy(const struct lanes_lane *lane, uint64_t from, uint64_t to);

#endif
