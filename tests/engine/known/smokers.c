// The smokers as Parnas solved them: three agents, three pushers that remember what lies on the table, three smokers,
// semaphores only. Each agent serves once.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>

static sem_t agent, ingredient[3], smoker[3];
static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static int lies[3], smoked;

static void *serve(void *arg)
{
    int missing = *(int *)arg;
    sem_wait(&agent);
    sem_post(&ingredient[(missing + 1) % 3]);
    sem_post(&ingredient[(missing + 2) % 3]);
    return NULL;
}

static void *push(void *arg)
{
    int mine = *(int *)arg, left = (mine + 1) % 3, right = (mine + 2) % 3;
    for (int i = 0; i < 2; i++) {
        sem_wait(&ingredient[mine]);
        pthread_mutex_lock(&table);
        int other = lies[left] ? left : lies[right] ? right : -1;
        if (other < 0)
            lies[mine]++;
        else {
            lies[other]--;
            sem_post(&smoker[3 - mine - other]);
        }
        pthread_mutex_unlock(&table);
    }
    return NULL;
}

static void *smoke(void *arg)
{
    int mine = *(int *)arg;
    sem_wait(&smoker[mine]);
    pthread_mutex_lock(&table);
    smoked++;
    pthread_mutex_unlock(&table);
    sem_post(&agent);
    return NULL;
}

int main(void)
{
    static int id[3] = {0, 1, 2};
    pthread_t t[9];
    sem_init(&agent, 0, 1);
    for (int i = 0; i < 3; i++) {
        sem_init(&ingredient[i], 0, 0);
        sem_init(&smoker[i], 0, 0);
    }
    for (int i = 0; i < 3; i++) {
        pthread_create(&t[3 * i], NULL, serve, &id[i]);
        pthread_create(&t[3 * i + 1], NULL, push, &id[i]);
        pthread_create(&t[3 * i + 2], NULL, smoke, &id[i]);
    }
    for (int i = 0; i < 9; i++)
        pthread_join(t[i], NULL);
    assert(smoked == 3);
    return 0;
}
