// expect: pass none; complete
// Noise wakes everybody who waits, timed or not, on whichever condition variable; and only those.
#include <lab/check.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t a = PTHREAD_COND_INITIALIZER, b = PTHREAD_COND_INITIALIZER;
static int woken;
static bool open;

static void *wait_once(void *cond)
{
    pthread_mutex_lock(&lock);
    if (!open)
        pthread_cond_wait(cond, &lock);
    woken++;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *wait_five_seconds(void *arg)
{
    struct timespec end;
    pthread_mutex_lock(&lock);
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += 5;
    int error = open ? 0 : pthread_cond_timedwait(&a, &lock, &end);
    lab_check(!lab_ideal_clock() || (error == 0 && lab_now_ms() == 1000), "error %d at %ld", error, lab_now_ms());
    woken++;
    pthread_mutex_unlock(&lock);
    return arg;
}

SCENARIO(noise, "three wait, on two condition variables", "", "")
{
    lab_go(wait_once, &a);
    lab_go(wait_once, &b);
    lab_go(wait_five_seconds, NULL);
    lab_brew(1000);
    lab_noise();
    lab_brew(1);
    pthread_mutex_lock(&lock);
    lab_check(!lab_ideal_clock() || woken == 3, "%d of 3 were woken", woken);
    open = true;
    pthread_cond_broadcast(&a); /* under the hostile clock somebody may have come after the noise */
    pthread_cond_broadcast(&b);
    pthread_mutex_unlock(&lock);
    lab_join_all();
}
