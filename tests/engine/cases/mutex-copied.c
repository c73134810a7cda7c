// expect: misuse copied
#include <pthread.h>

struct shelf {
    pthread_mutex_t lock;
    int cups;
};

static struct shelf shelf;

/* The shelf comes by value, and its lock with it. */
static int count(struct shelf s)
{
    pthread_mutex_lock(&s.lock);
    int cups = s.cups;
    pthread_mutex_unlock(&s.lock);
    return cups;
}

int main(void)
{
    pthread_mutex_init(&shelf.lock, NULL);
    int cups = count(shelf);
    pthread_mutex_destroy(&shelf.lock);
    return cups;
}
