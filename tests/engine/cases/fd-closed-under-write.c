// expect: misuse fd_closed; preemptions <= 1
// Another thread closes the number just before: that is no write to the pipe, although a copy keeps it open.
#include <pthread.h>
#include <unistd.h>

static int ends[2];

static void *write_one(void *arg)
{
    write(ends[1], "x", 1);
    return arg;
}

int main(void)
{
    pthread_t t;
    pipe(ends);
    dup(ends[1]);
    pthread_create(&t, NULL, write_one, NULL);
    close(ends[1]);
    pthread_join(t, NULL);
    return 0;
}
