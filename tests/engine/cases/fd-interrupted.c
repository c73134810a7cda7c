// expect: wrong exit_status
#include <lab/check.h>
#include <pthread.h>
#include <unistd.h>

static int ends[2];

static void *send_one(void *arg) { return write(ends[1], "x", 1) == 1 ? arg : NULL; }

int main(void)
{
    pthread_t t;
    char c;
    lab_interrupts(1);
    if (pipe(ends) != 0 || pthread_create(&t, NULL, send_one, NULL) != 0)
        return 1;
    ssize_t n = read(ends[0], &c, 1);
    pthread_join(t, NULL);
    close(ends[0]);
    close(ends[1]);
    return n != 1;
}
