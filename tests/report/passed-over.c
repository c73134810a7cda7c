/* Each who leaves a barrier for three wakes one more; a signal goes to one who waits for the next round already. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static int here, round_no;

static void meet(void)
{
    pthread_mutex_lock(&lock);
    int mine = round_no;
    if (++here == 3) {
        here = 0;
        round_no++;
    }
    while (round_no == mine)
        pthread_cond_wait(&all_here, &lock);
    pthread_cond_signal(&all_here);
    pthread_mutex_unlock(&lock);
}

static void *helper(void *arg)
{
    meet();
    meet();
    return arg;
}

int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, helper, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
