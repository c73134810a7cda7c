// expect: race data_race
// The byte was sent too early.
#include <pthread.h>
#include <unistd.h>

static int ends[2], cups;

static void *brew(void *arg)
{
    if (write(ends[1], "x", 1) != 1)
        return NULL;
    cups = 5;
    return arg;
}

int main(void)
{
    pthread_t t;
    char c;
    if (pipe(ends) != 0 || pthread_create(&t, NULL, brew, NULL) != 0)
        return 1;
    if (read(ends[0], &c, 1) != 1)
        return 1;
    int seen = cups;
    pthread_join(t, NULL);
    close(ends[0]);
    close(ends[1]);
    return seen > 5;
}
