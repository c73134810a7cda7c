// The end: handlers in reverse order; a thread may end the program.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void last(void) { puts("last"); }
static void first(void) { puts("first"); }
static void more(void)
{
    puts("more");
    atexit(first);
}
static void *ends(void *arg)
{
    puts("enough");
    exit(0);
    return arg;
}

int main(void)
{
    pthread_t t;
    printf("%d", atexit(last));
    printf(" %d", atexit(first));
    printf(" %d\n", atexit(more));
    pthread_create(&t, NULL, ends, NULL);
    pthread_join(t, NULL);
    return 1;
}
