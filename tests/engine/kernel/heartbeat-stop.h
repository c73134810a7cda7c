/* heartbeat-stop: beats until told to stop, and stops at once. WRONG 1: sleeps; 2: detaches. */
#include <errno.h>
#include <lab/check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#ifndef WRONG
#define WRONG 0
#endif

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool stop;
} stop_t;

static bool stop_wait(stop_t *s, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    pthread_mutex_lock(&s->lock);
    while (!s->stop && pthread_cond_timedwait(&s->told, &s->lock, &until) != ETIMEDOUT)
        ;
    bool stop = s->stop;
    pthread_mutex_unlock(&s->lock);
    return stop;
}

static void stop_now(stop_t *s)
{
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_broadcast(&s->told);
    pthread_mutex_unlock(&s->lock);
}

typedef struct {
    pthread_t thread;
    stop_t stop;
    int period;
    void (*beat)(void *);
    void *arg;
} hb_t;

static void *run(void *arg)
{
    hb_t *hb = arg;
    if (WRONG == 1) {
        for (bool over = false; !over;) {
            hb->beat(hb->arg);
            sleep((unsigned)hb->period / 1000);
            over = stop_wait(&hb->stop, 0);
        }
        return NULL;
    }
    do
        hb->beat(hb->arg);
    while (!stop_wait(&hb->stop, hb->period));
    return NULL;
}

static hb_t *hb_start(int period, void (*beat)(void *), void *arg)
{
    hb_t *hb = malloc(sizeof *hb);
    *hb = (hb_t){.stop = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false}, .period = period, .beat = beat,
                 .arg = arg};
    pthread_create(&hb->thread, NULL, run, hb);
    return hb;
}

static void hb_stop(hb_t *hb)
{
    stop_now(&hb->stop);
    if (WRONG == 2) {
        pthread_detach(hb->thread);
        return;
    }
    pthread_join(hb->thread, NULL);
    free(hb);
}

static pthread_mutex_t count_lock = PTHREAD_MUTEX_INITIALIZER;
static int beats;
static bool over;

static void beat(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&count_lock);
    beats++;
    lab_check(!over, "a beat came after hb_stop had returned");
    pthread_mutex_unlock(&count_lock);
}

static void say_over(void)
{
    pthread_mutex_lock(&count_lock);
    over = true;
    pthread_mutex_unlock(&count_lock);
}

SCENARIO(stops_at_once, "beats at 0, 2 and 4 s, told at 5 s", "M25", "06.8")
{
    hb_t *hb = hb_start(2000, beat, NULL);
    sleep(5);
    hb_stop(hb);
    say_over();
    lab_check(!lab_ideal_clock() || beats == 3, "%d beats, not 3", beats);
    lab_require("late", !lab_ideal_clock() || lab_now_ms() == 5000, "hb_stop came back at %ld ms, not at 5000", lab_now_ms());
}

SCENARIO(at_once, "told before the first beat", "M25", "06.8")
{
    hb_t *hb = hb_start(2000, beat, NULL);
    hb_stop(hb);
    say_over();
    sleep(1);
}
