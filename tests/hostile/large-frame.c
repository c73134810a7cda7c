// expect: pass none
// One megabyte of locals is legal on Linux, in any thread.
#include <pthread.h>
#include <string.h>

static void *fill(void *arg)
{
    char room[1 << 20];
    memset(room, 0, sizeof room);
    return room[5] ? arg : NULL;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, fill, NULL);
    pthread_join(t, NULL);
    return fill(NULL) != NULL;
}
