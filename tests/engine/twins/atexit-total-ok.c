// expect: pass none; complete
// The total is told at the end, when all have been joined.
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
    pthread_join(t, NULL);
    exit(0);
}
