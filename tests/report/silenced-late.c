#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int bell, news;

static void *cook(void *arg)
{
    uint64_t one = 1;
    pthread_mutex_lock(&lock);
    news++;
    pthread_mutex_unlock(&lock);
    write(bell, &one, sizeof one);
    return arg;
}

static int look(void)
{
    pthread_mutex_lock(&lock);
    int seen = news;
    pthread_mutex_unlock(&lock);
    return seen;
}

int main(void)
{
    pthread_t a, b;
    uint64_t rings;
    int seen = 0;
    bell = eventfd(0, 0);
    struct pollfd p = {bell, POLLIN, 0};
    pthread_create(&a, NULL, cook, NULL);
    pthread_create(&b, NULL, cook, NULL);
    while (seen < 2) {
        poll(&p, 1, -1);
        seen = look();
        read(bell, &rings, sizeof rings);
    }
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    close(bell);
    return 0;
}
