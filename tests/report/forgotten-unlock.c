#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int stock = 1;

static int take(void)
{
    pthread_mutex_lock(&lock);
    if (stock == 0)
        return 0;
    stock--;
    pthread_mutex_unlock(&lock);
    return 1;
}

static void *buy(void *arg) { (void)arg; take(); return NULL; }

int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, buy, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
