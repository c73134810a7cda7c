/* order: see order.h. */
#include "engine/explore/order.h"

#include <string.h>

order_clock order_seen[MAX_THREADS][MAX_THREADS];
uint16_t order_steps[MAX_THREADS];
int32_t order_last[MAX_THREADS];

void order_fork(int parent, int child)
{
    if (parent < 0)
        memset(order_seen[child], 0, sizeof order_seen[child]);
    else
        memcpy(order_seen[child], order_seen[parent], sizeof order_seen[child]);
    order_steps[child] = 0;
    order_last[child] = -1;
}

void order_join(int tid, int ended) { order_join_clock(order_seen[tid], order_seen[ended], order_width()); }
void order_release(int16_t *object) { order_join_clock(object, order_seen[me()->tid], order_width()); }

void order_acquire(const int16_t *object)
{
    int tid = me()->tid, width;
    order_join_clock(order_seen[tid], object, order_width());
    order_clock *step = order_of_step(tid, &width);
    if (step) /* it belongs to the step itself */
        order_join_clock(step, object, width);
}

void order_time(void)
{
    order_before_time();
    for (int i = 1; i < engine.run.thread_count; i++)
        order_join(0, i);
    for (int i = 1; i < engine.run.thread_count; i++)
        memcpy(order_seen[i], order_seen[0], sizeof order_seen[0]);
}
