#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *name;
static int users = 2;

static void *use(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    users--;
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    if (users == 0)
        free(name);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    name = malloc(16);
    pthread_create(&a, NULL, use, NULL);
    pthread_create(&b, NULL, use, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
