// expect: pass none; complete
// A lock by compare-and-exchange, with a yield.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

static _Atomic int owner; /* 0: free */
static int budget = 1, spent;

static void take(int me)
{
    int nobody = 0;
    while (!atomic_compare_exchange_weak(&owner, &nobody, me)) {
        nobody = 0;
        sched_yield();
    }
}

static bool spend(int me)
{
    take(me);
    if (budget == 0) {
        atomic_store(&owner, 0);
        return false;
    }
    budget--;
    spent++;
    atomic_store(&owner, 0);
    return true;
}

static void *buyer(void *arg)
{
    spend((int)(long)arg);
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    for (long i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, buyer, (void *)(i + 1));
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return spent == 1 ? 0 : 1;
}
