// expect: deadlock deadlock_held
// Whoever locks stdout and does not give it back keeps everybody from printing.
#include <pthread.h>
#include <stdio.h>

static void *keeps(void *arg)
{
    flockfile(stdout);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, keeps, NULL);
    pthread_join(t, NULL);
    printf("done\n");
    return 0;
}
