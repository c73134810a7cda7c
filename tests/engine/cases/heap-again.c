// expect: pass none; complete
// A program that gives back what it takes may take any number of bytes in all: freed blocks are used again.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static void *work(void *arg)
{
    char *kept = malloc(100);
    memset(kept, 7, 100);
    for (int i = 0; i < 20; i++) {
        char *p = malloc((size_t)1 << 20);
        p[0] = p[1000] = (char)i;
        if (p[1000] != (char)i)
            abort();
        free(p);
    }
    for (int i = 0; i < 100; i++)
        if (kept[i] != 7)
            abort();
    free(kept);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    pthread_join(t, NULL);
    return 0;
}
