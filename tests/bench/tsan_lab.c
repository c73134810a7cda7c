/* lab/check.h for an ordinary program: what somebody would write to run the same tests under
 * `gcc -fsanitize=thread` once. Compiled beforehand; only the exercise and its check.c are timed.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <lab/check.h>

static void give_up(const char *file, int line, const char *fmt, va_list args)
{
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    exit(1);
}

void lab_check_at(bool holds, const char *file, int line, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (!holds)
        give_up(file, line, fmt, args);
    va_end(args);
}

/* Counts of threads are not known here, and not what is compared: nothing to require. */
void lab_require_at(const char *verdict, bool holds, const char *file, int line, const char *fmt, ...) {}
int lab_threads_started(void) { return 0; }
int lab_threads_running(void) { return 0; }
int lab_threads_at_once(void) { return 0; }

#define S(name) extern const struct lab_scenario lab_scenario_##name;
#include "scenarios.def"
#undef S

int main(void)
{
#define S(name) lab_scenario_##name.run();
#include "scenarios.def"
    return 0;
}
