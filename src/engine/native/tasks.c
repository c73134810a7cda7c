/* tasks: lanes of what is no thread: tasks of an event loop (lab_task).
 *
 * A task has a ring like a thread, written by the thread that runs it. It says what it is told: nothing is known of
 * its share of a core.
 */
#include "engine/native/native.h"

#include <lab/lab.h>

static struct native_thread *tasks[LANE_MAX];

EXPORT int __wrap_lab_task(const char *name)
{
    threads_hold(true);
    struct native_thread *t = lanes_thread_new();
    bool made = t && t->lane;
    if (made) {
        tasks[t->number] = t;
        lanes_task_name(t, name);
        lanes_task_event(t, LANE_START, t->number, 0);
    }
    int number = made ? (int)t->number : -1;
    if (t)
        lanes_thread_made(t, made, 0);
    threads_hold(false);
    return number;
}

EXPORT void __wrap_lab_task_is(int task, enum lab_task_is what)
{
    struct native_thread *t = task >= 0 && task < LANE_MAX ? tasks[task] : NULL;
    if (!t)
        return;
    switch (what) {
    case LAB_TASK_RUNS: lanes_task_event(t, LANE_WOKEN, UINT64_MAX, LANE_DESCRIPTOR); break;
    case LAB_TASK_WAITS: lanes_task_event(t, LANE_WAIT, UINT64_MAX, LANE_DESCRIPTOR); break;
    case LAB_TASK_ENDS:
        lanes_task_event(t, LANE_END, t->number, 0);
        lanes_process_over(t->number);
    }
}

/* The child of a fork: these lanes are its parent's. */
void tasks_forked(void)
{
    for (int i = 0; i < LANE_MAX; i++)
        tasks[i] = NULL;
}
