/* A thread that nobody waits for. How many lines does it get to print? */
#include <pthread.h>
#include <stdio.h>

static int lines;

/* region: program */
void *brew(void *arg)
{
    (void)arg;
    puts("kettle on");
    lines = 1;
    puts("kettle boils");
    lines = 2;
    return NULL;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, brew, NULL);
    return 0;
}
/* endregion */
