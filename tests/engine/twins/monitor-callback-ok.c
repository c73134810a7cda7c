// expect: pass none; complete
// Observers are called after the lock is given back.
#include <pthread.h>
#include <stdio.h>

typedef void (*observer)(void);

static struct {
    pthread_mutex_t lock;
    int celsius;
    observer changed;
} sensor = {.lock = PTHREAD_MUTEX_INITIALIZER};

static int sensor_get(void)
{
    pthread_mutex_lock(&sensor.lock);
    int c = sensor.celsius;
    pthread_mutex_unlock(&sensor.lock);
    return c;
}

static void sensor_set(int celsius)
{
    pthread_mutex_lock(&sensor.lock);
    int differs = celsius != sensor.celsius;
    sensor.celsius = celsius;
    observer o = sensor.changed;
    pthread_mutex_unlock(&sensor.lock);
    if (differs && o)
        o();
}

static void show(void) { printf("%d degrees\n", sensor_get()); }

static void *warm(void *arg)
{
    sensor_set(21);
    return arg;
}

static void *cool(void *arg)
{
    sensor_set(18);
    return arg;
}

int main(void)
{
    sensor.changed = show;
    pthread_t a, b;
    pthread_create(&a, NULL, warm, NULL);
    pthread_create(&b, NULL, cool, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
