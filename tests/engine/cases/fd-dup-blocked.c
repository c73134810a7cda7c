// expect: deadlock; preemptions == 0
// A read that waits keeps the pipe it found: what dup2 makes of the number does not reach it.
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static int quiet[2], loud[2], kept;

static void *read_one(void *arg)
{
    char got;
    read(quiet[0], &got, 1);
    return arg;
}

int main(void)
{
    pthread_t t;
    pipe(quiet);
    pipe(loud);
    kept = dup(quiet[0]);
    write(loud[1], "x", 1);
    pthread_create(&t, NULL, read_one, NULL);
    dup2(loud[0], quiet[0]);
    pthread_join(t, NULL);
    return 0;
}
