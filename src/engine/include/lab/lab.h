/* lab/lab.h - what exercises and demos may use besides POSIX.
 *
 * Under the checker these cost virtual time; run natively they wait or compute
 * for real.
 */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include <stddef.h>

/* Waits like a kettle does: needs nobody's attention. Same as nanosleep. */
void lab_brew(long ms);

/* Computes for `ms` on a core: needs a core to itself for that long (4 virtual cores under the
 * checker). */
void lab_work(long ms);

/* The thread's name in lanes and reports; the string is copied, at most 15 bytes. */
void lab_name(const char *name);

/* ---- for demos: numbers the lab draws ---- */

/* A value for the totals below the lanes: lab_report("lost updates", 17, ""). */
void lab_report(const char *what, double value, const char *unit);
/* One sample of a histogram. */
void lab_sample(const char *histogram, double value);
/* A sentence below the lanes. */
void lab_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A new group of lanes: "sequential", "threads". */
void lab_section(const char *title);
/* What this thread does from now on leaves no trace in its lane, and what it starts has none: for timing what is
 * quicker than the note about it. */
void lab_unseen(void);
/* A lane for what is no thread: a task of an event loop. Returns its number, -1 if there is none left; the thread
 * that asked for it tells what the task does. */
int lab_task(const char *name);
enum lab_task_is { LAB_TASK_RUNS, LAB_TASK_WAITS, LAB_TASK_ENDS };
void lab_task_is(int task, enum lab_task_is what);

#endif
