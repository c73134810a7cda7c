// expect: pass none; complete
// What was written before a byte was sent is there for whoever reads it.
#include <pthread.h>
#include <unistd.h>

static int ends[2], cups;

static void *brew(void *arg)
{
    cups = 5;
    if (write(ends[1], "hello", 5) != 5)
        cups = -1;
    close(ends[1]);
    return arg;
}

int main(void)
{
    pthread_t t;
    char part[3];
    ssize_t n, all = 0;
    if (pipe(ends) != 0 || pthread_create(&t, NULL, brew, NULL) != 0)
        return 1;
    while ((n = read(ends[0], part, sizeof part)) > 0)
        all += n;
    int seen = cups;
    close(ends[0]);
    pthread_join(t, NULL);
    return all != 5 || seen != 5;
}
