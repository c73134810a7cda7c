/* main: threadmill-engine PLUGIN. Reads requests, a JSON object a line, from its standard input
 * and answers on its standard output, until the input ends.
 *
 * Before learner code runs, both ends of the conversation move to high descriptors and 0, 1
 * and 2 point at /dev/null, so nothing the learner's code does with them is ever heard.
 */
#include "engine/explore/explore.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int talk_fd = -1;
static FILE *listen_file;

void talk_send(struct trace_msg *m)
{
    char *line = trace_msg_encode(m);
    size_t n = strlen(line);
    for (size_t at = 0; at < n;) {
        ssize_t put = write(talk_fd, line + at, n - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            _exit(0); /* nobody listens any more */
        at += (size_t)put;
    }
    free(line);
    trace_msg_fini(m);
}

void talk_close(void) { close(talk_fd); }

void talk_trouble(const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    struct trace_msg m = {.kind = MSG_TROUBLE, .text = strbuf_take(&b)};
    talk_send(&m);
}

static void move_descriptors(void)
{
    talk_fd = fcntl(1, F_DUPFD_CLOEXEC, 200);
    int in = fcntl(0, F_DUPFD_CLOEXEC, 201), null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (talk_fd < 0 || in < 0 || null < 0) {
        fprintf(stderr, "threadmill-engine: cannot prepare its pipes: %s\n",
                errno == EINVAL ? "fewer than 256 files may be open here (ulimit -n 256)" : strerror(errno));
        exit(2);
    }
    for (int fd = 0; fd < 3; fd++)
        dup2(null, fd);
    listen_file = fdopen(in, "r");
}

/* Addresses that do not change from run to run and, where the system lets us, from process to
 * process: they show in printed pointers. */
static void *reserve_at(uintptr_t hint, size_t size)
{
    void *p = MAP_FAILED;
    if (hint)
        p = mmap((void *)hint, size, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (p == MAP_FAILED)
        p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

static struct cell *reserve_cells(size_t bytes)
{
    return reserve_at(0, (bytes / 8 + 2) * sizeof(struct cell));
}

/* Without them races would not be seen, so there is no going on. */
void cells_reserve(int process)
{
    struct cells *c = &engine.cells[process];
    if (c->data)
        return;
    c->data = reserve_cells((size_t)(engine.data_end - engine.data) + 16);
    c->stack = reserve_cells((size_t)MAX_THREADS * STACK_SIZE);
    c->heap = reserve_cells((size_t)MAX_THREADS * HEAP_PER_THREAD);
    c->tls = reserve_cells((size_t)(MAX_THREADS + 1) * TLS_SLOT);
    if (!c->data || !c->stack || !c->heap || !c->tls) {
        talk_trouble("the engine cannot get its memory: %s", strerror(errno));
        _exit(2);
    }
}

static bool reserve_memory(void)
{
    size_t stacks = (size_t)MAX_THREADS * STACK_SLOT, heap = (size_t)MAX_THREADS * HEAP_PER_THREAD;
    size_t tls = (size_t)(MAX_THREADS + 2) * TLS_SLOT; /* ... the C library's, and argv */
    engine.stacks = reserve_at(0x200000000000u, stacks);
    engine.heap = reserve_at(0x210000000000u, heap);
    engine.tls_area = reserve_at(0x220000000000u, tls);
    engine.cells = xcalloc(MAX_THREADS, sizeof *engine.cells);
    engine.shared_area = reserve_at(0x230000000000u, SHARED_SIZE);
    engine.shared_cells = reserve_cells(SHARED_SIZE);
    if (!engine.stacks || !engine.heap || !engine.tls_area || !engine.shared_area || !engine.shared_cells || !heap_init())
        return false;
    engine.shared_end = engine.shared_area + SHARED_SIZE;
    engine.stacks_end = engine.stacks + stacks;
    engine.tls_area_end = engine.tls_area + tls;
    for (int i = 0; i < MAX_THREADS; i++) {
        char *slot = engine.stacks + (size_t)i * STACK_SLOT;
        engine.threads[i].stack = slot + STACK_SLOT - STACK_SIZE;
        if (mprotect(slot, STACK_SLOT - STACK_SIZE, PROT_NONE) != 0)
            return false;
    }
    return true;
}

static void limit_resources(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_PDEATHSIG, 9); /* the lab is gone: nobody wants the answer */
}

static void say_hello(void)
{
    struct trace_msg m = {.kind = MSG_HELLO, .base = (uintptr_t)engine.base};
    m.tests = plugin_tests(&m.test_count);
    talk_send(&m);
}

static void answer(const struct trace_request *req)
{
    struct trace_msg done = {.kind = MSG_DONE};
    switch (req->kind) {
    case REQUEST_EXPLORE:
        answer_explore(req);
        break;
    case REQUEST_REPLAY:
        answer_replay(req);
        break;
    case REQUEST_COUNT:
        answer_count(req);
        return; /* its DONE carries the totals */
    case REQUEST_SHARED:
        answer_shared(req);
        break;
    case REQUEST_QUIT:
        exit(0);
    }
    talk_send(&done);
}

static void serve(void)
{
    char *line = NULL;
    size_t cap = 0;
    while (getline(&line, &cap, listen_file) > 0) {
        struct trace_request req;
        struct err e;
        if (!trace_request_decode(line, &req, &e)) {
            talk_trouble("%s", e.msg);
            continue;
        }
        answer(&req);
        trace_request_fini(&req);
    }
    free(line);
}

int main(int argc, char **argv)
{
    struct err e;
    if (argc != 2) {
        fprintf(stderr, "usage: threadmill-engine PLUGIN\n");
        return 2;
    }
    if (!(personality(0xffffffff) & ADDR_NO_RANDOMIZE) && personality(ADDR_NO_RANDOMIZE) != -1 &&
        (personality(0xffffffff) & ADDR_NO_RANDOMIZE))
        execv("/proc/self/exe", argv);
    move_descriptors();
    limit_resources();
    if (!reserve_memory()) {
        talk_trouble("the engine cannot get its memory: %s", strerror(errno));
        return 2;
    }
    if (!plugin_load(argv[1], &e)) {
        talk_trouble("%s", e.msg);
        return 2;
    }
    cells_reserve(0);
    if (!engine.cells[0].data || engine.tls_size > TLS_SLOT - TLS_COPY || engine.tls_align > 64) {
        talk_trouble("the program has more global or thread-local data than the lab can hold");
        return 2;
    }
    faults_init();
    say_hello();
    serve();
    return 0;
}
