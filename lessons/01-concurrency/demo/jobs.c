/* jobs: a waiting job and a computing job, as lesson 01 shows them beside their Python twins. */
#include <stdio.h>
#include <time.h>

/* region: wait */
static void wait_for_water(void) //= 1
{
    struct timespec two = {.tv_sec = 2};
    nanosleep(&two, NULL); //= 2
}
/* endregion */

/* region: compute */
static long add_squares(long n) //= 3
{
    long sum = 0; //= 4
    for (long i = 0; i < n; i++) //= 5
        sum += i * i; //= 6
    return sum; //= 7
}
/* endregion */

int main(void)
{
    wait_for_water();
    printf("%ld\n", add_squares(1000000));
    return 0;
}
