// expect: pass none; complete
// Tickets: everybody waits through the turns of those who came before, and of nobody else.
#include <lab/check.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int next_ticket, now_serving;

static void *come(void *arg)
{
    pthread_mutex_lock(&m);
    int mine = next_ticket++;
    lab_queue();
    while (mine != now_serving)
        pthread_cond_wait(&changed, &m);
    lab_turn(mine, "a guest");
    now_serving++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, come, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
