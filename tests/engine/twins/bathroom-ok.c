// expect: pass none; complete
// One bathroom, never men and women together.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

enum kind { NOBODY, MAN, WOMAN };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t door = PTHREAD_COND_INITIALIZER;
static enum kind used_by = NOBODY;
static int inside, men, women;

static void enter(enum kind k)
{
    pthread_mutex_lock(&m);
    while (used_by != NOBODY && used_by != k)
        pthread_cond_wait(&door, &m);
    used_by = k;
    inside++;
    *(k == MAN ? &men : &women) += 1;
    assert(men == 0 || women == 0);
    pthread_mutex_unlock(&m);
}

static void leave(enum kind k)
{
    pthread_mutex_lock(&m);
    *(k == MAN ? &men : &women) -= 1;
    if (--inside == 0) {
        used_by = NOBODY;
        pthread_cond_broadcast(&door);
    }
    pthread_mutex_unlock(&m);
}

static void *man(void *arg)
{
    enter(MAN);
    leave(MAN);
    return arg;
}

static void *woman(void *arg)
{
    enter(WOMAN);
    leave(WOMAN);
    return arg;
}

int main(void)
{
    void *(*people[])(void *) = {man, woman, man};
    pthread_t t[3];
    for (unsigned i = 0; i < sizeof people / sizeof people[0]; i++)
        pthread_create(&t[i], NULL, people[i], NULL);
    for (unsigned i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("free again: %s\n", inside ? "no" : "yes");
    return inside;
}
