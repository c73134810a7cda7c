/* It serves, as long as every client takes its answers at once, sends whole lines, and waits patiently. Look for:
 * the write that blocks, the end that nobody notices, and the two seconds in which the shop stands still. */
#include "echo-server.h"

#include <string.h>
#include <sys/socket.h>

struct client {
    task_t *task;
    int fd;
    char line[LINE_MOST + 1];
    size_t in_line;
};

static void answer(struct client *c, const char *text, size_t n)
{
    if (send(c->fd, text, n, MSG_NOSIGNAL) < 0) /* without MSG_NOSIGNAL a client that is gone would kill us */
        perror("send");
}

static void take_order(loop_t *l, struct client *c, const char *name)
{
    char text[LINE_MOST + 10];
    int n = snprintf(text, sizeof text, "READY %s\n", name);
    sleep(2);
    answer(c, text, (size_t)n);
}

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

static int client_step(loop_t *l, void *co)
{
    struct client *c = co;
    char bytes[256];
    ssize_t n = read(c->fd, bytes, sizeof bytes);
    for (ssize_t i = 0; i < n; i++)
        if (bytes[i] == '\n')
            take_line(l, c);
        else
            c->line[c->in_line++] = bytes[i];
    return co_wait_fd(l, c->fd, POLLIN);
}

static void client_ends(void *co)
{
    struct client *c = co;
    close(c->fd);
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
