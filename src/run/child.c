/* child: one process in its own group, one of its outputs kept, its time limited.
 *
 * It is over when the process has ended and its output has ended. A grandchild that keeps the
 * output open is killed with the group as soon as the process itself has gone.
 */
#include "run/inside.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct child {
    uv_process_t process;
    uv_pipe_t pipe;
    uv_timer_t timer;
    int open; /* handles not yet closed */
    bool exited, eof, told;
    struct strbuf output;
    size_t max_output;
    struct child_end end;
    child_cb *cb; /* NULL: cancelled */
    void *data;
    char chunk[16384];
};

static void on_closed(uv_handle_t *h)
{
    struct child *c = h->data;
    if (--c->open > 0)
        return;
    strbuf_fini(&c->output);
    free(c);
}

static void close_handle(uv_handle_t *h)
{
    if (!uv_is_closing(h))
        uv_close(h, on_closed);
}

static void kill_group(struct child *c)
{
    if (c->process.pid > 0)
        kill(-c->process.pid, SIGKILL);
}

static void tell(struct child *c)
{
    child_cb *cb = c->cb;
    c->cb = NULL;
    if (!cb)
        return;
    c->end.output_len = c->output.len;
    c->end.output = strbuf_take(&c->output);
    cb(c->data, &c->end);
    free(c->end.output);
}

static void finish_if_over(struct child *c)
{
    if (!c->exited || !c->eof || c->told)
        return;
    c->told = true;
    tell(c);
    close_handle((uv_handle_t *)&c->process);
    close_handle((uv_handle_t *)&c->pipe);
    close_handle((uv_handle_t *)&c->timer);
}

static void on_gone(uv_process_t *p, int64_t status, int signal)
{
    struct child *c = p->data;
    c->exited = true;
    c->end.status = signal ? -1 : (int)status;
    c->end.signal = signal;
    kill_group(c);
    finish_if_over(c);
}

static void on_alloc(uv_handle_t *h, size_t suggested, uv_buf_t *buf)
{
    struct child *c = h->data;
    *buf = uv_buf_init(c->chunk, sizeof c->chunk);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    struct child *c = stream->data;
    if (n < 0) {
        c->eof = true;
        uv_read_stop(stream);
        finish_if_over(c);
        return;
    }
    size_t room = c->max_output - c->output.len, got = (size_t)n;
    c->end.cut |= got > room;
    strbuf_add(&c->output, buf->base, got < room ? got : room);
}

static void on_late(uv_timer_t *t)
{
    struct child *c = t->data;
    c->end.late = true;
    kill_group(c);
}

void child_no_core(int pid)
{
    struct rlimit none = {0, 0};
    prlimit(pid, RLIMIT_CORE, &none, NULL);
}

/* Limits must hold before the program starts processes of its own, as compilers do at once: the
 * shell sets them and becomes the program. The soft limit of CPU time comes as a signal, the hard
 * one a second later as death. */
static void limited_command(const struct child_spec *spec, struct words *argv)
{
    struct strbuf script = STRBUF_INIT;
    /* A limit that is stricter already stays, silently. */
    strbuf_adds(&script, "exec 3>&2 2>/dev/null; ulimit -c 0; ");
    if (spec->cpu_seconds)
        strbuf_addf(&script, "ulimit -St %d; ulimit -Ht %d; ", spec->cpu_seconds,
                    spec->cpu_seconds + 1);
    if (spec->memory_bytes)
        strbuf_addf(&script, "ulimit -v %llu; ", (unsigned long long)spec->memory_bytes / 1024);
    if (spec->file_bytes)
        strbuf_addf(&script, "ulimit -f %llu; ", (unsigned long long)spec->file_bytes / 512);
    strbuf_adds(&script, "exec 2>&3 3>&-; exec \"$0\" \"$@\"");
    words_add(argv, "/bin/sh");
    words_add(argv, "-c");
    words_take(argv, strbuf_take(&script));
    for (char *const *word = spec->argv; *word; word++)
        words_add(argv, *word);
}

static int spawn(struct child *c, uv_loop_t *loop, const struct child_spec *spec)
{
    uv_stdio_container_t stdio[3] = {
        {.flags = UV_IGNORE}, {.flags = UV_IGNORE}, {.flags = UV_IGNORE}};
    stdio[spec->capture].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
    stdio[spec->capture].data.stream = (uv_stream_t *)&c->pipe;
    struct words argv = {0};
    limited_command(spec, &argv);
    uv_process_options_t options = {
        .exit_cb = on_gone,
        .file = argv.v[0],
        .args = argv.v,
        .env = (char **)spec->env,
        .flags = UV_PROCESS_DETACHED,
        .stdio_count = 3,
        .stdio = stdio,
    };
    int rc = uv_spawn(loop, &c->process, &options);
    words_fini(&argv);
    return rc;
}

struct child *child_start(uv_loop_t *loop, const struct child_spec *spec, child_cb *cb, void *data,
                          struct err *e)
{
    struct child *c = xcalloc(1, sizeof *c);
    *c = (struct child){
        .output = STRBUF_INIT, .max_output = spec->max_output, .cb = cb, .data = data, .open = 3};
    uv_pipe_init(loop, &c->pipe, 0);
    uv_timer_init(loop, &c->timer);
    c->pipe.data = c->timer.data = c->process.data = c;
    int rc = spawn(c, loop, spec);
    c->process.data = c;
    if (rc != 0) {
        err_set(e, -rc, "cannot start '%s': %s", spec->argv[0], uv_strerror(rc));
        c->process.pid = 0;
        c->cb = NULL;
        close_handle((uv_handle_t *)&c->process);
        close_handle((uv_handle_t *)&c->pipe);
        close_handle((uv_handle_t *)&c->timer);
        return NULL;
    }
    uv_read_start((uv_stream_t *)&c->pipe, on_alloc, on_read);
    if (spec->seconds > 0)
        uv_timer_start(&c->timer, on_late, (uint64_t)(spec->seconds * 1000), 0);
    return c;
}

/* The process is still waited for, so that it does not stay as a zombie. */
void child_cancel(struct child *c)
{
    if (!c)
        return;
    c->cb = NULL;
    kill_group(c);
}
