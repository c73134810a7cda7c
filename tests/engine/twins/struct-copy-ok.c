// expect: pass none; complete
// A mailbox is handed on by its address.
#include <assert.h>
#include <pthread.h>

typedef struct {
    pthread_mutex_t lock;
    int *letters;
} mailbox;

static int letters;
static mailbox box = {PTHREAD_MUTEX_INITIALIZER, &letters};

static void drop(mailbox *b, int n)
{
    pthread_mutex_lock(&b->lock);
    *b->letters += n;
    pthread_mutex_unlock(&b->lock);
}

static void *postman(void *arg)
{
    drop(&box, 2);
    return arg;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, postman, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    assert(letters == 4);
    return 0;
}
