// expect: race data_race
// The flag is looked at before the own one goes up.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int wants[2], turn;
static int counter;

static void enter(int me)
{
    int other = 1 - me;
    while (wants[other])
        ;
    wants[me] = 1;
}

static void leave(int me)
{
    turn = 1 - me;
    wants[me] = 0;
}

static void *run(void *arg)
{
    int me = *(int *)arg;
    for (int i = 0; i < 2; i++) {
        enter(me);
        counter++;
        leave(me);
    }
    return NULL;
}

int main(void)
{
    int id[2] = {0, 1};
    pthread_t t[2];
    pthread_create(&t[0], NULL, run, &id[0]);
    pthread_create(&t[1], NULL, run, &id[1]);
    pthread_join(t[0], NULL);
    pthread_join(t[1], NULL);
    return counter != 4;
}
