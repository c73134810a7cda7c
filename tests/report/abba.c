#include <pthread.h>

struct account { pthread_mutex_t lock; int cents; };
static struct account acc[2] = {{PTHREAD_MUTEX_INITIALIZER, 100}, {PTHREAD_MUTEX_INITIALIZER, 100}};

static void move(struct account *from, struct account *to)
{
    pthread_mutex_lock(&from->lock);
    pthread_mutex_lock(&to->lock);
    from->cents--;
    to->cents++;
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
}

static void *there(void *arg) { (void)arg; move(&acc[0], &acc[1]); return NULL; }
static void *back(void *arg) { (void)arg; move(&acc[1], &acc[0]); return NULL; }

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, there, NULL);
    pthread_create(&b, NULL, back, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
