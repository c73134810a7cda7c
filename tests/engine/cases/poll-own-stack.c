// expect: pass none; complete
// Main polls, under a lock, what lies on its own stack; another thread writes it there.
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *boil(void *arg)
{
    sleep(1);
    pthread_mutex_lock(&lock);
    *(int *)arg = 95;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static bool hot(const int *degrees)
{
    pthread_mutex_lock(&lock);
    bool yes = *degrees > 0;
    pthread_mutex_unlock(&lock);
    return yes;
}

int main(void)
{
    pthread_t kettle;
    int degrees = 0;
    pthread_create(&kettle, NULL, boil, &degrees);
    while (!hot(&degrees))
        sched_yield();
    pthread_join(kettle, NULL);
    return 0;
}
