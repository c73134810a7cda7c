/* The pipe to the engine and to native runs, against scripts that say what engines should not. */
#include "sandbox.h"

#include <signal.h>
#include <sys/wait.h>

#include "trace/lanes.h"

struct heard {
    struct run_engine *eng;
    int count, troubles, dones, progresses;
    char trouble[512];
    int stop_at; /* stops the engine from inside that call; 0 = never */
};

static void on_msg(void *data, struct trace_msg *m)
{
    struct heard *h = data;
    h->count++;
    h->dones += m->kind == MSG_DONE;
    h->progresses += m->kind == MSG_PROGRESS;
    if (m->kind == MSG_TROUBLE) {
        h->troubles++;
        snprintf(h->trouble, sizeof h->trouble, "%s", m->text);
    }
    if (h->count == h->stop_at) {
        run_engine_stop(h->eng);
        h->eng = NULL;
    }
}

static void start(struct sandbox *s, struct heard *h, const char *script)
{
    struct err e = {0};
    sandbox_script(s, "threadmill-engine", script);
    h->eng = run_engine_start(&s->loop, &s->paths, "/proc/self/exe", on_msg, h, &e);
    if (!h->eng)
        fail_msg("%s", e.msg);
}

/* Until everything the script does is over. */
static void drain(struct sandbox *s, struct heard *h)
{
    while (!h->troubles && uv_run(&s->loop, UV_RUN_ONCE) != 0)
        ;
    run_engine_stop(h->eng);
}

/* The lines real messages make, so that the script needs not know the format. */
static char *line_of(enum msg_kind kind, const char *text)
{
    struct trace_msg m = {.kind = kind, .text = text ? xstrdup(text) : NULL};
    if (kind == MSG_PROGRESS) {
        m.progress.test = xstrdup("main");
        m.progress.phase = xstrdup("first");
    }
    char *line = trace_msg_encode(&m);
    line[strcspn(line, "\n")] = '\0';
    trace_msg_fini(&m);
    return line;
}

/* ---- conversations --------------------------------------------------------------- */

static void test_answers(void **state)
{
    struct sandbox *s = *state;
    struct heard h = {0};
    char *done = line_of(MSG_DONE, NULL), *progress = line_of(MSG_PROGRESS, NULL);
    /* Each request is answered by one progress and one done, and the last in three pieces. */
    char *script =
        xasprintf("read a; echo '%s'; echo '%s'\n"
                  "read b; printf '%%s' '%.5s'; sleep 0.05; printf '%%s' '%s'; sleep 0.05; echo\n"
                  "read c; exit 0",
                  progress, done, done, done + 5);
    struct trace_request q = {.kind = REQUEST_EXPLORE};
    struct err e = {0};
    start(s, &h, script);
    assert_true(run_engine_ask_wait(h.eng, &q, &e));
    assert_int_equal(h.progresses, 1);
    assert_int_equal(h.dones, 1);
    assert_true(run_engine_ask_wait(h.eng, &q, &e));
    assert_int_equal(h.dones, 2);
    assert_false(run_engine_ask_wait(h.eng, &q, &e)); /* it ends instead */
    assert_int_equal(h.troubles, 1);
    assert_non_null(strstr(h.trouble, "ended by itself with status 0"));
    assert_false(run_engine_ask_wait(h.eng, &q, &e)); /* and stays lost */
    run_engine_stop(h.eng);
    free(script);
    free(done);
    free(progress);
}

static void test_many_lines_at_once(void **state)
{
    struct sandbox *s = *state;
    struct heard h = {0};
    char *progress = line_of(MSG_PROGRESS, NULL);
    char *script =
        xasprintf("i=0; while [ $i -lt 3000 ]; do echo '%s'; i=$((i+1)); done; exit 3", progress);
    start(s, &h, script);
    drain(s, &h);
    assert_int_equal(h.progresses, 3000);
    assert_non_null(strstr(h.trouble, "status 3"));
    free(script);
    free(progress);
}

static void test_long_line(void **state)
{
    struct sandbox *s = *state;
    struct heard h = {0};
    char *text = xmalloc(300001);
    memset(text, 'x', 300000);
    text[300000] = '\0';
    char *line = line_of(MSG_TROUBLE, text);
    char *nl = xasprintf("%s\n", line);
    sandbox_write(s, "line", nl);
    char *script = xasprintf("cat %s/line; exec sleep 20", s->dir);
    start(s, &h, script);
    drain(s, &h);
    assert_int_equal(h.troubles, 1);
    assert_int_equal(strlen(h.trouble), sizeof h.trouble - 1);
    free(script);
    free(nl);
    free(line);
    free(text);
}

/* ---- deaths ------------------------------------------------------------------------- */

static void want_trouble(struct sandbox *s, const char *script, const char *sentence)
{
    struct heard h = {0};
    start(s, &h, script);
    drain(s, &h);
    assert_int_equal(h.troubles, 1);
    if (!strstr(h.trouble, sentence))
        fail_msg("got '%s', wanted '%s'", h.trouble, sentence);
}

static void test_deaths(void **state)
{
    struct sandbox *s = *state;
    want_trouble(s, "kill -SEGV $$", "the engine was stopped by signal 11 (Segmentation fault)");
    want_trouble(s, "echo 'first' >&2; echo 'cannot load plugin' >&2; exit 4",
                 "the engine ended by itself with status 4: cannot load plugin");
    want_trouble(s, "printf 'no newline at the end'; exit 1", "status 1");
    /* A grandchild keeps the pipe open: it goes with the group. */
    want_trouble(s, "sleep 1000 & exit 5", "status 5");
}

static void test_garbage(void **state)
{
    struct sandbox *s = *state;
    want_trouble(s, "echo 'segfault at 0'; exec sleep 20", "cannot be understood");
    want_trouble(s, "echo '[17]'; exec sleep 20", "cannot be understood");
    want_trouble(s, "head -c 100 /dev/urandom; echo; exec sleep 20", "cannot be understood");
}

static void test_endless_line(void **state)
{
    struct sandbox *s = *state;
    want_trouble(s, "exec cat /dev/zero", "never ends");
}

/* ---- stopping ------------------------------------------------------------------------ */

static void test_stop_from_inside(void **state)
{
    struct sandbox *s = *state;
    struct heard h = {.stop_at = 2};
    char *progress = line_of(MSG_PROGRESS, NULL);
    char *script = xasprintf("while :; do echo '%s'; done", progress);
    start(s, &h, script);
    uv_run(&s->loop, UV_RUN_DEFAULT); /* ends: nothing is left open */
    assert_int_equal(h.count, 2);
    free(script);
    free(progress);
}

static void test_stop_at_once(void **state)
{
    struct sandbox *s = *state;
    struct heard h = {0};
    start(s, &h, "exec sleep 20");
    run_engine_stop(h.eng);
    run_engine_stop(NULL);
    uv_run(&s->loop, UV_RUN_DEFAULT);
    assert_int_equal(h.count, 0);
}

static void test_no_engine(void **state)
{
    struct sandbox *s = *state;
    struct err e = {0};
    assert_null(run_engine_start(&s->loop, &s->paths, "/proc/self/exe", on_msg, NULL, &e));
    assert_non_null(strstr(e.msg, "cannot start the engine"));
    sandbox_script(s, "threadmill-engine", "exit 0");
    assert_null(run_engine_start(&s->loop, &s->paths, "/nowhere", on_msg, NULL, &e));
}

/* ---- native runs ----------------------------------------------------------------------- */

struct native_end {
    struct strbuf output;
    int ends, status;
    double elapsed, cpu;
};

static void on_output(void *data, const char *bytes, size_t n)
{
    strbuf_add(&((struct native_end *)data)->output, bytes, n);
}

static void on_ended(void *data, int status, double elapsed, double cpu)
{
    struct native_end *end = data;
    end->ends++;
    end->status = status;
    end->elapsed = elapsed;
    end->cpu = cpu;
}

static struct native_end run_native(struct sandbox *s, const char *script, const char *const *args,
                                    double limit)
{
    struct native_end end = {.output = STRBUF_INIT};
    struct err e = {0};
    sandbox_script(s, "threadmill-native", script);
    struct run_native *n = run_native_start(&s->loop, &s->paths, "plugin.so", args, limit,
                                            on_output, on_ended, &end, &e);
    if (!n)
        fail_msg("%s", e.msg);
    while (!end.ends && uv_run(&s->loop, UV_RUN_ONCE) != 0)
        ;
    assert_non_null(run_native_log(n));
    run_native_stop(n);
    uv_run(&s->loop, UV_RUN_DEFAULT);
    assert_int_equal(end.ends, 1);
    return end;
}

static void test_native_output_and_status(void **state)
{
    struct sandbox *s = *state;
    const char *args[] = {"two words", "3", NULL};
    struct native_end end = run_native(s, "echo \"$1|$2|$3\"; echo err >&2; exit 7", args, 10);
    assert_string_equal(end.output.s, "plugin.so|two words|3\nerr\n");
    assert_true(WIFEXITED(end.status));
    assert_int_equal(WEXITSTATUS(end.status), 7);
    strbuf_fini(&end.output);
}

static void test_native_log_is_fd_3(void **state)
{
    struct sandbox *s = *state;
    struct native_end end = {.output = STRBUF_INIT};
    sandbox_script(s, "threadmill-native",
                   "printf '1LMT' | dd of=/proc/self/fd/3 conv=notrunc 2>/dev/null");
    struct run_native *n =
        run_native_start(&s->loop, &s->paths, "p", NULL, 10, on_output, on_ended, &end, NULL);
    assert_non_null(n);
    while (!end.ends && uv_run(&s->loop, UV_RUN_ONCE) != 0)
        ;
    assert_int_equal(run_native_log(n)->magic, LANE_MAGIC);
    run_native_stop(n);
    strbuf_fini(&end.output);
}

static void test_native_limits(void **state)
{
    struct sandbox *s = *state;
    struct native_end end = run_native(s, "exec sleep 20", NULL, 0.05);
    assert_true(WIFSIGNALED(end.status));
    assert_int_equal(WTERMSIG(end.status), SIGKILL);
    strbuf_fini(&end.output);
    end = run_native(s, "yes threads | head -c 3000000", NULL, 30);
    assert_int_equal(end.output.len, 1 << 20);
    strbuf_fini(&end.output);
}

/* CPU time is that process's own, whatever else was waited for meanwhile. */
static void test_native_cpu(void **state)
{
    struct sandbox *s = *state;
    struct native_end end = run_native(s, "exec sleep 0.01", NULL, 10);
    assert_true(end.cpu >= 0 && end.cpu < 1);
    strbuf_fini(&end.output);
    end = run_native(s, "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done", NULL, 60);
    assert_true(end.cpu > 0);
    strbuf_fini(&end.output);
}

static void test_native_stop(void **state)
{
    struct sandbox *s = *state;
    struct native_end end = {.output = STRBUF_INIT};
    sandbox_script(s, "threadmill-native", "exec sleep 20");
    struct run_native *n =
        run_native_start(&s->loop, &s->paths, "p", NULL, 0, on_output, on_ended, &end, NULL);
    assert_non_null(n);
    run_native_stop(n);
    uv_run(&s->loop, UV_RUN_DEFAULT);
    assert_int_equal(end.ends, 0);
    struct err e;
    char *path = sandbox_path(s, "threadmill-native");
    unlink(path);
    free(path);
    assert_null(run_native_start(&s->loop, &s->paths, "p", NULL, 0, on_output, on_ended, &end, &e));
    assert_non_null(strstr(e.msg, "cannot start"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SANDBOX_TEST(test_answers),
        SANDBOX_TEST(test_many_lines_at_once),
        SANDBOX_TEST(test_long_line),
        SANDBOX_TEST(test_deaths),
        SANDBOX_TEST(test_garbage),
        SANDBOX_TEST(test_endless_line),
        SANDBOX_TEST(test_stop_from_inside),
        SANDBOX_TEST(test_stop_at_once),
        SANDBOX_TEST(test_no_engine),
        SANDBOX_TEST(test_native_output_and_status),
        SANDBOX_TEST(test_native_log_is_fd_3),
        SANDBOX_TEST(test_native_limits),
        SANDBOX_TEST(test_native_cpu),
        SANDBOX_TEST(test_native_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
