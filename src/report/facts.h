/* facts: what the events of a run show for certain. Not for other rooms.
 *
 * Nothing here guesses: each question is answered from what was recorded, by indices of events, or not
 * at all.
 */
#ifndef REPORT_FACTS_H
#define REPORT_FACTS_H

#include "report/names.h"

bool facts_is_read(const struct trace_event *ev);
bool facts_is_write(const struct trace_event *ev);
bool facts_is_access(const struct trace_event *ev);
bool facts_takes_lock(const struct trace_event *ev); /* of any kind, and has got it */

/* One thread reads, another writes, the first writes: the first such three events of one object, of `object` unless it
 * is NULL. */
struct lost_update { size_t read, between, write; };
bool facts_lost_update(const struct trace_run *run, const struct trace_ref *object, struct lost_update *ret);

/* One thread writes, another writes, the first reads: it finds not what it wrote. */
bool facts_overwritten(const struct trace_run *run, struct lost_update *ret);

/* One thread reads, another writes, the first reads another value and, without having waited in between,
 * writes: it may have decided by the first value. */
struct looked_twice { size_t first, between, again, write; };
bool facts_looked_twice(const struct trace_run *run, struct looked_twice *ret);

/* One thread writes two objects, another reads both in between, one before and one after the change:
 * writes[0] < writes[1]; reads[k] is of what writes[k] wrote. */
struct half_seen { size_t writes[2], reads[2]; };
bool facts_half_seen(const struct trace_run *run, struct half_seen *ret);

/* A waiter that was woken (wake: the signal, or its wakeup without one), let another thread write
 * (between) before it had the mutex again (relock), and then went on without the read it had made before
 * waiting. between = relock where nobody wrote: the wakeup was spurious. */
struct stolen { size_t wake, between, relock; };
bool facts_stolen_wakeup(const struct trace_run *run, int tid, struct stolen *ret);

/* A waiter was woken (wake) while what it looks at had the value before `first`; others wrote until it had another one
 * (changed), and then it looked (again) and went back to wait: what it may have waited for was there, and was gone. */
struct gone_again { size_t wake, first, changed, again; };
bool facts_gone_again(const struct trace_run *run, int tid, struct gone_again *ret);

/* What `tid` read last before it went to wait for the last time, if that was after the event `since` and somebody writes
 * it in this run; run->count: it did not look. */
size_t facts_looked_since(const struct trace_run *run, size_t since, int tid);

/* The last signal or broadcast on `cond` that met nobody; run->count: none. */
size_t facts_unheard_signal(const struct trace_run *run, const struct trace_ref *cond);
/* The last signal on `cond`, after `tid` began its last wait there, that woke another thread. */
size_t facts_other_woken(const struct trace_run *run, const struct trace_ref *cond, int tid);
/* Has another thread written, since `tid` began its last wait on a condition variable, what `tid` had read before? */
bool facts_changed_since_wait(const struct trace_run *run, int tid);
/* How many signals and broadcasts there were on `cond` since `tid` began its last wait. */
size_t facts_signals_since_wait(const struct trace_run *run, const struct trace_ref *cond, int tid);
/* 1: the event takes a lock, -1: it gives one back, 0: neither. */
int facts_locks_taken(const struct trace_event *ev);
/* A race, and neither side holds a lock. */
bool facts_bare_race(const struct trace_failure *f);
bool facts_is_volatile(const struct trace_ref *object);
/* Does this thread ask for events of descriptors? */
bool facts_runs_loop(const struct trace_run *run, int tid);
/* How many events of that kind there are on the object. */
size_t facts_count(const struct trace_run *run, enum event_kind kind, const struct trace_ref *object);
/* Is this side of a race a free? Freeing is a write that nobody wrote down as one. */
bool facts_side_frees(const struct trace_run *run, const struct trace_access *side);
/* The thread that freed memory at that place, or TRACE_NO_THREAD. */
int facts_freer(const struct trace_run *run, const struct trace_place *at);
/* Has `tid` joined `other` (or waited for that process) before that event? And was it `tid` that created it? */
bool facts_joined_before(const struct trace_run *run, size_t event, int tid, int other);
bool facts_created_by(const struct trace_run *run, int tid, int other);

/* The event that is the nth step of the schedule, counted from 0; run->count: none. */
size_t facts_event_of_step(const struct trace_run *run, int step);

/* The thread at the end of the run; NULL: none. */
const struct trace_thread *facts_thread(const struct trace_state *st, int tid);

#endif
