/* A thread that nobody waits for. How many lines does it get to print? */
#include <pthread.h>
#include <stdio.h>

static int lines;

/* region: brew */
void *brew(void *arg)
{
    puts("kettle on");
    lines = 1;
    puts("kettle boils");
    lines = 2;
    return arg;
}
/* endregion */

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, brew, NULL);
    return 0;
}
