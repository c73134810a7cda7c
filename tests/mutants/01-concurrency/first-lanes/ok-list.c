/* ok: a list, last one first */
#include "first-lanes.h"
#include <stdlib.h>

struct list {
    order_t o;
    struct list *next;
};
void serve_all(const job_t *jobs, int n)
{
    struct list *l = NULL;
    for (const job_t *j = jobs; j < jobs + n; j++) {
        struct list *e = malloc(sizeof *e);
        e->o = stall_start(j);
        e->next = l;
        l = e;
    }
    while (l) {
        struct list *e = l;
        l = l->next;
        stall_wait(e->o);
        free(e);
    }
}
