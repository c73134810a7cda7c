// expect: pass none; complete
// Two prints that belong together: flockfile keeps the others' prints out.
#include <pthread.h>
#include <stdio.h>

static int inside, mixed;

static void *report(void *arg)
{
    flockfile(stdout);
    inside++;
    printf("cup ");
    if (inside != 1)
        mixed = 1;
    printf("%s\n", (char *)arg);
    inside--;
    funlockfile(stdout);
    printf("served\n");
    return NULL;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, report, "one");
    pthread_create(&u, NULL, report, "two");
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return mixed;
}
