/* threadmill-native PLUGIN [--scenario NAME | ARG...]
 *
 * Runs the main() of a plugin on real threads, or one scenario of its check.c, and logs lanes into
 * the shared memory passed as descriptor 3, if there is one. Exit status: main's; 0 or 1
 * for a scenario; 2 when the plugin cannot be run.
 */
#include "engine/native/native.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <lab/check.h>

#define LOG_FD 3
#define STACK_SIZE (1024 * 1024)

/* The sanitizers map terabytes for themselves. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZED 0
#endif

static int usage(void)
{
    fprintf(stderr, "usage: threadmill-native PLUGIN [--scenario NAME | ARG...]\n");
    return 2;
}

static void limit(int what, rlim_t most)
{
    struct rlimit l;
    if (getrlimit(what, &l) == 0 && (l.rlim_cur == RLIM_INFINITY || l.rlim_cur > most)) {
        l.rlim_cur = most;
        setrlimit(what, &l);
    }
}

static rlim_t memory_share(void)
{
    rlim_t half = (rlim_t)sysconf(_SC_PHYS_PAGES) * (rlim_t)sysconf(_SC_PAGESIZE) / 2;
    rlim_t least = (rlim_t)2 << 30;
    return SANITIZED ? RLIM_INFINITY : half > least ? half : least;
}

/* A runaway program must not take the learner's machine with it: it gets half of the memory, leaves no
 * core files, and dies with the lab. Stacks are smaller than usual, because they count. */
static void limits_set(void)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_DATA, memory_share());
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, STACK_SIZE);
    pthread_setattr_default_np(&attr);
    pthread_attr_destroy(&attr);
}

static void *plugin_open(const char *path)
{
    /* A name without a slash would be looked for in the system's library folders. */
    char full[4096];
    if (!strchr(path, '/') && snprintf(full, sizeof full, "./%s", path) < (int)sizeof full)
        path = full;
    void *plugin = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!plugin)
        fprintf(stderr, "threadmill-native: %s\n", dlerror());
    return plugin;
}

static int run_scenario(void *plugin, const char *name)
{
    char symbol[256];
    snprintf(symbol, sizeof symbol, "lab_scenario_%s", name);
    const struct lab_scenario *s = dlsym(plugin, symbol);
    if (!s) {
        fprintf(stderr, "threadmill-native: no scenario '%s'\n", name);
        return 2;
    }
    return scenario_run(s);
}

static int run_main(void *plugin, int argc, char **argv)
{
    int (*entry)(int, char **, char **) = (int (*)(int, char **, char **))dlsym(plugin, "main");
    if (!entry) {
        fprintf(stderr, "the program has no main()\n");
        return 2;
    }
    return entry(argc, argv, environ);
}

/* Makes the calling thread lane 0. */
static void main_lane(void)
{
    struct native_thread *t = lanes_thread_new();
    if (!t)
        abort();
    lanes_thread_made(t, true, pthread_self());
    lanes_thread_start(t);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argv[1][0] == '-')
        return usage();
    limits_set();
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    void *plugin = plugin_open(argv[1]);
    if (!plugin)
        return 2;
    lanes_init(LOG_FD);
    main_lane();
    if (argc == 4 && strcmp(argv[2], "--scenario") == 0)
        native_exit(run_scenario(plugin, argv[3]));
    native_exit(run_main(plugin, argc - 1, argv + 1));
}
