// expect: pass none
// Dekker's algorithm with turns.
#include <pthread.h>
#include <stdatomic.h>

static atomic_bool wants[2];
static atomic_int turn;
static int counter;

static void enter(int me)
{
    wants[me] = 1;
    while (wants[1 - me]) {
        if (turn != me) {
            wants[me] = 0;
            while (turn != me)
                ;
            wants[me] = 1;
        }
    }
}

static void leave(int me)
{
    turn = 1 - me;
    wants[me] = 0;
}

static void *run(void *arg)
{
    int me = (int)(long)arg;
    enter(me);
    counter++;
    leave(me);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, run, (void *)0L);
    pthread_create(&b, NULL, run, (void *)1L);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return counter != 2;
}
