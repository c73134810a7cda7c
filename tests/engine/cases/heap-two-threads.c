// expect: limit limit
// 20 MB at once are too many, also where a freed block would be large enough for the last 8 of them.
#include <pthread.h>
#include <stdlib.h>

static void *work(void *arg)
{
    (void)arg;
    return malloc(12000000);
}

int main(void)
{
    pthread_t t;
    void *theirs;
    char *first = malloc(8000000);
    free(first);
    pthread_create(&t, NULL, work, NULL);
    pthread_join(t, &theirs);
    char *second = malloc(8000000);
    second[0] = 1;
    free(theirs);
    free(second);
    return 0;
}
