/* share: see share.h. The other processes are forks of this one, so they have the program and all that is
 * known of it; pieces and answers go over a socket each. A piece is given up after some work and the
 * rest comes back, so that no piece is too large to wait for. */
#include "engine/explore/share.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS_MAX 64
#define FIRST_RUNS 1000 /* of an order, before others are asked to help */
#define QUOTA 6000      /* work on one piece */
#define AHEAD_MAX 256   /* pieces given and not yet taken back */
#define ODD_MAX 16      /* pieces in which something happened: help is of no use here */
#define LOOK_EVERY 16   /* runs */

struct totals {
    uint64_t runs, attempts, work;
    int64_t best_ns, worst_ns;
    bool timed, time_seen, cond_seen;
    bool odd; /* something happened that the search must see for itself */
};

struct ask { struct piece piece; uint64_t size; };
struct reply { struct totals totals; uint64_t size; };

static struct worker {
    pid_t pid;
    int fd;
    bool busy, lost;
} workers[WORKERS_MAX];
static int worker_count;
static bool started;

static struct given {
    struct piece piece;
    int worker; /* that is at it; -1: `found` and `rest` are here */
    struct totals found;
    struct strbuf rest;
} ahead[AHEAD_MAX];
static size_t ahead_count;

static struct search *search;
static uint64_t run_limit, work_limit, runs_here;
static int odd_pieces;

/* ---- bytes -------------------------------------------------------------------------- */

void share_put(struct strbuf *out, const void *items, size_t n, size_t size)
{
    uint64_t many = n;
    strbuf_add(out, (const char *)&many, sizeof many);
    if (n)
        strbuf_add(out, items, n * size);
}

static const char *get(struct cursor *c, size_t *n, size_t size)
{
    uint64_t many = 0;
    const char *items = c->at + sizeof many;
    *n = 0;
    if ((size_t)(c->end - c->at) < sizeof many)
        return items;
    memcpy(&many, c->at, sizeof many);
    if (many > (uint64_t)(c->end - items) / size)
        return items;
    *n = (size_t)many;
    c->at = items + many * size;
    return items;
}

void *share_append(void *array, size_t first, size_t *count, size_t *cap, size_t size, struct cursor *c)
{
    size_t n;
    const char *items = get(c, &n, size);
    if (first + n > *cap) {
        *cap = 2 * (first + n);
        array = xrealloc(array, *cap * size);
    }
    if (n)
        memcpy((char *)array + first * size, items, n * size);
    *count = first + n;
    return array;
}

void share_get_one(struct cursor *c, void *item, size_t size)
{
    size_t n;
    const char *bytes = get(c, &n, size);
    if (n == 1)
        memcpy(item, bytes, size);
}

static bool put_all(int fd, const void *bytes, size_t n)
{
    for (const char *at = bytes; n;) {
        ssize_t put = send(fd, at, n, MSG_NOSIGNAL);
        if (put <= 0)
            return false;
        at += put;
        n -= (size_t)put;
    }
    return true;
}

static bool get_all(int fd, void *bytes, size_t n)
{
    for (char *at = bytes; n;) {
        ssize_t got = recv(fd, at, n, 0);
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static bool get_bytes(int fd, uint64_t n, struct strbuf *out)
{
    char chunk[16384];
    while (n) {
        size_t part = n < sizeof chunk ? (size_t)n : sizeof chunk;
        if (!get_all(fd, chunk, part))
            return false;
        strbuf_add(out, chunk, part);
        n -= part;
    }
    return true;
}

/* ---- a worker ------------------------------------------------------------------------ */

static void note_time(struct totals *t, int64_t now)
{
    if (!t->timed || now < t->best_ns)
        t->best_ns = now;
    if (!t->timed || now > t->worst_ns)
        t->worst_ns = now;
    t->timed = true;
}

/* Counts the run just made. False: the search must see it for itself. */
static bool count_run(struct totals *t, size_t possible)
{
    const struct run *run = &engine.run;
    bool cut = run->cut && !run->failed;
    if (run->handled_more || (run->used_trylock && !engine.set.unlock_points) || engine.race_count || engine.answer ||
        (run->observed && !search->observed) || (run->failed && !(run->soft && search->soft)) ||
        (cut && (run->steps >= STEP_LIMIT || (run->lasso && !search->lasso))) || possible_reached() != possible)
        return false;
    t->attempts++;
    t->work += run_work();
    t->time_seen |= run->used_time;
    t->cond_seen |= run->used_cond;
    t->runs += !cut;
    if (!cut && !engine.set.hostile && !run->failed)
        note_time(t, run->now);
    return true;
}

static void work_on(const struct ask *q, const struct strbuf *task, size_t possible, struct totals *t)
{
    const struct sharing *order = search->order->sharing;
    bool more;
    order->load(&q->piece, task->s, task->len);
    do {
        run_once();
        t->odd = !count_run(t, possible) || search->order->diverged();
        more = !t->odd && search->order->next();
    } while (more && t->work < QUOTA);
}

static void serve_pieces(int fd)
{
    const struct sharing *order = search->order->sharing;
    struct strbuf bytes = STRBUF_INIT;
    struct ask q;
    size_t possible = possible_reached(); /* what is reached later stays reached here: seen for itself by the search */
    while (get_all(fd, &q, sizeof q)) {
        struct reply r = {.size = 0};
        strbuf_reset(&bytes);
        if (!get_bytes(fd, q.size, &bytes))
            break;
        work_on(&q, &bytes, possible, &r.totals);
        strbuf_reset(&bytes);
        if (!r.totals.odd)
            order->save_rest(&q.piece, &bytes);
        r.size = bytes.len;
        if (!put_all(fd, &r, sizeof r) || !put_all(fd, bytes.s, bytes.len))
            break;
    }
    _exit(0);
}

static void start_worker(struct worker *w)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return;
    pid_t parent = getpid();
    w->pid = fork();
    if (w->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(0);
        close(pair[0]);
        for (int i = 0; i < worker_count; i++)
            close(workers[i].fd);
        worker_count = 0;
        talk_close();
        faults_init(); /* its timer is not inherited */
        serve_pieces(pair[1]);
    }
    close(pair[1]);
    if (w->pid < 0) {
        close(pair[0]);
        return;
    }
    w->fd = pair[0];
    w->busy = w->lost = false;
    worker_count++;
}

/* ---- the first process ------------------------------------------------------------------ */

static size_t index_of(const struct piece *p)
{
    size_t i = 0;
    while (i < ahead_count && (ahead[i].piece.node != p->node || ahead[i].piece.turn != p->turn))
        i++;
    return i;
}

static void drop(size_t i)
{
    strbuf_fini(&ahead[i].rest);
    ahead[i] = ahead[--ahead_count];
}

static void lose(int worker)
{
    workers[worker].lost = true;
    for (size_t i = ahead_count; i-- > 0;)
        if (ahead[i].worker == worker)
            drop(i);
}

/* Waits for what this worker is at. */
static void receive(int worker)
{
    struct worker *w = &workers[worker];
    struct reply r;
    size_t i = 0;
    while (i < ahead_count && ahead[i].worker != worker)
        i++;
    struct strbuf rest = STRBUF_INIT;
    if (i == ahead_count || !get_all(w->fd, &r, sizeof r) || !get_bytes(w->fd, r.size, &rest)) {
        strbuf_fini(&rest);
        lose(worker);
        return;
    }
    w->busy = false;
    odd_pieces += r.totals.odd;
    ahead[i].worker = -1;
    ahead[i].found = r.totals;
    ahead[i].rest = rest;
}

static void look_for_replies(void)
{
    struct pollfd fds[WORKERS_MAX];
    for (int i = 0; i < worker_count; i++)
        fds[i] = (struct pollfd){.fd = workers[i].busy && !workers[i].lost ? workers[i].fd : -1, .events = POLLIN};
    if (poll(fds, (nfds_t)worker_count, 0) <= 0)
        return;
    for (int i = 0; i < worker_count; i++)
        if (fds[i].revents)
            receive(i);
}

static void give(int worker, const struct piece *p)
{
    struct strbuf bytes = STRBUF_INIT;
    search->order->sharing->save(p, &bytes);
    struct ask q = {*p, bytes.len};
    ahead[ahead_count++] = (struct given){.piece = *p, .worker = worker, .rest = STRBUF_INIT};
    workers[worker].busy = true;
    if (!put_all(workers[worker].fd, &q, sizeof q) || !put_all(workers[worker].fd, bytes.s, bytes.len))
        lose(worker);
    strbuf_fini(&bytes);
}

static void give_out(void)
{
    struct piece p = {0, 0};
    for (int i = 0; i < worker_count; i++) {
        if (workers[i].busy || workers[i].lost)
            continue;
        bool some;
        while ((some = search->order->sharing->offer(&p)) && index_of(&p) < ahead_count)
            ;
        if (!some || ahead_count == AHEAD_MAX)
            return;
        give(i, &p);
    }
}

void share_bounds(struct search *s, uint64_t limit, uint64_t work)
{
    search = s;
    run_limit = limit;
    work_limit = work;
}

void share_some(void)
{
    if (!search || search->req->workers < 2 || !search->order->sharing || ++runs_here < FIRST_RUNS || odd_pieces > ODD_MAX)
        return;
    if (!started)
        for (int i = 1; i < search->req->workers && i < WORKERS_MAX; i++)
            start_worker(&workers[worker_count]);
    started = true;
    search->result.workers = search->req->workers;
    if (runs_here % LOOK_EVERY)
        return;
    look_for_replies();
    give_out();
}

void share_stop(void)
{
    for (int i = 0; i < worker_count; i++) {
        kill(workers[i].pid, SIGKILL);
        close(workers[i].fd);
        waitpid(workers[i].pid, NULL, 0);
    }
    while (ahead_count)
        drop(ahead_count - 1);
    worker_count = 0;
    started = false;
    odd_pieces = 0;
    runs_here = 0;
    search = NULL;
}

/* Would the search have gone through all of it without a stop? */
static bool fits(const struct totals *t)
{
    const struct search *s = search;
    const struct trace_result *r = &s->result;
    uint64_t limit = search_run_limit(s, run_limit), work = work_limit < s->work_limit ? work_limit : s->work_limit;
    bool first_times = t->timed && !r->best_ns && !r->worst_ns && (t->best_ns || t->worst_ns);
    return !t->odd && !first_times && r->runs + t->runs < limit && s->attempts + t->attempts < 4 * limit &&
           s->work + t->work < work;
}

static void merge(const struct totals *t)
{
    struct trace_result *r = &search->result;
    r->runs += t->runs;
    search->attempts += t->attempts;
    search->work += t->work;
    search->time_seen |= t->time_seen;
    search->cond_seen |= t->cond_seen;
    if (t->timed && t->best_ns < r->best_ns)
        r->best_ns = t->best_ns;
    if (t->timed && t->worst_ns > r->worst_ns)
        r->worst_ns = t->worst_ns;
}

enum shared_piece share_take(const struct piece *p)
{
    size_t i = index_of(p);
    if (i < ahead_count && ahead[i].worker >= 0) {
        receive(ahead[i].worker);
        i = index_of(p);
    }
    if (i == ahead_count)
        return SHARE_NONE;
    bool fit = fits(&ahead[i].found), more = false;
    if (fit) {
        merge(&ahead[i].found);
        more = search->order->sharing->adopt(p, ahead[i].rest.s, ahead[i].rest.len);
    }
    drop(i);
    return !fit ? SHARE_NONE : more ? SHARE_MORE : SHARE_DONE;
}
