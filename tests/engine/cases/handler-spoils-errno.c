// expect: wrong assert
// The handler's own call leaves its errno behind, between the call of main and main's look at it.
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static pthread_t owner;

static void handle(int sig)
{
    (void)sig;
    close(77);
}

static void *send(void *arg)
{
    pthread_kill(owner, SIGUSR1);
    return arg;
}

int main(void)
{
    int ends[2];
    char c;
    pthread_t t;
    owner = pthread_self();
    pipe(ends);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    signal(SIGUSR1, handle);
    pthread_create(&t, NULL, send, NULL);
    ssize_t n = read(ends[0], &c, 1);
    assert(n == -1 && errno == EAGAIN);
    pthread_join(t, NULL);
    return 0;
}
