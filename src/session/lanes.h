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
    DOING_READY, /* could run, but had no core */
    DOING_BLOCK,
    DOING_WAIT,
    DOING_SLEEP,
    DOING_KILLED /* from here on: it was ended with the program */
};

/* Until this moment, from the mark before: the share of its running time in which it had a core. */
struct lanes_mark {
    uint64_t ns;
    double share;
};

struct lanes_lane {
    char name[LANE_NAME];
    uint32_t section;
    uint64_t head;             /* events seen */
    uint64_t start, end;       /* ns since the start of the run; end 0: alive */
    struct lane_event *events; /* ns since the start of the run */
    size_t count, cap;
    uint64_t lost; /* overwritten before we came */
    struct lanes_mark *marks;
    size_t mark_count, mark_cap;
    uint64_t cpu, ready; /* ns, as far as marks tell */
    /* what the next event goes on from */
    enum lanes_doing doing;
    uint64_t since, run;
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

/* Locks, condition variables ... have addresses only; they are numbered as they are met. */
enum lanes_class { CLASS_LOCK, CLASS_COND, CLASS_SEMAPHORE, CLASS_BARRIER, CLASS_COUNT };
#define LANES_OBJECTS 512
struct lanes_object {
    uint64_t address;
    uint8_t class;
    int number; /* 0: the slot is empty */
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
    struct lanes_object objects[LANES_OBJECTS]; /* a hash table */
    int object_count, class_count[CLASS_COUNT];
    size_t event_count; /* kept in all lanes */
    uint64_t last; /* the newest moment known, ns since the start */
};

/* Takes over what is new in the log. */
void lanes_take(struct lanes *l, const struct lane_log *log);
/* The run is over after so long: what is still alive was killed then. */
void lanes_over(struct lanes *l, uint64_t elapsed_ns);
void lanes_fini(struct lanes *l);

/* Takes one event over, as from a log; times since the start. For files and tests. */
void lanes_add_event(struct lanes *l, size_t lane, const struct lane_event *ev);
/* Space for lanes, facts and samples; once. */
void lanes_begin(struct lanes *l);

/* What a lane mostly does between two moments; `now` is where what is still going on ends. Where it
 * had a core for a part of the time only, neighbouring spans of the same length are READY in that
 * proportion. */
enum lanes_doing lanes_doing(const struct lanes_lane *lane, uint64_t from, uint64_t to,
                             uint64_t now, bool over);
/* The newest event at or before `ns`; -1: none. */
long lanes_event_at(const struct lanes_lane *lane, uint64_t ns);
/* "rice waits for lock 1, since 1.2 s": what a lane does at a moment; the time is counted from `zero`.
 * Caller frees. */
char *lanes_words(const struct lanes *l, size_t lane, uint64_t ns, uint64_t zero);
/* "52.7 us", "900 ms", "1.2 s". Caller frees. */
char *lanes_duration(uint64_t ns);
/* A measured value as people read it: whole numbers in full, others with four digits. Caller frees. */
char *lanes_number(double value);
/* When section k (from 1) begins; 0 is the run's start. */
uint64_t lanes_section_start(const struct lanes *l, uint32_t section);
uint64_t lanes_section_end(const struct lanes *l, uint32_t section, uint64_t now);
const char *lanes_section_title(const struct lanes *l, uint32_t section); /* "" for 0 */
uint32_t lanes_section_count(const struct lanes *l);
/* 3 for the third lock anybody used; 0: never seen. */
int lanes_object_number(const struct lanes *l, enum lanes_class class, uint64_t address);
/* Does it do anything but create and join from one moment to just before another? */
bool lanes_is_busy(const struct lanes_lane *lane, uint64_t from, uint64_t to);

/* ---- recorded runs ------------------------------------------------------ */

#define LANES_FILE_MOST (8 << 20) /* bytes of such a file */

/* What belongs to a run besides its lanes. */
struct lanes_run {
    char *machine; /* "4 cores, x86_64" */
    char *output;  /* what it printed; NULL = nothing */
    double elapsed, cpu;
    int status; /* as in waitpid */
};
void lanes_run_fini(struct lanes_run *r);
/* A run as a text file (docs/lesson-format.md), and back. `l` and `r` are zeroed before; on failure
 * they are zeroed again. The text is not trusted. Caller frees. */
char *lanes_print(const struct lanes *l, const struct lanes_run *r);
bool lanes_parse(const char *text, struct lanes *l, struct lanes_run *r, struct err *e);

#endif
