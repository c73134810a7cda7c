// expect: wrong assert; preemptions <= 1
// The log is switched by dup2 while another thread writes: what it writes goes to the old place or to the new one.
#define _GNU_SOURCE
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static int old[2], fresh[2];

static void *write_one(void *arg)
{
    write(old[1], "x", 1);
    return arg;
}

int main(void)
{
    pthread_t t;
    char got;
    pipe(old);
    pipe2(fresh, O_NONBLOCK);
    pthread_create(&t, NULL, write_one, NULL);
    dup2(fresh[1], old[1]);
    pthread_join(t, NULL);
    assert(read(fresh[0], &got, 1) == -1);
    return 0;
}
