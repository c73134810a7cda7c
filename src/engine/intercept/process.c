/* process: how a program ends, and the little it may ask about its process. */
#include "engine/engine.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

void program_leave(int status, uint64_t pc)
{
    if (me()->process)
        run_exit(status, pc);
    if (me()->tid != 0) /* a thread that ends the program while main waits means to */
        engine.run.deliberate = true;
    if (engine.scenario)
        fail(.reason = REASON_EXIT_EARLY, .value = (uint64_t)(uint32_t)status, .pc = pc);
    run_exit(status, pc);
}

DECLARE(void, __wrap_exit, int status) { ENTER(CALLER); program_leave(status, CALLER); }
DECLARE(void, __wrap_quick_exit, int status)
{
    ENTER(CALLER);
    process_exit_now();
    for (void (*fn)(void); (fn = process_quick_next());)
        fn();
    ENTER(CALLER);
    program_leave(status, CALLER);
}
DECLARE(void, __wrap__exit, int status) { ENTER(CALLER); process_exit_now(); program_leave(status, CALLER); }
DECLARE(void, __wrap__Exit, int status) { ENTER(CALLER); process_exit_now(); program_leave(status, CALLER); }
DECLARE(void, __wrap_abort, void)
{
    ENTER(CALLER);
    if (me()->process) /* a child that aborts is its parent's business */
        process_killed(me()->process, SIGABRT, CALLER);
    fail(.reason = REASON_ABORT, .pc = CALLER);
}
DECLARE(int, __wrap_atexit, void (*fn)(void))
{
    ENTER(CALLER);
    return process_atexit(fn) ? 0 : -1;
}
DECLARE(int, __wrap_at_quick_exit, void (*fn)(void))
{
    ENTER(CALLER);
    return process_atquick(fn) ? 0 : -1;
}
DECLARE(void, __wrap___assert_fail, const char *expr, const char *file, unsigned line, const char *func)
{
    (void)file, (void)line, (void)func;
    ENTER(CALLER);
    fail(.reason = REASON_ASSERT, .detail = expr, .pc = CALLER);
}
DECLARE(void, __wrap___assert, const char *expr, const char *file, int line)
{
    (void)file, (void)line;
    ENTER(CALLER);
    fail(.reason = REASON_ASSERT, .detail = expr, .pc = CALLER);
}

DECLARE(int, __wrap_gettid, void) { return 4242 + me()->tid; }

/* What has no name in older libraries. */
pid_t __wrap_getpid(void);
DECLARE(long, __wrap_syscall, long number, ...)
{
    ENTER(CALLER);
    if (number == SYS_gettid)
        return __wrap_gettid();
    if (number != SYS_getpid)
        fail(.reason = REASON_CALL_REFUSED, .pc = CALLER, .detail = "syscall() knows SYS_gettid and SYS_getpid here: anything else reaches the kernel behind the lab's back");
    return __wrap_getpid();
}
DECLARE(unsigned, __wrap_getuid, void) { return LEARNER_UID; }
DECLARE(unsigned, __wrap_geteuid, void) { return LEARNER_UID; }
DECLARE(unsigned, __wrap_getgid, void) { return 1000; }
DECLARE(unsigned, __wrap_getegid, void) { return 1000; }
DECLARE(int, __wrap_gethostname, char *to, size_t room)
{
    ENTER(CALLER);
    size_t n = room < sizeof "lab" ? room : sizeof "lab";
    access_range(to, n, true, CALLER);
    memcpy(to, "lab", n);
    return 0;
}
DECLARE(int, __wrap_uname, struct utsname *to)
{
    ENTER(CALLER);
    access_range(to, sizeof *to, true, CALLER);
    memset(to, 0, sizeof *to);
    strcpy(to->sysname, "Linux");
    strcpy(to->nodename, "lab");
    strcpy(to->release, "6.1.0");
    strcpy(to->version, "#1");
#if defined(__aarch64__)
    strcpy(to->machine, "aarch64");
#else
    strcpy(to->machine, "x86_64");
#endif
    return 0;
}
DECLARE(char *, __wrap_getenv, const char *name)
{
    ENTER(CALLER);
    access_string(name, ANY_LENGTH, CALLER);
    return NULL;
}

/* A handler may run before it is looked at, and leave there what its own calls did. */
DECLARE(int *, __wrap___errno_location, void)
{
    if (me() && !me()->quiet && process_handles(me()->process)) {
        ENTER(CALLER);
        step(EVENT_ERRNO, NULL, always);
        record(EVENT_ERRNO, NULL, 0, CALLER);
    }
    return learner_errno_at();
}

struct tls_index {
    unsigned long module, offset;
};
DECLARE(void *, __wrap___tls_get_addr, struct tls_index *index) { return me()->tls + index->offset; }
