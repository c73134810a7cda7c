/* A detached thread gets the address of a local variable, and the function that owns it returns. */
#include <pthread.h>
#include <stdio.h>

void *print_order(void *arg)
{
    const int *order = arg;
    puts("an order of");        // 1 step
    printf("%d cups\n", *order); // 1 step, and the reading comes just before it
    return NULL;
}

static void take_order(void)
{
    int order = 3;
    pthread_t thread;
    pthread_create(&thread, NULL, print_order, &order); // 1 step
    pthread_detach(thread);                             // 1 step
}

int main(void)
{
    take_order();
    puts("next, please"); // 1 step
    return 0;             // 1 step
}
