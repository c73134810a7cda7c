// expect: wrong assert
// Who only asks may be told either: what is there before or after another thread sets it.
#include <assert.h>
#include <pthread.h>
#include <signal.h>

static void handle(int sig) { (void)sig; }

static void *ask(void *none)
{
    struct sigaction old;
    sigaction(SIGUSR1, NULL, &old);
    assert(old.sa_handler == SIG_DFL);
    return none;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, ask, NULL);
    signal(SIGUSR1, handle);
    pthread_join(t, NULL);
    return 0;
}
