// expect: pass none; complete
// What a detached thread that is still at work will free itself is not lost when the test is over.
#include <lab/check.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static void *watch(void *arg)
{
    sleep(3600);
    free(arg);
    return NULL;
}

SCENARIO(daemon, "a daemon has an argument of its own", "M23", "06.1")
{
    pthread_t t;
    pthread_create(&t, NULL, watch, malloc(24));
    pthread_detach(t);
}
