// expect: pass none
#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static bool done;

static void *finish(void *arg)
{
    sleep(1);
    pthread_mutex_lock(&m);
    done = true;
    pthread_mutex_unlock(&m);
    return arg;
}

static bool is_done(void)
{
    pthread_mutex_lock(&m);
    bool d = done;
    pthread_mutex_unlock(&m);
    return d;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, finish, NULL);
    while (!is_done())
        usleep(100000);
    pthread_join(t, NULL);
    return 0;
}
