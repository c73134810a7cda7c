// expect: pass none; complete
// aarch64: pass|unjudged none
// Too polite: both may step back at the same time for ever, but from every state both can still get through.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int wants[2];
static int inside;

static void *enter(void *arg)
{
    int i = arg != NULL;
    atomic_store(&wants[i], 1);
    while (atomic_load(&wants[1 - i])) {
        atomic_store(&wants[i], 0);
        atomic_store(&wants[i], 1);
    }
    inside++;
    atomic_store(&wants[i], 0);
    return NULL;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, enter, NULL);
    pthread_create(&u, NULL, enter, &t);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return inside == 2 ? 0 : 1;
}
