// expect: pass none; complete
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int made, runs;

static void make(void)
{
    made = 42;
    runs++;
}

static void *use(void *arg)
{
    pthread_once(&once, make);
    return made == 42 ? arg : (void *)1;
}

int main(void)
{
    pthread_t a, b;
    void *ra, *rb;
    pthread_create(&a, NULL, use, NULL);
    pthread_create(&b, NULL, use, NULL);
    pthread_join(a, &ra);
    pthread_join(b, &rb);
    return ra || rb || runs != 1;
}
