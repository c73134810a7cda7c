/* engine: the conversation with a threadmill-engine process.
 *
 * Requests go down its standard input as lines, messages come up its standard output; what it says
 * on standard error is kept for the sentence when it dies. The callback may stop the engine
 * at any message, so after each one `cb` is looked at again.
 */
#include "run/inside.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LINE  (64u << 20)
#define MAX_NOISE 2000

struct run_engine {
    uv_loop_t *loop;
    uv_process_t process;
    uv_pipe_t in, out, noise;
    int open;
    bool exited, out_over, noise_over, lost, started;
    int64_t status;
    int signal;
    struct symbols *symbols;
    struct strbuf line, said;
    size_t scanned; /* bytes of `line` known to hold no newline */
    bool answered;  /* since the last request */
    run_msg_cb *cb; /* NULL: stopped */
    void *data;
    char chunk[65536], noise_chunk[4096];
};

/* ---- ends ------------------------------------------------------------------------ */

static void on_closed(uv_handle_t *h)
{
    struct run_engine *eng = h->data;
    if (--eng->open > 0)
        return;
    symbols_close(eng->symbols);
    strbuf_fini(&eng->line);
    strbuf_fini(&eng->said);
    free(eng);
}

static void close_handle(uv_handle_t *h)
{
    if (!uv_is_closing(h))
        uv_close(h, on_closed);
}

static void close_pipes(struct run_engine *eng)
{
    close_handle((uv_handle_t *)&eng->in);
    close_handle((uv_handle_t *)&eng->out);
    close_handle((uv_handle_t *)&eng->noise);
}

static void kill_group(struct run_engine *eng)
{
    if (eng->started && !eng->exited)
        kill(-eng->process.pid, SIGKILL);
}

/* The process handle stays until the process has been waited for. */
void run_engine_stop(struct run_engine *eng)
{
    if (!eng)
        return;
    eng->cb = NULL;
    kill_group(eng);
    close_pipes(eng);
    if (eng->exited || !eng->started)
        close_handle((uv_handle_t *)&eng->process);
}

static void tell_trouble(struct run_engine *eng, char *text)
{
    struct trace_msg m = {.kind = MSG_TROUBLE, .text = text};
    run_msg_cb *cb = eng->cb;
    eng->lost = eng->answered = true;
    if (cb)
        cb(eng->data, &m);
    trace_msg_fini(&m);
}

/* The last word to the owner; nothing is told after it. */
static void lose(struct run_engine *eng, char *text)
{
    if (eng->lost) {
        free(text);
        return;
    }
    kill_group(eng);
    tell_trouble(eng, text);
}

static char *last_words(const struct run_engine *eng)
{
    char *text = diagnose_clean(eng->said.s, eng->said.len, MAX_NOISE), *start = str_trim(text);
    char *last = strrchr(start, '\n');
    char *words = xstrdup(last ? last + 1 : start);
    free(text);
    return words;
}

static char *cause_of_death(const struct run_engine *eng)
{
    char *words = last_words(eng), *text;
    const char *colon = *words ? ": " : "";
    if (eng->signal)
        text = xasprintf("the engine was stopped by signal %d (%s)%s%s", eng->signal,
                         strsignal(eng->signal), colon, words);
    else
        text = xasprintf("the engine ended by itself with status %d%s%s", (int)eng->status, colon,
                         words);
    free(words);
    return text;
}

static void die_if_over(struct run_engine *eng)
{
    if (!eng->exited || !eng->out_over || !eng->noise_over || !eng->cb)
        return;
    lose(eng, cause_of_death(eng));
}

/* ---- what it says ------------------------------------------------------------------ */

static void on_line(struct run_engine *eng, const char *text)
{
    struct trace_msg m = {0};
    struct err e = {0};
    if (!trace_msg_decode(text, &m, &e)) {
        lose(eng, xasprintf("the engine said something that cannot be understood: %s", e.msg));
        return;
    }
    symbols_msg(eng->symbols, &m);
    eng->answered |= m.kind == MSG_DONE || m.kind == MSG_TROUBLE;
    eng->cb(eng->data, &m);
    trace_msg_fini(&m);
}

static void take_lines(struct run_engine *eng)
{
    char *start = eng->line.s, *end;
    while (eng->cb && !eng->lost &&
           (end = memchr(start + eng->scanned, '\n',
                         eng->line.len - (size_t)(start - eng->line.s) - eng->scanned))) {
        *end = '\0';
        if (end > start)
            on_line(eng, start);
        start = end + 1;
        eng->scanned = 0;
    }
    size_t rest = eng->line.len - (size_t)(start - eng->line.s);
    memmove(eng->line.s, start, rest);
    eng->line.len = eng->scanned = rest;
    if (rest > MAX_LINE)
        lose(eng, xstrdup("the engine said something that never ends"));
}

static void on_alloc(uv_handle_t *h, size_t suggested, uv_buf_t *buf)
{
    struct run_engine *eng = h->data;
    bool noise = h == (uv_handle_t *)&eng->noise;
    *buf = noise ? uv_buf_init(eng->noise_chunk, sizeof eng->noise_chunk)
                 : uv_buf_init(eng->chunk, sizeof eng->chunk);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
    struct run_engine *eng = s->data;
    if (n < 0) {
        uv_read_stop(s);
        eng->out_over = true;
        die_if_over(eng);
    } else if (eng->cb && !eng->lost && n > 0) {
        strbuf_add(&eng->line, buf->base, (size_t)n);
        take_lines(eng);
    }
}

static void on_noise(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
    struct run_engine *eng = s->data;
    if (n < 0) {
        uv_read_stop(s);
        eng->noise_over = true;
        die_if_over(eng);
    } else if (eng->said.len < MAX_NOISE) {
        strbuf_add(&eng->said, buf->base, (size_t)n);
    }
}

static void on_gone(uv_process_t *p, int64_t status, int signal)
{
    struct run_engine *eng = p->data;
    kill(-p->pid, SIGKILL); /* whatever the group still holds keeps the pipes open */
    eng->exited = true;
    eng->status = status;
    eng->signal = signal;
    if (!eng->cb)
        close_handle((uv_handle_t *)&eng->process);
    else
        die_if_over(eng);
}

/* ---- starting ------------------------------------------------------------------------ */

static int spawn(struct run_engine *eng, const char *program, const char *plugin)
{
    uv_stdio_container_t stdio[] = {
        {.flags = UV_CREATE_PIPE | UV_READABLE_PIPE, .data.stream = (uv_stream_t *)&eng->in},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&eng->out},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&eng->noise},
    };
    char *argv[] = {(char *)program, (char *)plugin, NULL};
    uv_process_options_t options = {.exit_cb = on_gone,
                                    .file = program,
                                    .args = argv,
                                    .flags = UV_PROCESS_DETACHED,
                                    .stdio_count = 3,
                                    .stdio = stdio};
    return uv_spawn(eng->loop, &eng->process, &options);
}

static struct run_engine *engine_new(uv_loop_t *loop, run_msg_cb *cb, void *data)
{
    struct run_engine *eng = xcalloc(1, sizeof *eng);
    eng->loop = loop;
    eng->cb = cb;
    eng->data = data;
    eng->open = 4;
    eng->line = eng->said = (struct strbuf)STRBUF_INIT;
    uv_pipe_init(loop, &eng->in, 0);
    uv_pipe_init(loop, &eng->out, 0);
    uv_pipe_init(loop, &eng->noise, 0);
    eng->in.data = eng->out.data = eng->noise.data = eng->process.data = eng;
    return eng;
}

struct run_engine *run_engine_start(uv_loop_t *loop, const struct run_paths *paths,
                                    const char *plugin, run_msg_cb *cb, void *data, struct err *e)
{
    struct symbols *symbols = symbols_open(plugin, e);
    if (!symbols)
        return NULL;
    signal(SIGPIPE, SIG_IGN); /* a dead engine is noticed by its exit */
    struct run_engine *eng = engine_new(loop, cb, data);
    eng->symbols = symbols;
    int rc = spawn(eng, paths->engine, plugin);
    eng->process.data = eng;
    eng->started = rc == 0;
    if (rc != 0) {
        err_set(e, -rc, "cannot start the engine '%s': %s", paths->engine, uv_strerror(rc));
        run_engine_stop(eng);
        return NULL;
    }
    child_no_core(eng->process.pid);
    uv_read_start((uv_stream_t *)&eng->out, on_alloc, on_read);
    uv_read_start((uv_stream_t *)&eng->noise, on_alloc, on_noise);
    return eng;
}

struct symbols *run_engine_symbols(struct run_engine *eng) { return eng->symbols; }

/* ---- asking ---------------------------------------------------------------------------- */

struct asking {
    uv_write_t write;
    char *line;
};

static void on_written(uv_write_t *w, int status)
{
    struct asking *a = (struct asking *)w;
    free(a->line);
    free(a);
}

void run_engine_ask(struct run_engine *eng, const struct trace_request *req)
{
    eng->answered = eng->lost;
    if (eng->lost || uv_is_closing((uv_handle_t *)&eng->in))
        return;
    struct asking *a = xcalloc(1, sizeof *a);
    a->line = trace_request_encode(req);
    uv_buf_t buf = uv_buf_init(a->line, (unsigned)strlen(a->line));
    if (uv_write(&a->write, (uv_stream_t *)&eng->in, &buf, 1, on_written) != 0)
        on_written(&a->write, 0);
}

bool run_engine_ask_wait(struct run_engine *eng, const struct trace_request *req, struct err *e)
{
    run_engine_ask(eng, req);
    while (!eng->answered && uv_run(eng->loop, UV_RUN_ONCE) != 0)
        ;
    if (eng->lost)
        return err_set(e, 0, "the engine was lost");
    return eng->answered || err_set(e, 0, "the engine never answered");
}
