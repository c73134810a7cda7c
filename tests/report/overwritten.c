#include <pthread.h>

static int next_id(void)
{
    static int last;
    return ++last;
}

static void *work(void *arg) { *(int *)arg = next_id(); return NULL; }

int main(void)
{
    pthread_t a, b;
    int x, y;
    pthread_create(&a, NULL, work, &x);
    pthread_create(&b, NULL, work, &y);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return x == y;
}
