/* The bills, made by four threads, with three locks and a desk. It works, and nobody dares to touch it any more. Keep
 * what it does, and throw out what it does not need. */
#include "simplify.h"

#include <pthread.h>
#include <stdbool.h>

enum stage { ADDING_UP, REDUCING, ROUNDING, SHOWING, FREE, CLOSED };

/* One order lies on the desk, and the worker whose stage it is takes it up. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t news;
    enum stage stage;
    const struct order *order;
    int number;
} desk = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, FREE, NULL, 0};

static pthread_mutex_t cents_lock = PTHREAD_MUTEX_INITIALIZER;
static long cents;

static pthread_mutex_t show_lock = PTHREAD_MUTEX_INITIALIZER;

static void put_cents(long value)
{
    pthread_mutex_lock(&cents_lock);
    cents = value;
    pthread_mutex_unlock(&cents_lock);
}

static long get_cents(void)
{
    pthread_mutex_lock(&cents_lock);
    long value = cents;
    pthread_mutex_unlock(&cents_lock);
    return value;
}

static void work_on(enum stage stage)
{
    if (stage == ADDING_UP) {
        put_cents(add_up(desk.order));
    } else if (stage == REDUCING) {
        put_cents(discount(get_cents()));
    } else if (stage == ROUNDING) {
        put_cents(round_up(get_cents()));
    } else {
        pthread_mutex_lock(&show_lock);
        show(desk.number, get_cents());
        pthread_mutex_unlock(&show_lock);
    }
}

/* Waits for this stage; false when the desk was closed instead. */
static bool wait_for(enum stage stage)
{
    pthread_mutex_lock(&desk.lock);
    while (desk.stage != stage && desk.stage != CLOSED)
        pthread_cond_wait(&desk.news, &desk.lock);
    bool open = desk.stage != CLOSED;
    pthread_mutex_unlock(&desk.lock);
    return open;
}

static void hand_on(enum stage stage)
{
    pthread_mutex_lock(&desk.lock);
    desk.stage = stage;
    pthread_cond_broadcast(&desk.news);
    pthread_mutex_unlock(&desk.lock);
}

static void *worker(void *arg)
{
    enum stage mine = *(enum stage *)arg;
    while (wait_for(mine)) {
        work_on(mine);
        hand_on(mine + 1);
    }
    return NULL;
}

void bill_all(const struct order *orders, int n)
{
    enum stage stage[4] = {ADDING_UP, REDUCING, ROUNDING, SHOWING};
    pthread_t thread[4];
    desk.stage = FREE;
    for (int i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, worker, &stage[i]);
    for (int i = 0; i < n; i++) {
        wait_for(FREE);
        desk.order = &orders[i];
        desk.number = i;
        hand_on(ADDING_UP);
    }
    wait_for(FREE);
    hand_on(CLOSED);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
}
