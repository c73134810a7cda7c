// expect: pass none; complete
// Neighbours in one array are different memory.
#include <pthread.h>

static char slots[8];

static void *fill(void *arg)
{
    char *mine = arg;
    for (int i = 0; i < 3; i++)
        (*mine)++;
    return NULL;
}

int main(void)
{
    pthread_t t[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, fill, &slots[i]);
    int sum = 0;
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], NULL);
        sum += slots[i];
    }
    return sum != 12;
}
