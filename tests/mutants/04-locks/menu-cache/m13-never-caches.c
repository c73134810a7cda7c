/* mutant: asks the wholesaler every time
 * expect: WRONG in one_guest, message contains "loaded once and kept"
 * belief: none */
#include "menu-cache.h"

int price_of(cache_t *c, const char *name, int *out)
{
    (void)c;
    int loaded;
    if (load_price(name, &loaded) != 0)
        return -1;
    *out = loaded;
    return 0;
}
