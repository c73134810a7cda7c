/* ok: MSG_DONTWAIT in each call, the sockets are as they were */
#include "echo-server.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>

struct client {
    task_t *task;
    int fd;
    int brewing; /* its orders that are not ready yet */
    int ended;   /* it has no more to say */
    int gone;    /* it is not there any more */
    char line[LINE_MOST + 1];
    size_t in_line;
    char *out; /* what it has not taken yet */
    size_t out_size;
};

struct order {
    struct client *client;
    char name[LINE_MOST + 1];
    int at;
};

/* ---- answers ------------------------------------------------------------------------- */

static void answer(struct client *c, const char *text, size_t n)
{
    c->out = realloc(c->out, c->out_size + n);
    memcpy(c->out + c->out_size, text, n);
    c->out_size += n;
}

/* As much as the client takes at the moment. */
static void send_out(struct client *c)
{
    while (c->out_size > 0) {
        ssize_t n = send(c->fd, c->out, c->out_size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0) {
            c->gone = errno != EAGAIN;
            return;
        }
        c->out_size -= (size_t)n;
        memmove(c->out, c->out + n, c->out_size);
    }
}

/* ---- orders ---------------------------------------------------------------------------- */

static int order_step(loop_t *l, void *co)
{
    struct order *o = co;
    char text[LINE_MOST + 10];
    if (o->at++ == 0)
        return co_sleep(l, 2000);
    int n = snprintf(text, sizeof text, "READY %s\n", o->name);
    answer(o->client, text, (size_t)n);
    o->client->brewing--;
    loop_wake(l, o->client->task); /* it has something to send */
    return CO_DONE;
}

static void take_order(loop_t *l, struct client *c, const char *name)
{
    struct order *o = calloc(1, sizeof *o);
    o->client = c;
    strcpy(o->name, name);
    c->brewing++;
    loop_spawn(l, order_step, o)->finally = free;
}

/* ---- what a client says ------------------------------------------------------------------ */

static void take_line(loop_t *l, struct client *c)
{
    c->line[c->in_line] = '\0';
    c->in_line = 0;
    if (strncmp(c->line, "ORDER ", 6) == 0)
        take_order(l, c, c->line + 6);
    else if (strcmp(c->line, "MENU") == 0)
        answer(c, menu, menu_size);
    else
        answer(c, "SORRY\n", 6);
}

static void take_bytes(loop_t *l, struct client *c, const char *bytes, ssize_t n)
{
    for (ssize_t i = 0; i < n; i++)
        if (bytes[i] == '\n')
            take_line(l, c);
        else if (c->in_line < LINE_MOST)
            c->line[c->in_line++] = bytes[i];
        else
            c->gone = 1;
}

static void receive(loop_t *l, struct client *c)
{
    char bytes[256];
    ssize_t n = recv(c->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    take_bytes(l, c, bytes, n);
    if (n == 0)
        c->ended = 1;
    if (n < 0 && errno != EAGAIN)
        c->gone = 1;
}

/* ---- clients --------------------------------------------------------------------------------- */

static int client_step(loop_t *l, void *co)
{
    struct client *c = co;
    if (!c->ended && !c->gone)
        receive(l, c);
    if (!c->gone)
        send_out(c);
    if (c->gone)
        c->out_size = 0;
    if ((c->ended || c->gone) && c->brewing == 0 && c->out_size == 0)
        return CO_DONE;
    short in = c->ended || c->gone ? 0 : POLLIN, out = c->out_size > 0 ? POLLOUT : 0;
    return in || out ? co_wait_fd(l, c->fd, in | out) : CO_WAIT; /* for an order that will wake it */
}

static void client_ends(void *co)
{
    struct client *c = co;
    close(c->fd);
    free(c->out);
    free(c);
}

static int accept_step(loop_t *l, void *co)
{
    int listen_fd = *(int *)co, fd = accept(listen_fd, NULL, NULL);
    if (fd >= 0) {
        struct client *c = calloc(1, sizeof *c);
        c->fd = fd;
        c->task = loop_spawn(l, client_step, c);
        c->task->finally = client_ends;
    }
    return co_wait_fd(l, listen_fd, POLLIN);
}

int serve(loop_t *l, int listen_fd)
{
    int *co = malloc(sizeof *co);
    *co = listen_fd;
    loop_spawn(l, accept_step, co)->finally = free;
    return 0;
}
