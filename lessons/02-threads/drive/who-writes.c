/* Two threads write their number, work, and write it again. Main writes 0 after joining both. What
 * stands in the book, read as one number? */
#include <pthread.h>

static long book;
static pthread_mutex_t pen = PTHREAD_MUTEX_INITIALIZER;

static void write_down(int digit)
{
    pthread_mutex_lock(&pen);
    book = book * 10 + digit;
    pthread_mutex_unlock(&pen);
}

/* region: task */
void *task(void *arg)
{
    int number = *(int *)arg;
    write_down(number); // starting
    write_down(number); // finishing
    return NULL;
}
/* endregion */

/* region: main */
int main(void)
{
    static int number[2] = {1, 2};
    pthread_t a, b;
    pthread_create(&a, NULL, task, &number[0]);
    pthread_create(&b, NULL, task, &number[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    write_down(0); // all threads finished
    return 0;
}
/* endregion */
