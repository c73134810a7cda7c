/* snippets: pieces for the pages and questions of this lesson. main() runs them all, so that they are real
 * programs and not only pictures of some.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

/* region: shelf */
struct shelf {
    pthread_mutex_t lock; /* protects: cups, sold */
    int cups, sold;       /* cups + sold is what was ever brought */
    int number;           /* never changes */
};
/* endregion */

/* region: sell */
static bool sell(struct shelf *s)
{
    bool ok = false;
    pthread_mutex_lock(&s->lock);
    if (s->cups == 0)
        goto out;
    s->cups--;
    s->sold++;
    ok = true;
out:
    pthread_mutex_unlock(&s->lock);
    return ok;
}
/* endregion */

/* region: ask-twice */
static int cups_of(struct shelf *s)
{
    pthread_mutex_lock(&s->lock);
    int cups = s->cups;
    pthread_mutex_unlock(&s->lock);
    return cups;
}

static bool reserve(struct shelf *a, struct shelf *b)
{
    return cups_of(a) + cups_of(b) >= 2;
}
/* endregion */

int main(void)
{
    static struct shelf a = {PTHREAD_MUTEX_INITIALIZER, 2, 0, 1}, b = {PTHREAD_MUTEX_INITIALIZER, 1, 0, 2};
    printf("%d %d\n", sell(&a), reserve(&a, &b));
    return 0;
}
