/* mutant: does not count the mails that found no place
 * expect: WRONG in no_place, message contains "the report says that 0 were refused"
 * belief: none */
/* Requests are tasks of the loop. Mails go through a ring to one thread, images through a pipe to some processes, and
 * their results through another pipe back to the loop. */
#include "backend.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>

/* ---- the mailer: a thread and a ring ------------------------------------------------------------ */

struct mailer {
    pthread_t thread;
    pthread_mutex_t lock; /* for all that follows */
    pthread_cond_t news;  /* a mail has come, or no more will */
    int *ring, places, first, count, sent;
    bool closing;
};

/* The next mail; -1: none, and none will come. */
static int next_mail(struct mailer *m)
{
    int number = -1;
    pthread_mutex_lock(&m->lock);
    while (m->count == 0 && !m->closing)
        pthread_cond_wait(&m->news, &m->lock);
    if (m->count > 0) {
        number = m->ring[m->first];
        m->first = (m->first + 1) % m->places;
        m->count--;
    }
    pthread_mutex_unlock(&m->lock);
    return number;
}

static void *mailer_main(void *arg)
{
    struct mailer *m = arg;
    int number;
    while ((number = next_mail(m)) >= 0) {
        send_mail(number);
        m->sent++; /* read after the join */
    }
    return NULL;
}

/* Never waits for a place; false: there is none. */
static bool mail_put(struct mailer *m, int number)
{
    pthread_mutex_lock(&m->lock);
    bool room = m->count < m->places;
    if (room) {
        m->ring[(m->first + m->count++) % m->places] = number;
        pthread_cond_signal(&m->news);
    }
    pthread_mutex_unlock(&m->lock);
    return room;
}

static void mailer_open(struct mailer *m, int places)
{
    *m = (struct mailer){.ring = malloc((size_t)places * sizeof(int)), .places = places};
    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->news, NULL);
    pthread_create(&m->thread, NULL, mailer_main, m);
}

/* Returns how many mails were sent, when the last one is. */
static int mailer_close(struct mailer *m)
{
    pthread_mutex_lock(&m->lock);
    m->closing = true;
    pthread_cond_signal(&m->news);
    pthread_mutex_unlock(&m->lock);
    pthread_join(m->thread, NULL);
    pthread_cond_destroy(&m->news);
    pthread_mutex_destroy(&m->lock);
    free(m->ring);
    return m->sent;
}

/* ---- the workers: processes and two pipes --------------------------------------------------------- */

struct result {
    int number;
    long size;
};

struct workers {
    pid_t *pid;
    int count, jobs, results; /* the ends of the pipes that are ours */
};

static void worker_main(int jobs, int results)
{
    struct result r;
    while (read(jobs, &r.number, sizeof r.number) == sizeof r.number) {
        r.size = shrink_image(r.number);
        if (write(results, &r, sizeof r) != sizeof r)
            break;
    }
    _exit(0);
}

static void workers_open(struct workers *w, int count)
{
    int jobs[2], results[2];
    if (pipe(jobs) != 0 || pipe(results) != 0)
        abort();
    *w = (struct workers){malloc((size_t)count * sizeof(pid_t)), count, jobs[1], results[0]};
    for (int i = 0; i < count; i++)
        if ((w->pid[i] = fork()) == 0) {
            close(jobs[1]);
            close(results[0]);
            worker_main(jobs[0], results[1]);
        }
    close(jobs[0]);
    close(results[1]);
}

static void workers_close(struct workers *w)
{
    close(w->jobs);
    for (int i = 0; i < w->count; i++)
        waitpid(w->pid[i], NULL, 0);
    close(w->results);
    free(w->pid);
}

/* ---- the shop: what the loop does -------------------------------------------------------------------- */

struct shop {
    const struct plan *plan;
    struct report *out;
    struct mailer mailer;
    struct workers workers;
    int visits;                /* accepted, not yet answered */
    int *waiting, count, busy; /* images: those that wait, and how many are in work */
    task_t *door, *bell, *desk;
    bool closed;
};

struct visit {
    struct shop *shop;
    struct request request;
    bool waited;
};

static bool all_done(const struct shop *s) { return s->closed && s->visits == 0 && s->busy == 0; }

/* As many images are in the pipe as there are workers, so writing never waits. */
static void hand_out_images(struct shop *s)
{
    while (s->count > 0 && s->busy < s->workers.count) {
        if (write(s->workers.jobs, &s->waiting[0], sizeof(int)) != sizeof(int))
            abort();
        s->busy++;
        s->count--;
        for (int i = 0; i < s->count; i++)
            s->waiting[i] = s->waiting[i + 1];
    }
}

static void put_image(struct shop *s, int number)
{
    s->waiting = realloc(s->waiting, (size_t)(s->count + 1) * sizeof(int));
    s->waiting[s->count++] = number;
    hand_out_images(s);
}

/* Where the results arrive. Ends when there can be no more of them. */
static int desk_step(loop_t *l, void *co)
{
    struct shop *s = co;
    struct result r;
    if (co_events(l) && read(s->workers.results, &r, sizeof r) == sizeof r) {
        store_image(r.number, r.size);
        s->out->images++;
        s->busy--;
        hand_out_images(s);
    }
    return all_done(s) ? CO_DONE : co_wait_fd(l, s->workers.results, POLLIN);
}

static int visit_step(loop_t *l, void *co)
{
    struct visit *v = co;
    struct shop *s = v->shop;
    int number = v->request.number;
    if (!v->waited) {
        v->waited = true;
        return co_sleep(l, v->request.ms);
    }
    answer(number);
    s->out->answered++;
    if (v->request.mail)
        mail_put(&s->mailer, number);
    if (v->request.image)
        put_image(s, number);
    if (--s->visits == 0)
        loop_wake(l, s->desk);
    return CO_DONE;
}

static void shop_closes(loop_t *l, struct shop *s, task_t *other)
{
    s->closed = true;
    loop_cancel(l, other);
    loop_wake(l, s->desk);
}

/* Takes requests in, one a turn. */
static int door_step(loop_t *l, void *co)
{
    struct shop *s = co;
    struct request r;
    if (co_events(l)) {
        if (read(s->plan->requests, &r, sizeof r) != sizeof r) {
            shop_closes(l, s, s->bell);
            return CO_DONE;
        }
        struct visit *v = malloc(sizeof *v);
        *v = (struct visit){s, r, false};
        s->visits++;
        loop_spawn(l, visit_step, v)->finally = free;
    }
    return co_wait_fd(l, s->plan->requests, POLLIN);
}

static int bell_step(loop_t *l, void *co)
{
    struct shop *s = co;
    if (!co_events(l))
        return co_wait_fd(l, s->plan->stop, POLLIN);
    shop_closes(l, s, s->door);
    return CO_DONE;
}

int backend_run(const struct plan *plan, struct report *out)
{
    struct shop s = {.plan = plan, .out = out};
    *out = (struct report){0};
    workers_open(&s.workers, plan->image_workers); /* before there is a second thread */
    mailer_open(&s.mailer, plan->mail_places);
    loop_t *l = loop_new();
    s.desk = loop_spawn(l, desk_step, &s);
    s.door = loop_spawn(l, door_step, &s);
    s.bell = loop_spawn(l, bell_step, &s);
    loop_run(l);
    loop_free(l);
    out->mails = mailer_close(&s.mailer);
    workers_close(&s.workers);
    free(s.waiting);
    return 0;
}
