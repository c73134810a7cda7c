// expect: pass none; complete
// Two threads set a handler: the second is told the first one's.
#include <assert.h>
#include <pthread.h>
#include <signal.h>

typedef void (*handler)(int);

static void one(int sig) { (void)sig; }
static void two(int sig) { (void)sig; }
static handler told[2];

static void *set_one(void *none)
{
    told[0] = signal(SIGUSR1, one);
    return none;
}

int main(void)
{
    pthread_t t;
    struct sigaction a = {.sa_handler = two}, old;
    sigemptyset(&a.sa_mask);
    pthread_create(&t, NULL, set_one, NULL);
    sigaction(SIGUSR1, &a, &old);
    told[1] = old.sa_handler;
    pthread_join(t, NULL);
    assert((told[0] == SIG_DFL && told[1] == one) || (told[0] == two && told[1] == SIG_DFL));
    return 0;
}
