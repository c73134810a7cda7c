// expect: pass none; complete
// Whichever comes first: the byte is in exactly one of the two pipes.
#define _GNU_SOURCE
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static int old[2], fresh[2];

static void *write_one(void *arg)
{
    assert(write(old[1], "x", 1) == 1);
    return arg;
}

int main(void)
{
    pthread_t t;
    char got;
    pipe2(old, O_NONBLOCK);
    pipe2(fresh, O_NONBLOCK);
    pthread_create(&t, NULL, write_one, NULL);
    int keeps_old = dup(old[1]);
    dup2(fresh[1], old[1]);
    pthread_join(t, NULL);
    int in_old = read(old[0], &got, 1) == 1, in_new = read(fresh[0], &got, 1) == 1;
    assert(in_old + in_new == 1);
    close(keeps_old);
    return 0;
}
