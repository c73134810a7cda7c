// expect: pass none; complete
// A once that is set to PTHREAD_ONCE_INIT again, or that a call has on its stack, begins anew.
#include <pthread.h>
#include <stdlib.h>

static int made;
static pthread_once_t global = PTHREAD_ONCE_INIT;

static void make(void) { made++; }

static void *work(void *arg)
{
    pthread_once(&global, make);
    return arg;
}

static void local(void)
{
    pthread_once_t here = PTHREAD_ONCE_INIT;
    pthread_once(&here, make);
    pthread_once(&here, make);
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    work(NULL);
    pthread_join(t, NULL);
    global = PTHREAD_ONCE_INIT;
    work(NULL);
    local();
    local();
    return made == 4 ? 0 : 1;
}
