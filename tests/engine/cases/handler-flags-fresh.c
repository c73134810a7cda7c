// expect: pass none; complete
// What one run set for a signal that nothing handles is not there in the next.
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

static atomic_int x;

static void *add(void *none)
{
    atomic_fetch_add(&x, 1);
    return none;
}

int main(void)
{
    struct sigaction old, to = {.sa_flags = SA_RESTART};
    pthread_t t;
    sigaction(SIGUSR1, NULL, &old);
    assert(old.sa_flags == 0);
    to.sa_handler = SIG_DFL;
    sigaction(SIGUSR1, &to, NULL);
    pthread_create(&t, NULL, add, NULL);
    x = 5;
    pthread_join(t, NULL);
    return 0;
}
