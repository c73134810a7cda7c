// expect: wrong exit_status
// err.h: err() ends the program, after its handlers, whichever thread calls it.
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int said;

static void bye(void)
{
    if (!said)
        abort();
}

static void *work(void *arg)
{
    said = 1;
    errno = ENOENT;
    warn("no %s", "tea");
    warnx("%d", 3);
    psignal(SIGTERM, "it");
    err(3, NULL);
    return arg;
}

int main(void)
{
    pthread_t t;
    atexit(bye);
    pthread_create(&t, NULL, work, NULL);
    pthread_join(t, NULL);
    abort();
}
