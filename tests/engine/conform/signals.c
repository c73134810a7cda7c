// Masks and sigwait.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

static void *inherits(void *arg)
{
    sigset_t now;
    int sig = 0;
    pthread_sigmask(SIG_BLOCK, NULL, &now);
    printf("inherited %d", sigismember(&now, SIGUSR1));
    printf(" %d\n", sigismember(&now, SIGTERM));
    printf("wait %d", sigwait(arg, &sig));
    printf(" got %d\n", sig == SIGUSR1);
    return NULL;
}

int main(void)
{
    pthread_t t;
    sigset_t set, old, pending;
    int sig = 0;
    struct timespec no_time = {0, 0};
    printf("set %d", sigemptyset(&set));
    printf(" %d", sigaddset(&set, SIGUSR1));
    printf(" %d", sigaddset(&set, SIGUSR2));
    printf(" bad %d", sigaddset(&set, 1000));
    printf(" %d\n", sigismember(&set, -1));
    printf("member %d", sigismember(&set, SIGUSR1));
    printf(" %d", sigismember(&set, SIGINT));
    printf(" %d\n", sigdelset(&set, SIGINT));
    printf("mask %d", pthread_sigmask(SIG_BLOCK, &set, &old));
    printf(" bad %d", pthread_sigmask(99, &set, &old));
    printf(" was %d\n", sigismember(&old, SIGUSR1));
    errno = 0;
    printf("nothing yet %d", sigtimedwait(&set, NULL, &no_time));
    printf(" %d\n", errno == EAGAIN);
    printf("raise %d", raise(SIGUSR2));
    printf(" pending %d", sigpending(&pending));
    printf(" %d", sigismember(&pending, SIGUSR2));
    printf(" %d\n", sigismember(&pending, SIGUSR1));
    printf("wait %d", sigwait(&set, &sig));
    printf(" got %d\n", sig == SIGUSR2);
    raise(SIGUSR1);
    printf("info %d\n", sigwaitinfo(&set, NULL) == SIGUSR1);
    pthread_create(&t, NULL, inherits, &set);
    printf("kill %d\n", pthread_kill(t, SIGUSR1));
    pthread_join(t, NULL);
    printf("unblock %d\n", pthread_sigmask(SIG_UNBLOCK, &set, NULL));
    raise(SIGCHLD);
    return 0;
}
