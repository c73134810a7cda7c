/* The count is lost in a race, so nobody thinks that it is time to signal: the race tells more than the silence. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static int arrived, is_open;

static void *helper(void *arg)
{
    int mine = ++arrived;
    pthread_mutex_lock(&lock);
    if (mine == 2) {
        is_open = 1;
        pthread_cond_signal(&all_here);
    }
    while (!is_open)
        pthread_cond_wait(&all_here, &lock);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, helper, NULL);
    pthread_create(&b, NULL, helper, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
