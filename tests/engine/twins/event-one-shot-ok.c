// expect: pass none; complete
// An event that stays set: whoever asks later passes at once.
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

struct event {
    bool set;
    pthread_mutex_t m;
    pthread_cond_t c;
};

static void event_init(struct event *e)
{
    e->set = false;
    pthread_mutex_init(&e->m, NULL);
    pthread_cond_init(&e->c, NULL);
}

static void event_set(struct event *e)
{
    pthread_mutex_lock(&e->m);
    e->set = true;
    pthread_cond_broadcast(&e->c);
    pthread_mutex_unlock(&e->m);
}

static void event_wait(struct event *e)
{
    pthread_mutex_lock(&e->m);
    while (!e->set)
        pthread_cond_wait(&e->c, &e->m);
    pthread_mutex_unlock(&e->m);
}

static struct event config_ready;
static char name[16];

static void *loader(void *arg)
{
    snprintf(name, sizeof name, "host-%d", 42);
    event_set(&config_ready);
    return arg;
}

static void *server(void *arg)
{
    event_wait(&config_ready);
    printf("serving %s\n", name);
    return arg;
}

int main(void)
{
    event_init(&config_ready);
    pthread_t l, s;
    pthread_create(&s, NULL, server, NULL);
    pthread_create(&l, NULL, loader, NULL);
    pthread_join(l, NULL);
    pthread_join(s, NULL);
    return 0;
}
