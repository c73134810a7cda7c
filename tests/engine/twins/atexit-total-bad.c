// expect: race data_race; preemptions == 0
// exit comes before join: the handler reads what the thread may be writing.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int total;

static void tell(void) { printf("%d\n", total); }

static void *work(void *arg)
{
    total = 5;
    return arg;
}

int main(void)
{
    pthread_t t;
    atexit(tell);
    pthread_create(&t, NULL, work, NULL);
    exit(0);
}
