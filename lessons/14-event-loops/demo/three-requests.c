/* three-requests: three requests to a slow server on this machine, which answers after two seconds: one after the
 * other, on an event loop, with a thread each, with a process each.
 *
 *   -h HOW  sequential, loop, threads, processes (all four)
 *   -n N    requests (3)
 *   -t MS   how long the server takes (2000)
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lab/lab.h>
#include <lab/loop.h>

enum { MOST_REQUESTS = 20, ANSWER_MOST = 200 };

static long requests = 3, answer_ms = 2000;
static struct sockaddr_in address;

/* ---- the slow server: a thread with a loop, a task for each guest ------------------------- */

struct guest {
    int fd, at;
};

static int guest_step(loop_t *l, void *co)
{
    static const char answer[] = "HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\n20 rupees";
    char question[200];
    struct guest *g = co;
    switch (g->at++) {
    case 0: return co_wait_fd(l, g->fd, POLLIN);
    case 1:
        if (read(g->fd, question, sizeof question) <= 0)
            break;
        return co_sleep(l, (int)answer_ms);
    default:
        if (send(g->fd, answer, sizeof answer - 1, MSG_NOSIGNAL) < 0)
            perror("three-requests: send");
    }
    close(g->fd);
    free(g);
    return CO_DONE;
}

static int let_in(loop_t *l, void *co)
{
    int listen_fd = *(int *)co, fd = accept(listen_fd, NULL, NULL);
    if (fd >= 0) {
        struct guest *g = calloc(1, sizeof *g);
        g->fd = fd;
        loop_spawn(l, guest_step, g);
    }
    return co_wait_fd(l, listen_fd, POLLIN);
}

static void *server(void *listen_fd)
{
    lab_name("server");
    loop_t *l = loop_new();
    loop_spawn(l, let_in, listen_fd);
    loop_run(l); // for ever: the program ends without it
    return NULL;
}

static void open_server(void)
{
    static int fd;
    static pthread_t thread;
    socklen_t size = sizeof address;
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0 || pthread_create(&thread, NULL, server, &fd) != 0) {
        perror("three-requests: no server");
        exit(2);
    }
}

/* ---- one request -------------------------------------------------------------------------- */

static int ask(void)
{
    static const char question[] = "GET /price HTTP/1.0\r\n\r\n";
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        send(fd, question, sizeof question - 1, MSG_NOSIGNAL) < 0) {
        perror("three-requests: no connection");
        exit(2);
    }
    return fd;
}

/* region: blocking */
static void fetch(void)
{
    char answer[ANSWER_MOST];
    int fd = ask();
    while (read(fd, answer, sizeof answer) > 0) // waits here
        ;
    close(fd);
}
/* endregion */

/* region: task */
struct request {
    int fd;
};

static int fetch_step(loop_t *l, void *co)
{
    struct request *r = co;
    char answer[ANSWER_MOST];
    if (r->fd < 0)
        r->fd = ask(); //= 1
    else if (read(r->fd, answer, sizeof answer) <= 0) { // it is ready //= 2
        close(r->fd); //= 3
        return CO_DONE;
    }
    return co_wait_fd(l, r->fd, POLLIN); // not here
}
/* endregion */

/* ---- four ways --------------------------------------------------------------------------- */

static void sequential(void)
{
    for (long i = 0; i < requests; i++)
        fetch();
}

static void on_a_loop(void)
{
    static const char *const names[] = {"ask 1", "ask 2", "ask 3", "ask 4"};
    struct request r[MOST_REQUESTS];
    loop_t *l = loop_new();
    loop_lanes(l);
    for (long i = 0; i < requests; i++) {
        r[i].fd = -1;
        loop_spawn(l, fetch_step, &r[i])->name = i < 4 ? names[i] : "ask";
    }
    loop_run(l);
    loop_free(l);
}

static void *fetch_in_a_thread(void *arg)
{
    fetch();
    return arg;
}

static void threads(void)
{
    pthread_t t[MOST_REQUESTS];
    for (long i = 0; i < requests; i++)
        if (pthread_create(&t[i], NULL, fetch_in_a_thread, NULL) != 0)
            exit(2);
    for (long i = 0; i < requests; i++)
        pthread_join(t[i], NULL);
}

static void processes(void)
{
    for (long i = 0; i < requests; i++) {
        pid_t child = fork();
        if (child == 0) {
            fetch();
            _exit(0);
        }
        if (child < 0)
            exit(2);
    }
    while (wait(NULL) > 0)
        ;
}

static void measure(const char *how, void (*run)(void))
{
    char what[40];
    lab_section(how);
    long began = loop_clock();
    run();
    snprintf(what, sizeof what, "%ld requests, %s", requests, how);
    lab_report(what, (double)(loop_clock() - began) / 1e3, "s");
}

static long number(const char *text, long most)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > most) {
        fprintf(stderr, "three-requests: a number from 1 to %ld, please\n", most);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *how;
        void (*run)(void);
    } ways[] = {{"sequential", sequential}, {"loop", on_a_loop}, {"threads", threads}, {"processes", processes}};
    const char *only = NULL;
    for (int o; (o = getopt(argc, argv, "h:n:t:")) != -1;)
        switch (o) {
        case 'h': only = optarg; break;
        case 'n': requests = number(optarg, MOST_REQUESTS); break;
        case 't': answer_ms = number(optarg, 60000); break;
        default: return 2;
        }
    open_server();
    for (int i = 0; i < 4; i++)
        if (!only || strcmp(only, ways[i].how) == 0)
            measure(ways[i].how, ways[i].run);
    return 0;
}
