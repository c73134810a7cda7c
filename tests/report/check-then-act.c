#include <assert.h>
#include <pthread.h>

struct seat { int row; struct { int taken; char who; } state; };
static struct seat hall[4];

static void *book(void *arg)
{
    char me = *(char *)arg;
    if (!hall[2].state.taken) {
        hall[2].state.taken = 1;
        hall[2].state.who = me;
        return (void *)1;
    }
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    char names[] = "AB";
    void *got[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, book, &names[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], &got[i]);
    assert(!(got[0] && got[1]));
    return 0;
}
