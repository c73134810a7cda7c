/* Two cooks, one kitchen. A dish is 0 while nobody has begun it, 1 on the stove, 2 ready. */
#include <pthread.h>

static int rice;
static int dal;

void *cook_rice(void *arg)
{
    (void)arg;
    rice = 1; // 1 step: on the stove
    rice = 2; // 1 step: ready
    return NULL;
}

void *cook_dal(void *arg)
{
    (void)arg;
    dal = 1; // 1 step: on the stove
    dal = 2; // 1 step: ready
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, cook_rice, NULL);
    pthread_create(&b, NULL, cook_dal, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
