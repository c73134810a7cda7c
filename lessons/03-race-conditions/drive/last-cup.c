/* Two customers, one cup left. Each looks first, then takes. */
#include <pthread.h>

static int stock = 1; /* cups on the shelf */
static int cup[2];    /* cup[me] is 1: customer `me` has one */

void *buy(void *arg)
{
    int me = *(int *)arg;
    if (stock > 0) { // 1 step
        stock--; // 2 steps
        cup[me] = 1; // 1 step
    }
    return NULL;
}

int main(void)
{
    static int number[2] = {0, 1};
    pthread_t a, b;
    pthread_create(&a, NULL, buy, &number[0]);
    pthread_create(&b, NULL, buy, &number[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
