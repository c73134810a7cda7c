// expect: leak; preemptions == 0
#include <pthread.h>
#include <stdio.h>

static void *hello(void *arg)
{
    puts("hello");
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, hello, NULL);
    return 0;
}
