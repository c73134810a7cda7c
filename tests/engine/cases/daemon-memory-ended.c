// expect: leak memory_left
// A detached thread that has ended needs nothing any more.
#include <lab/check.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static void *watch(void *arg)
{
    *(int *)arg = 1;
    return NULL;
}

SCENARIO(ended, "a thread that leaves its argument behind", "M08", "06.1")
{
    pthread_t t;
    pthread_create(&t, NULL, watch, malloc(24));
    pthread_detach(t);
    sleep(1);
}
