/* Two helpers put three cups each on an empty shelf. */
#include <pthread.h>

static int c; /* cups on the shelf */

void *restock(void *arg)
{
    c++; // read c, write c
    c++;
    c++;
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, restock, NULL);
    pthread_create(&b, NULL, restock, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
