// A deposit, a withdrawal, and an auditor who expects both to be in. Wrong: nothing makes the auditor
// wait. Fixed: it starts when both are done.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int balance = 100;

static void *change(void *amount)
{
    pthread_mutex_lock(&m);
    balance += (int)(long)amount;
    pthread_mutex_unlock(&m);
    return NULL;
}

static void *audit(void *arg)
{
    pthread_mutex_lock(&m);
    assert(balance == 100 + 40 - 25);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t in, out, auditor;
#ifndef FIXED
    pthread_create(&auditor, NULL, audit, NULL);
#endif
    pthread_create(&in, NULL, change, (void *)40L);
    pthread_create(&out, NULL, change, (void *)-25L);
    pthread_join(in, NULL);
    pthread_join(out, NULL);
#ifdef FIXED
    pthread_create(&auditor, NULL, audit, NULL);
#endif
    pthread_join(auditor, NULL);
    return 0;
}
