/* A plugin for test_native.c: argv[1] says what to do. */
#include <dlfcn.h>
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int ready;

/* The test writes a byte once it has seen in the lanes what it waited for. */
static void wait_for_test(void)
{
    char byte;
    if (read(0, &byte, 1) != 1)
        _exit(90);
}

/* ---- the same names as inside threadmill-native: ours must win here ---- */

int now_ns(void) { return 7; }
int lanes_event(void) { return 8; }
int native_exit(void) { return 9; }

static int names(void) { return now_ns() == 7 && lanes_event() == 8 && native_exit() == 9 ? 0 : 1; }

/* ---- every call of calls.def is there ---- */

#define H(name)
#define X(name, why)
#define W(name) extern const char __wrap_##name[];
#include "trace/calls.def"
#undef W
#define W(name) __wrap_##name,
static const char *const calls[] = {
#include "trace/calls.def"
};

static int all_calls(void)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (!calls[i])
            return 1;
    return 0;
}

/* ---- tasks ---- */

static int two_tasks(void)
{
    int rice = lab_task("rice"), dal = lab_task("dal");
    lab_task_is(rice, LAB_TASK_RUNS);
    lab_task_is(rice, LAB_TASK_WAITS);
    lab_task_is(dal, LAB_TASK_RUNS);
    lab_task_is(dal, LAB_TASK_ENDS);
    lab_task_is(-1, LAB_TASK_RUNS);
    lab_task_is(1 << 20, LAB_TASK_RUNS);
    return rice == 1 && dal == 2 ? 0 : 1;
}

/* ---- threads ---- */

static void *cook(void *dish)
{
    lab_name(dish);
    lab_brew(1);
    lab_work(1);
    printf("%s done\n", (char *)dish);
    return dish;
}

static int kitchen(void)
{
    pthread_t rice, dal;
    void *result = NULL;
    lab_section("threads");
    pthread_create(&rice, NULL, cook, "rice");
    pthread_create(&dal, NULL, cook, "a name longer than fits");
    pthread_join(dal, NULL);
    pthread_join(rice, &result);
    lab_report("dishes", 2, "plates");
    lab_sample("lost", 3.5);
    lab_sample("lost", -1);
    lab_say("all %d done", 2);
    return strcmp(result, "rice") == 0 ? 3 : 4;
}

static void *lock_a(void *unused)
{
    pthread_mutex_lock(&a);
    pthread_mutex_unlock(&a);
    return NULL;
}

static int contended(void)
{
    pthread_t t;
    pthread_mutex_lock(&a);
    pthread_create(&t, NULL, lock_a, NULL);
    wait_for_test();
    pthread_mutex_unlock(&a);
    return pthread_join(t, NULL);
}

static void *consume(void *unused)
{
    pthread_mutex_lock(&a);
    while (!ready)
        pthread_cond_wait(&c, &a);
    pthread_mutex_unlock(&a);
    return NULL;
}

static int condition(void)
{
    pthread_t t;
    pthread_create(&t, NULL, consume, NULL);
    wait_for_test();
    pthread_mutex_lock(&a);
    ready = 1;
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&a);
    return pthread_join(t, NULL);
}

static void *wait_on_b(void *unused)
{
    pthread_mutex_lock(&b);
    pthread_mutex_lock(&a);
    return NULL;
}

static int deadlock(void)
{
    pthread_t t;
    pthread_mutex_lock(&a);
    pthread_create(&t, NULL, wait_on_b, NULL);
    wait_for_test(); /* T1 holds b and is blocked on a */
    pthread_mutex_lock(&b);
    return 0;
}

/* Readers share, a writer waits; one at the gate; two at the barrier. */
static pthread_rwlock_t shelf = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t both;
static pthread_spinlock_t spin;
static sem_t gate;

static void *others(void *unused)
{
    pthread_rwlock_rdlock(&shelf);
    pthread_rwlock_unlock(&shelf);
    pthread_rwlock_wrlock(&shelf);
    pthread_rwlock_unlock(&shelf);
    sem_wait(&gate);
    sem_wait(&gate);
    pthread_spin_lock(&spin);
    pthread_spin_unlock(&spin);
    return pthread_barrier_wait(&both) > 0 ? &both : NULL;
}

static int more_sync(void)
{
    pthread_t t;
    void *result;
    sem_init(&gate, 0, 1);
    pthread_barrier_init(&both, NULL, 2);
    pthread_spin_init(&spin, 0);
    pthread_rwlock_rdlock(&shelf);
    pthread_create(&t, NULL, others, NULL);
    wait_for_test(); /* T1 is blocked as a writer */
    pthread_rwlock_unlock(&shelf);
    wait_for_test(); /* T1 waits at the gate */
    sem_post(&gate);
    pthread_barrier_wait(&both);
    return pthread_join(t, &result) || result;
}

/* The same by <threads.h>, and with limits that pass, and one that does not. */
static mtx_t till;
static cnd_t full;
static int cups;

static int fill(void *unused)
{
    struct timespec soon = {0, 1000000}, past = {1, 0};
    thrd_sleep(&soon, NULL);
    mtx_lock(&till);
    cups = 1;
    cnd_signal(&full);
    mtx_unlock(&till);
    return sem_timedwait(&gate, &past) == 0 ? 1 : 42;
}

static int c11(void)
{
    struct timespec past = {1, 0};
    thrd_t t;
    int result;
    sem_init(&gate, 0, 0);
    mtx_init(&till, mtx_timed);
    cnd_init(&full);
    mtx_lock(&till);
    thrd_create(&t, fill, NULL);
    while (!cups)
        cnd_wait(&full, &till);
    if (cnd_timedwait(&full, &till, &past) != thrd_timedout)
        return 1;
    mtx_unlock(&till);
    thrd_join(t, &result);
    return result == 42 && mtx_trylock(&till) == thrd_success ? 0 : 2;
}

static void *sleep_long(void *unused)
{
    sleep(1000);
    return NULL;
}

static int killed(void)
{
    pthread_t t;
    pthread_create(&t, NULL, sleep_long, NULL);
    wait_for_test();
    return 5;
}

static void *exit_thread(void *unused) { pthread_exit((void *)41); }

static int exits(void)
{
    pthread_t t;
    void *result;
    pthread_create(&t, NULL, exit_thread, NULL);
    pthread_join(t, &result);
    return result == (void *)41 ? 0 : 1;
}

static void *exit_six(void *unused)
{
    wait_for_test();
    exit(6);
}

static int thread_exits_program(void)
{
    pthread_t t;
    pthread_create(&t, NULL, exit_six, NULL);
    pthread_join(t, NULL);
    return 1;
}

static void *nothing(void *unused) { return NULL; }

static int many(void)
{
    for (int i = 0; i < 1030; i++) {
        pthread_t t;
        if (pthread_create(&t, NULL, nothing, NULL) != 0 || pthread_join(t, NULL) != 0)
            return 1;
    }
    return 0;
}

static int busy(void)
{
    for (int i = 0; i < 3000; i++) {
        pthread_mutex_lock(&a);
        pthread_mutex_unlock(&a);
    }
    return 0;
}

/* ---- what libc promises stays true ---- */

static int errors(void)
{
    pthread_mutex_t check;
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&check, &attr);
    errno = 77;
    if (pthread_mutex_unlock(&check) != EPERM || pthread_mutex_lock(&check) != 0 ||
        pthread_mutex_lock(&check) != EDEADLK || pthread_mutex_trylock(&check) != EBUSY || errno != 77)
        return 1;
    struct timespec bad = {0, -1};
    if (nanosleep(&bad, NULL) != -1 || errno != EINVAL)
        return 2;
    char text[40];
    snprintf(text, sizeof text, "%d %s %.1f %c", 1, "two", 3.0, '4');
    return strcmp(text, "1 two 3.0 4") == 0 ? 0 : 3;
}

static int output(int argc, char **argv)
{
    printf("%d args, last %s\n", argc, argv[argc - 1]);
    fputs("puts ", stdout);
    putchar('c');
    puts("");
    fwrite("bytes\n", 1, 6, stdout);
    fprintf(stderr, "to stderr\n");
    return 0;
}

/* ---- processes ---- */

/* One child prints, reports and waits for a byte; the other is killed. */
static int family(void)
{
    int ends[2];
    char byte;
    if (pipe(ends) != 0)
        return 91;
    pid_t cook = fork();
    if (cook == 0) {
        fd_set in;
        FD_ZERO(&in);
        FD_SET(ends[0], &in);
        lab_report("cups", 1, "");
        if (select(ends[0] + 1, &in, NULL, NULL, NULL) != 1 || !FD_ISSET(ends[0], &in) || read(ends[0], &byte, 1) != 1)
            _exit(92);
        (void)!write(1, "tea\n", 4);
        _exit(7);
    }
    pid_t guest = fork();
    if (guest == 0) {
        lab_report("guests", 1, "");
        for (;;)
            sleep(1000);
    }
    wait_for_test();
    lab_report("families", 1, "");
    kill(guest, SIGKILL);
    int status = 0;
    if (waitpid(guest, &status, 0) != guest || WTERMSIG(status) != SIGKILL || write(ends[1], "!", 1) != 1)
        return 93;
    if (waitpid(cook, &status, WNOHANG) < 0 || (waitpid(cook, &status, 0) != cook && errno != ECHILD))
        return 94;
    return wait(NULL) == -1 && errno == ECHILD ? 5 : 95;
}

static void *prints(void *arg)
{
    puts("unseen");
    return arg;
}

/* A thread and a child before, and a thread and a child after nobody looks any more. */
static int unseen(void)
{
    for (int i = 0; i < 2; i++) {
        pthread_t t;
        if (pthread_create(&t, NULL, nothing, NULL) != 0 || pthread_join(t, NULL) != 0)
            return 1;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            prints(NULL);
            fflush(stdout);
            _exit(0);
        }
        if (waitpid(child, NULL, 0) != child)
            return 2;
        lab_unseen();
    }
    return 0;
}

/* Waits as a library does that was not linked with us: by the name in libc. */
static int library(void)
{
    int (*wait)(int, struct epoll_event *, int, int) = NULL, ends[2];
    struct epoll_event e = {.events = EPOLLIN};
    *(void **)&wait = dlsym(RTLD_DEFAULT, "epoll_wait");
    int set = epoll_create1(0);
    if (!wait || pipe(ends) != 0 || epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &e) != 0)
        return 96;
    if (wait(set, &e, 1, 0) != 0 || write(ends[1], "!", 1) != 1 || wait(set, &e, 1, -1) != 1)
        return 97;
    errno = 0;
    return wait(-1, &e, 1, -1) == -1 && errno == EBADF ? 0 : 98;
}

static void both_ways(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    vwarn(format, ap);
    va_end(ap);
    va_start(ap, format);
    vwarnx(format, ap);
    va_end(ap);
}

static int complaints(void)
{
    perror("a");
    psignal(SIGINT, "b");
    warn("c");
    warnx("d");
    both_ways("%c", 'e');
    errx(7, "f");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(void);
    } jobs[] = {{"names", names}, {"all_calls", all_calls}, {"kitchen", kitchen}, {"two_tasks", two_tasks}, {"contended", contended},
                {"condition", condition}, {"more_sync", more_sync}, {"c11", c11}, {"deadlock", deadlock}, {"killed", killed}, {"exits", exits},
                {"thread_exits_program", thread_exits_program}, {"many", many}, {"busy", busy}, {"errors", errors}, {"family", family}, {"unseen", unseen},
                {"library", library}, {"complaints", complaints}};
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        if (strcmp(argv[1], jobs[i].name) == 0)
            return jobs[i].run();
    return output(argc, argv);
}
