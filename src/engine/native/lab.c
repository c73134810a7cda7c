/* lab: lab/lab.h for real: waiting waits, computing computes. */
#include "engine/native/native.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

EXPORT void __wrap_lab_brew(long ms)
{
    if (ms < 0)
        ms = 0;
    struct timespec left = {ms / 1000, ms % 1000 * 1000000};
    lanes_event(LANE_SLEEP, (uint64_t)ms * 1000000, 0);
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
    lanes_event(LANE_AWAKE, 0, 0);
}

/* Real work: the clock asked is the thread's own CPU time, so a thread that shares its core takes
 * longer, as it should. */
EXPORT void __wrap_lab_work(long ms)
{
    if (ms < 0)
        ms = 0;
    lanes_event(LANE_WORK, (uint64_t)ms * 1000000, 0);
    uint64_t end = own_cpu_ns() + (uint64_t)ms * 1000000;
    volatile uint64_t x = 1;
    while (own_cpu_ns() < end) {
        for (int i = 0; i < 2000; i++)
            x = x * 6364136223846793005u + 1442695040888963407u;
        lanes_mark();
    }
    lanes_event(LANE_WORKED, 0, 0);
}

EXPORT void __wrap_lab_name(const char *name) { lanes_name(name); }

EXPORT void __wrap_lab_report(const char *what, double value, const char *unit)
{
    lanes_fact(FACT_REPORT, what, value, unit);
}

EXPORT void __wrap_lab_sample(const char *histogram, double value) { lanes_sample(histogram, value); }

EXPORT void __wrap_lab_unseen(void) { lanes_unseen(); }
EXPORT void __wrap_lab_section(const char *title) { lanes_fact(FACT_SECTION, title, 0, ""); }

EXPORT void __wrap_lab_say(const char *fmt, ...)
{
    char text[sizeof((struct lane_fact *)0)->text];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    lanes_fact(FACT_SAY, text, 0, "");
}
