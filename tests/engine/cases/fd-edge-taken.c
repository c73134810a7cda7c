// expect: deadlock no_event; preemptions <= 1
// An edge is told once: who only looks whether there is one takes it away from who waits.
#include <pthread.h>
#include <sys/epoll.h>
#include <unistd.h>

static int set, ends[2];

static void *waits(void *arg)
{
    struct epoll_event e;
    epoll_wait(set, &e, 1, -1);
    return arg;
}

static void *looks(void *arg)
{
    struct epoll_event e;
    epoll_wait(set, &e, 1, 0);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    struct epoll_event e = {.events = EPOLLIN | EPOLLET};
    set = epoll_create1(0);
    if (pipe(ends) != 0)
        return 1;
    epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &e);
    pthread_create(&a, NULL, waits, NULL);
    pthread_create(&b, NULL, looks, NULL);
    if (write(ends[1], "x", 1) != 1)
        return 1;
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
