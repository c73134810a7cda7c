// Two groups share a room; the first of a group to come takes the room's lock, the last to leave gives it
// back. Wrong: one lock guards both groups' counters, so who waits for the room keeps the others from
// leaving. Fixed: each group has its own.
#include <pthread.h>

static pthread_mutex_t guard[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_mutex_t room = PTHREAD_MUTEX_INITIALIZER;
static int inside[2];

static pthread_mutex_t *guard_of(int group)
{
#ifdef FIXED
    return &guard[group];
#else
    (void)group;
    return &guard[0];
#endif
}

static void *visit(void *arg)
{
    int group = (int)(long)arg;
    pthread_mutex_lock(guard_of(group));
    if (++inside[group] == 1)
        pthread_mutex_lock(&room);
    pthread_mutex_unlock(guard_of(group));
    pthread_mutex_lock(guard_of(group));
    if (--inside[group] == 0)
        pthread_mutex_unlock(&room);
    pthread_mutex_unlock(guard_of(group));
    return NULL;
}

static void *walk_past(void *arg) { return arg; }

int main(void)
{
    pthread_t t[4];
    for (long i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, i < 2 ? visit : walk_past, (void *)i);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    return 0;
}
