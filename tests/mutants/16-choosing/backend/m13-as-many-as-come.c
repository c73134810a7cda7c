/* mutant: a process for each image, however many
 * expect: LIMIT in images_in_turn, message contains "too many at once"
 * belief: M37 the more processes the faster */
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

/* ---- the shop: what the loop does -------------------------------------------------------------------- */

struct shop {
    const struct plan *plan;
    struct report *out;
    struct mailer mailer;
    int *waiting, count, busy; /* images: those that wait, and how many are in work */
    task_t *door, *bell;
};

struct visit {
    struct shop *shop;
    struct request request;
    bool waited;
};

static void hand_out_images(loop_t *l, struct shop *s);

struct image {
    struct shop *shop;
    int number, fd;
    pid_t pid;
    bool begun;
};

static void begin_image(struct image *im)
{
    int pair[2];
    if (pipe(pair) != 0)
        abort();
    im->fd = pair[0];
    im->begun = true;
    im->pid = fork();
    if (im->pid == 0) {
        long size = shrink_image(im->number);
        _exit(write(pair[1], &size, sizeof size) == sizeof size ? 0 : 1);
    }
    close(pair[1]);
}

static int image_step(loop_t *l, void *co)
{
    struct image *im = co;
    struct shop *s = im->shop;
    long size;
    if (!im->begun) {
        begin_image(im);
        return co_wait_fd(l, im->fd, POLLIN);
    }
    if (read(im->fd, &size, sizeof size) != sizeof size)
        abort();
    close(im->fd);
    waitpid(im->pid, NULL, 0); /* it has written and is about to end */
    store_image(im->number, size);
    s->out->images++;
    s->busy--;
    hand_out_images(l, s);
    return CO_DONE;
}

static void hand_out_images(loop_t *l, struct shop *s)
{
    while (s->count > 0) {
        struct image *im = malloc(sizeof *im);
        *im = (struct image){.shop = s, .number = s->waiting[0]};
        loop_spawn(l, image_step, im)->finally = free;
        s->busy++;
        s->count--;
        for (int i = 0; i < s->count; i++)
            s->waiting[i] = s->waiting[i + 1];
    }
}

static void put_image(loop_t *l, struct shop *s, int number)
{
    s->waiting = realloc(s->waiting, (size_t)(s->count + 1) * sizeof(int));
    s->waiting[s->count++] = number;
    hand_out_images(l, s);
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
    if (v->request.mail && !mail_put(&s->mailer, number))
        s->out->refused++;
    if (v->request.image)
        put_image(l, s, number);
    return CO_DONE;
}

/* Takes requests in, one a turn. */
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
    *out = (struct report){0};
    mailer_open(&s.mailer, plan->mail_places);
    loop_t *l = loop_new();
    s.door = loop_spawn(l, door_step, &s);
    s.bell = loop_spawn(l, bell_step, &s);
    loop_run(l);
    loop_free(l);
    out->mails = mailer_close(&s.mailer);
    free(s.waiting);
    return 0;
}
