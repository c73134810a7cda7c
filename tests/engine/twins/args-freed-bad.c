// expect: crash|race
// The creator frees them as soon as the thread exists.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct args {
    char name[8];
    int times;
};

static void *shout(void *p)
{
    struct args *a = p;
    for (int i = 0; i < a->times; i++)
        printf("%s%c", a->name, i + 1 < a->times ? ' ' : '\n');
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++) {
        struct args *a = malloc(sizeof *a);
        if (a == NULL)
            return EXIT_FAILURE;
        snprintf(a->name, sizeof a->name, "no%d", i);
        a->times = i + 1;
        if (pthread_create(&t[i], NULL, shout, a) != 0) {
            free(a);
            return EXIT_FAILURE;
        }
        free(a);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return EXIT_SUCCESS;
}
