// Semaphores: counts, limits, times.
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

#define SHOW(call) (errno = 0, result = (call), printf("%s: %d %d\n", #call, result, errno))

int main(void)
{
    sem_t s;
    int result, value = -1;
    struct timespec past = {1, 0}, odd = {0, -1};
    SHOW(sem_init(&s, 0, SEM_VALUE_MAX + 1u));
    SHOW(sem_init(&s, 0, 1));
    SHOW(sem_trywait(&s));
    SHOW(sem_trywait(&s));
    SHOW(sem_timedwait(&s, &past));
    SHOW(sem_timedwait(&s, &odd));
    SHOW(sem_clockwait(&s, CLOCK_MONOTONIC, &past));
    SHOW(sem_post(&s));
    SHOW(sem_post(&s));
    SHOW(sem_getvalue(&s, &value));
    printf("value %d\n", value);
    SHOW(sem_wait(&s));
    SHOW(sem_timedwait(&s, &past));
    SHOW(sem_destroy(&s));
    SHOW(sem_init(&s, 0, SEM_VALUE_MAX));
    SHOW(sem_post(&s));
    SHOW(sem_getvalue(&s, &value));
    printf("full %d\n", value == SEM_VALUE_MAX);
    SHOW(sem_destroy(&s));
    return 0;
}
