// expect: pass none; complete
// What was destroyed is made anew by assigning the static initialiser.
#include <pthread.h>
#include <stdbool.h>

struct shelf {
    pthread_mutex_t lock;
    pthread_cond_t came;
    int cups;
};

static struct shelf s;

static void *bring(void *arg)
{
    pthread_mutex_lock(&s.lock);
    s.cups++;
    pthread_cond_signal(&s.came);
    pthread_mutex_unlock(&s.lock);
    return arg;
}

static void use(void)
{
    pthread_t helper;
    s = (struct shelf){.lock = PTHREAD_MUTEX_INITIALIZER, .came = PTHREAD_COND_INITIALIZER};
    pthread_create(&helper, NULL, bring, NULL);
    pthread_mutex_lock(&s.lock);
    while (s.cups == 0)
        pthread_cond_wait(&s.came, &s.lock);
    pthread_mutex_unlock(&s.lock);
    pthread_join(helper, NULL);
    pthread_mutex_destroy(&s.lock);
    pthread_cond_destroy(&s.came);
}

int main(void)
{
    use();
    use();
    return 0;
}
