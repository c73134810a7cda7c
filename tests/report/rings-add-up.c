#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int bell;

static void *cook(void *arg)
{
    uint64_t one = 1;
    write(bell, &one, sizeof one);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    uint64_t rings;
    bell = eventfd(0, 0);
    struct pollfd p = {bell, POLLIN, 0};
    pthread_create(&a, NULL, cook, NULL);
    pthread_create(&b, NULL, cook, NULL);
    for (int i = 0; i < 2; i++) {
        poll(&p, 1, -1);
        read(bell, &rings, sizeof rings);
    }
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    close(bell);
    return 0;
}
