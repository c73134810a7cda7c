// expect: pass; complete
/* What each clock counts: computing, all time, and what the wall clock says when somebody sets it. */
#include <lab/check.h>
#include <pthread.h>
#include <sys/time.h>
#include <time.h>

static long ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void *work(void *own)
{
    lab_work(30);
    *(long *)own = ms(CLOCK_THREAD_CPUTIME_ID);
    return NULL;
}

SCENARIO(cpu, "waiting costs no time of a core", "M44", "15.8")
{
    pthread_t t;
    long own;
    pthread_create(&t, NULL, work, &own);
    lab_brew(1000);
    lab_work(20);
    pthread_join(t, NULL);
    lab_check(own == 30 && ms(CLOCK_THREAD_CPUTIME_ID) == 20 && ms(CLOCK_PROCESS_CPUTIME_ID) == 50 &&
                  clock() == 50 * CLOCKS_PER_SEC / 1000, "%ld %ld %ld %ld", own, ms(CLOCK_THREAD_CPUTIME_ID), ms(CLOCK_PROCESS_CPUTIME_ID), (long)clock());
}

SCENARIO(busy, "looking at the clock is work", "M44", "15.8")
{
    long began = ms(CLOCK_MONOTONIC);
    while (ms(CLOCK_PROCESS_CPUTIME_ID) < 100)
        ;
    lab_check(ms(CLOCK_MONOTONIC) - began >= 100, "%ld %ld", began, ms(CLOCK_PROCESS_CPUTIME_ID));
}

SCENARIO(set_forward, "the wall clock jumps, the others do not", "M44", "15.8")
{
    long wall = ms(CLOCK_REALTIME), steady = ms(CLOCK_MONOTONIC), day = time(NULL);
    struct timeval then, now;
    gettimeofday(&then, NULL);
    lab_jump_wall_clock(3600000);
    gettimeofday(&now, NULL);
    lab_check(ms(CLOCK_REALTIME) == wall + 3600000 && time(NULL) == day + 3600 && now.tv_sec == then.tv_sec + 3600 &&
                  ms(CLOCK_MONOTONIC) == steady, "not set forward by an hour");
    lab_jump_wall_clock(-7200000);
    lab_check(ms(CLOCK_REALTIME) == wall - 3600000, "not set back by two");
}

SCENARIO(deadline, "a moment of the new wall time", "M44", "15.8")
{
    struct timespec due;
    lab_jump_wall_clock(-7200000);
    clock_gettime(CLOCK_REALTIME, &due);
    due.tv_sec += 2;
    clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &due, NULL);
    lab_check(!lab_ideal_clock() || lab_now_ms() == 2000, "woke up at %ld ms", lab_now_ms());
}
