/* The worker rings, whether or not anybody sleeps: the bell remembers it. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

static atomic_int done;     /* 1: the result is there */
static int epoll, bell;

void *loop(void *arg)
{
    struct epoll_event event;
    if (!done)
        epoll_wait(epoll, &event, 1, -1);
    return arg;
}

void *worker(void *arg)
{
    uint64_t one = 1;
    done = 1;
    write(bell, &one, sizeof one);
    return arg;
}

int main(void)
{
    pthread_t l, w;
    struct epoll_event wanted = {.events = EPOLLIN};
    bell = eventfd(0, 0);
    epoll = epoll_create1(0);
    epoll_ctl(epoll, EPOLL_CTL_ADD, bell, &wanted);
    pthread_create(&l, NULL, loop, NULL);
    pthread_create(&w, NULL, worker, NULL);
    pthread_join(l, NULL);
    pthread_join(w, NULL);
    return 0;
}
