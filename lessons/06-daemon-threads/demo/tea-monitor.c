/* tea-monitor: one program, seven endings. A monitor looks at the tea every half second, a worker needs two
 * seconds for its job, and main comes to its end after one second. Who is still there after that?
 *
 *   -e ENDING   return, join, pthread_exit, detach, exit, _exit or daemon
 *
 * The monitor gives up after six looks, or some of the endings would never end.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lab/lab.h>

static pthread_t monitor, worker;
static bool worker_exits; /* the worker calls exit when it is done */

static void *watch_tea(void *arg)
{
    lab_name("monitor");
    for (int look = 1; look <= 6; look++) {
        printf("monitor: look %d, the tea is hot\n", look);
        lab_brew(500);
    }
    printf("monitor: the tea is cold, I go home\n");
    return arg;
}

static void *work(void *arg)
{
    lab_name("worker");
    printf("worker: begins, needs two seconds\n");
    lab_brew(2000);
    printf("worker: done\n");
    if (worker_exits)
        exit(0);
    return arg;
}

/* ---- the endings: each is called by main after one second ----------------------------- */

static void end_return(void) { printf("main: returns\n"); }

static void end_join(void)
{
    printf("main: joins both\n");
    pthread_join(worker, NULL);
    pthread_join(monitor, NULL);
    printf("main: returns\n");
}

static void end_pthread_exit(void)
{
    printf("main: pthread_exit, without joining\n");
    pthread_exit(NULL);
}

static void end_detach(void)
{
    pthread_detach(worker);
    pthread_detach(monitor);
    printf("main: has detached both, returns\n");
}

static void end_exit(void)
{
    printf("main: joins the monitor; the worker will call exit\n");
    pthread_join(monitor, NULL);
    printf("main: returns\n");
}

/* No buffer is written out, no atexit function is called. */
static void end_underscore_exit(void)
{
    printf("main: this line is still in a buffer when _exit is called");
    _exit(0);
}

/* What Python does at its end: join the threads that are no daemons. */
static void end_daemon(void)
{
    printf("main: joins the worker only; the monitor counts as a daemon\n");
    pthread_join(worker, NULL);
    printf("main: returns\n");
}

static const struct ending {
    const char *name;
    void (*end)(void);
} endings[] = {
    {"return", end_return}, {"join", end_join},   {"pthread_exit", end_pthread_exit},
    {"detach", end_detach}, {"exit", end_exit},   {"_exit", end_underscore_exit},
    {"daemon", end_daemon},
};

static const struct ending *ending_called(const char *name)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strcmp(endings[i].name, name) == 0)
            return &endings[i];
    fprintf(stderr, "tea-monitor: there is no ending '%s'\n", name);
    exit(2);
}

static void start(pthread_t *thread, void *(*run)(void *))
{
    if (pthread_create(thread, NULL, run, NULL) != 0) {
        fprintf(stderr, "tea-monitor: this machine gives us no further thread\n");
        exit(2);
    }
}

int main(int argc, char **argv)
{
    const struct ending *ending = &endings[0];
    int option;
    while ((option = getopt(argc, argv, "e:")) != -1) {
        if (option != 'e')
            return 2;
        ending = ending_called(optarg);
    }
    worker_exits = ending->end == end_exit;
    start(&monitor, watch_tea);
    start(&worker, work);
    lab_brew(1000);
    ending->end();
    return 0;
}
