// expect: wrong exit_status
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *waits(void *arg)
{
    for (;;)
        sleep(1);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, waits, malloc(1));
    printf("never seen");
    execl("/bin/sh", "sh", "-c", "sleep 0.5; exit 3", (char *)NULL);
    return 0;
}
