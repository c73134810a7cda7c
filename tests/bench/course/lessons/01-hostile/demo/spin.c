/* Four threads that compute for ever. */
#include <pthread.h>

static void *spin(void *unused)
{
    for (volatile unsigned long x = 0;; x++)
        ;
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, spin, NULL);
    spin(NULL);
    return 0;
}
