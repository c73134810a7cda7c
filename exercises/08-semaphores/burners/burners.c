/* Every thread fetches when it likes: ten threads, ten connections. Make it at most k at a time.
 * Everything in this file may be changed. */
#include "burners.h"

#include <errno.h>

void limiter_init(limiter_t *l, int k)
{
    sem_init(&l->tokens, 0, (unsigned)k);
}

int fetch_limited(limiter_t *l, const char *url)
{
    // region: arrange
    (void)l;
    int length = fake_get(url);
    if (length < 0)
        return -1;
    return length;
    // endregion
}
