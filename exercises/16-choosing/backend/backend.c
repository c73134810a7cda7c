/* The shop's server. Everything is on the loop: it works, as long as nobody wants a mail or brings an image. */
#include "backend.h"

#include <stdlib.h>

struct shop {
    const struct plan *plan;
    struct report *out;
    task_t *door, *bell;
};

struct visit {
    struct shop *shop;
    struct request request;
    bool waited;
};

static int visit_step(loop_t *l, void *co)
{
    struct visit *v = co;
    int number = v->request.number;
    if (!v->waited) {
        v->waited = true;
        return co_sleep(l, v->request.ms);
    }
    answer(number);
    v->shop->out->answered++;
    if (v->request.mail) {
        send_mail(number);
        v->shop->out->mails++;
    }
    if (v->request.image) {
        store_image(number, shrink_image(number));
        v->shop->out->images++;
    }
    return CO_DONE;
}

/* Takes requests in, one a turn. At the end of the pipe nobody need wait for closing time any more. */
static int door_step(loop_t *l, void *co)
{
    struct shop *s = co;
    struct request r;
    if (co_events(l)) {
        if (read(s->plan->requests, &r, sizeof r) != sizeof r) {
            loop_cancel(l, s->bell);
            return CO_DONE;
        }
        struct visit *v = malloc(sizeof *v);
        *v = (struct visit){s, r, false};
        loop_spawn(l, visit_step, v)->finally = free;
    }
    return co_wait_fd(l, s->plan->requests, POLLIN);
}

static int bell_step(loop_t *l, void *co)
{
    struct shop *s = co;
    if (!co_events(l))
        return co_wait_fd(l, s->plan->stop, POLLIN);
    loop_cancel(l, s->door);
    return CO_DONE;
}

int backend_run(const struct plan *plan, struct report *out)
{
    struct shop s = {.plan = plan, .out = out};
    loop_t *l = loop_new();
    *out = (struct report){0};
    s.door = loop_spawn(l, door_step, &s);
    s.bell = loop_spawn(l, bell_step, &s);
    loop_run(l);
    loop_free(l);
    return 0;
}
