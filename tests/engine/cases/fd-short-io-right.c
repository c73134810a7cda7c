// expect: pass none; complete; runs >= 20
#include <errno.h>
#include <lab/check.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static int ends[2];

static int read_all(char *to, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t got = read(ends[0], to + done, n - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return -1;
        done += (size_t)got;
    }
    return 0;
}

static void *send_all(void *arg)
{
    const char *text = "0123456789";
    for (size_t done = 0; done < 10;) {
        ssize_t put = write(ends[1], text + done, 10 - done);
        if (put > 0)
            done += (size_t)put;
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    char text[10];
    lab_short_io(1);
    lab_interrupts(1);
    if (pipe(ends) != 0 || pthread_create(&t, NULL, send_all, NULL) != 0)
        return 1;
    int bad = read_all(text, sizeof text) != 0 || memcmp(text, "0123456789", 10) != 0;
    pthread_join(t, NULL);
    close(ends[0]);
    close(ends[1]);
    return bad;
}
