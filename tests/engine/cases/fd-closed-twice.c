// expect: misuse fd_closed_twice; preemptions <= 1
// Each of two threads thinks closing is its business.
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int fd;

static void *shut(void *arg)
{
    close(fd);
    return arg;
}

int main(void)
{
    pthread_t t;
    fd = eventfd(0, 0);
    pthread_create(&t, NULL, shut, NULL);
    close(fd);
    pthread_join(t, NULL);
    return 0;
}
