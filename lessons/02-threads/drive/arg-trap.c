/* Two threads get the address of the same variable, and main goes on counting with it. */
#include <pthread.h>
#include <stdio.h>

void *hand_out(void *arg)
{
    int id = *(int *)arg; // 1 step
    printf("%d\n", id);   // 1 step
    return NULL;
}

int main(void)
{
    pthread_t first, second;
    static int i = 0;
    pthread_create(&first, NULL, hand_out, &i);  // 1 step
    i = 1;                                       // 1 step
    pthread_create(&second, NULL, hand_out, &i); // 1 step
    i = 2;                                       // 1 step
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    return 0;
}
