// Named semaphores: who finds what under a name.
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>

#define NAME "/threadmill-conform"

static void show(const char *what, sem_t *s) { printf("%s: %s %d\n", what, s == SEM_FAILED ? "failed" : "opened", s == SEM_FAILED ? errno : 0); }
#define SHOW(call) (errno = 0, result = (call), printf("%s: %d %d\n", #call, result, errno))

int main(void)
{
    int result, value = -1;
    sem_unlink(NAME);
    SHOW(sem_unlink(NAME));
    show("no such name", sem_open(NAME, 0));
    show("no name", sem_open("/", O_CREAT, 0600, 1));
    show("two slashes", sem_open("/a/b", O_CREAT, 0600, 1));
    show("too many", sem_open(NAME, O_CREAT, 0600, 0x80000000u));
    sem_t *a = sem_open(NAME, O_CREAT | O_EXCL, 0600, 2);
    show("new", a);
    show("exclusive", sem_open(NAME, O_CREAT | O_EXCL, 0600, 2));
    sem_t *b = sem_open(NAME, O_CREAT, 0600, 7);
    printf("the same: %d\n", a == b);
    SHOW(sem_wait(a));
    SHOW(sem_getvalue(b, &value));
    printf("value %d\n", value);
    SHOW(sem_close(b));
    SHOW(sem_trywait(a));
    SHOW(sem_trywait(a));
    SHOW(sem_post(a));
    SHOW(sem_close(a));
    a = sem_open(NAME, 0);
    show("again", a);
    SHOW(sem_unlink(NAME));
    show("removed", sem_open(NAME, 0));
    SHOW(sem_getvalue(a, &value));
    printf("value kept %d\n", value);
    SHOW(sem_close(a));
    return 0;
}
