/* Two customers, one cup left. Each looks first, then takes. */
#include <pthread.h>

static int stock = 1; /* cups on the shelf */
static int cup[2];    /* cup[me] == 1: customer `me` has one */

static void *buy(void *arg)
{
    int me = *(const int *)arg;
    if (stock > 0) { /* one step:  read stock */
        stock--;     /* two steps: read stock, write stock */
        cup[me] = 1; /* one step:  write cup[me] */
    }
    return NULL;
}

int main(void)
{
    static const int number[2] = {0, 1};
    pthread_t a, b;
    pthread_create(&a, NULL, buy, (void *)&number[0]);
    pthread_create(&b, NULL, buy, (void *)&number[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
