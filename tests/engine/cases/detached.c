// expect: pass none; complete
// A detached thread may be cut off by the end of main: that is what detaching means.
#include <pthread.h>

static void *idle(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, idle, NULL);
    pthread_detach(t);
    return 0;
}
