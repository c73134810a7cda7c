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
    write(bell, &one, sizeof one);
    pthread_mutex_lock(&lock);
    news = 1;
    pthread_mutex_unlock(&lock);
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
    pthread_t c;
    uint64_t rings;
    bell = eventfd(0, 0);
    struct pollfd p = {bell, POLLIN, 0};
    pthread_create(&c, NULL, cook, NULL);
    while (!look()) {
        poll(&p, 1, -1);
        read(bell, &rings, sizeof rings);
    }
    pthread_join(c, NULL);
    close(bell);
    return 0;
}
