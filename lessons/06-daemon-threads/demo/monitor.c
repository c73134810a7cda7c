/* monitor: two threads that go on for ever, as lesson 06 shows them beside their Python twins. In C there is
 * no flag that would make a difference between them. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

/* region: monitor */
static void *monitor_tea(void *arg) //= 1
{
    for (;;) { //= 2
        printf("tea is hot\n"); //= 3
        sleep(2); //= 4
    }
    return arg;
}

int main(void)
{
    pthread_t d, t;
    pthread_create(&d, NULL, monitor_tea, NULL); //= 5
    pthread_create(&t, NULL, monitor_tea, NULL); //= 6
    printf("main is done\n"); //= 7
    return 0; /* and so is everybody else */
}
/* endregion */
