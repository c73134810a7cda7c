/* Two threads that print for ever. */
#include <pthread.h>
#include <stdio.h>

static void *flood(void *unused)
{
    for (long i = 0;; i++)
        printf("%ld \033[31m and no end of it \007\n", i);
    return NULL;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, flood, NULL);
    flood(NULL);
    return 0;
}
