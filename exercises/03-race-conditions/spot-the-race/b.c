/* B: main fills in the prices, then two waiters look them up. */
#include "programs.h"

static int price[2];

static void *look_up(void *arg)
{
    printf("chai %d, lassi %d\n", price[0], price[1]);
    return arg;
}

void program_b(void)
{
    pthread_t first, second;
    price[0] = 20;
    price[1] = 35;
    pthread_create(&first, NULL, look_up, NULL);
    pthread_create(&second, NULL, look_up, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}
