// expect: pass none; complete
// realloc holds the block once: 12 MB here, however it is done.
#include <pthread.h>
#include <stdlib.h>

static void *work(void *arg)
{
    (void)arg;
    return malloc(6000000);
}

int main(void)
{
    pthread_t t;
    void *theirs;
    pthread_create(&t, NULL, work, NULL);
    pthread_join(t, &theirs);
    char *mine = malloc(5000000);
    mine[0] = 1;
    mine = realloc(mine, 6000000);
    int bad = mine[0] != 1;
    free(theirs);
    free(mine);
    return bad;
}
