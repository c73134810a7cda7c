// expect: pass none; complete
#include <pthread.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static int pair[2];

static void *answer(void *arg)
{
    char text[8];
    ssize_t n = read(pair[1], text, sizeof text);
    if (n > 0 && send(pair[1], text, (size_t)n, MSG_NOSIGNAL) != n)
        return NULL;
    close(pair[1]);
    return arg;
}

int main(void)
{
    pthread_t t;
    char text[8];
    fd_set in;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 || pthread_create(&t, NULL, answer, NULL) != 0)
        return 1;
    if (write(pair[0], "tea", 3) != 3)
        return 2;
    FD_ZERO(&in);
    FD_SET(pair[0], &in);
    int n = select(pair[0] + 1, &in, NULL, NULL, NULL), set = FD_ISSET(pair[0], &in);
    ssize_t got = read(pair[0], text, sizeof text);
    ssize_t end = read(pair[0], text, sizeof text);
    pthread_join(t, NULL);
    close(pair[0]);
    return n != 1 || !set || got != 3 || end != 0;
}
