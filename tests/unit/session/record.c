/* record: makes the recordings that the tests here play. Not a test and not run by one: record.sh runs it.
 *
 *   record INCLUDE ENGINE FILE.c DRIVE|-|TOKEN OUT KEY...
 *
 * Plays the keys in a session whose engine is real, and writes each request with what was answered:
 * a line with the request, the messages, an empty line. Paths are cut to names, so that a
 * recording is the same on every machine. INCLUDE is src/engine/include, DRIVE the name of a drive
 * of the small course in tests/screens, - a free drive; a replay token opens the failure instead.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/run.h"
#include "screen/key.h"
#include "session/progress.h"
#include "session/session.h"
#include "view/view.h"

static struct {
    uv_loop_t *loop;
    struct run_paths paths;
    struct run_engine *engine;
    struct session *s;
    const char *file;
    FILE *out;
    struct trace_msg **heard;
    size_t count, cap;
} rec;

static void cut(char *text, const char *dir)
{
    size_t n = strlen(dir);

    for (char *at; (at = strstr(text, dir));)
        memmove(at, at + n, strlen(at + n) + 1);
}

static void on_message(void *data, struct trace_msg *m)
{
    struct trace_msg *copy = xmalloc(sizeof *copy);

    (void)data;
    *copy = *m;
    *m = (struct trace_msg){.kind = m->kind};
    ARRAY_GROW(rec.heard, rec.count, rec.cap);
    rec.heard[rec.count++] = copy;
}

static void tell(struct message *m);

static void tell_heard(enum message_kind first)
{
    char *dir = path_dirname(rec.file), *prefix = xasprintf("%s/", dir);
    size_t n = rec.count;
    struct trace_msg **list = rec.heard;

    rec.heard = NULL;
    rec.count = rec.cap = 0;
    for (size_t i = 0; i < n; i++) {
        char *line = trace_msg_encode(list[i]);
        cut(line, prefix);
        fputs(line, rec.out);
        free(line);
    }
    fputc('\n', rec.out);
    for (size_t i = 0; i < n; i++) {
        struct message m = {.kind = i == 0 ? first : MESSAGE_ENGINE, .trace = list[i]};
        if (i == 0 && first == MESSAGE_ENGINE_READY)
            m.text = file_read(rec.file, 1 << 20, NULL, NULL);
        tell(&m);
    }
    free(list);
    free(prefix);
    free(dir);
}

static void open_engine(void)
{
    struct run_build b = {.mode = RUN_CHECK, .sources = &rec.file, .source_count = 1};
    struct run_built built;
    struct err e;

    if (!run_build_wait(rec.loop, &rec.paths, &b, &built, &e) || built.verdict != VERDICT_PASS)
        exit(fprintf(stderr, "%s\n", built.message ? built.message : e.msg) ? 1 : 1);
    rec.engine = run_engine_start(rec.loop, &rec.paths, built.plugin, on_message, NULL, &e);
    while (rec.count == 0)
        uv_run(rec.loop, UV_RUN_ONCE);
    fputs("open\n", rec.out);
    tell_heard(MESSAGE_ENGINE_READY);
}

static void ask(struct trace_request *req)
{
    char *line = trace_request_encode(req);
    struct err e;

    fputs(line, rec.out);
    free(line);
    for (size_t i = 0; i < req->watch_count; i++) {
        struct trace_watch found = {0};
        if (!symbols_find(run_engine_symbols(rec.engine), req->watches[i].name, &found, &e))
            exit(fprintf(stderr, "%s\n", e.msg) ? 1 : 1);
        req->watches[i] = found;
    }
    if (!run_engine_ask_wait(rec.engine, req, &e))
        exit(fprintf(stderr, "%s\n", e.msg) ? 1 : 1);
    tell_heard(MESSAGE_ENGINE);
}

static void carry_out(struct effects *fx)
{
    for (size_t i = 0; i < fx->count; i++) {
        if (fx->list[i].kind == EFFECT_ENGINE_OPEN)
            open_engine();
        else if (fx->list[i].kind == EFFECT_ENGINE_ASK)
            ask(fx->list[i].request);
    }
}

static void tell(struct message *m)
{
    struct effects fx = {0};

    session_update(rec.s, m, &fx);
    carry_out(&fx);
}

static void begin(const struct course *course, const char *drive)
{
    struct target t = {.kind = TARGET_FILE, .file = xstrdup(rec.file)};
    struct effects fx = {0};

    if (strchr(drive, ':')) {
        t.token = xstrdup(drive);
    } else if (strcmp(drive, "-") != 0) {
        t.block = course_find(course, BLOCK_DRIVE, drive, &t.lesson, &t.step);
        t.kind = TARGET_DRIVE;
    }
    session_open_direct(rec.s, t.token ? SCREEN_FAILURE : SCREEN_DRIVE, &t, NULL, 0, &fx);
    carry_out(&fx);
}

int main(int argc, char **argv)
{
    struct err e;

    if (argc < 6)
        return 2;
    rec.loop = uv_default_loop();
    rec.paths = (struct run_paths){
        .include = argv[1], .engine = argv[2], .cache = "/tmp/threadmill-record"};
    rec.file = argv[3];
    rec.out = fopen(argv[5], "w");
    struct course *course = course_load(COURSE, &e);
    rec.s = session_new(course, progress_load("/tmp/threadmill-record"), "/tmp/threadmill-record",
                        24, 80);
    begin(course, argv[4]);
    for (int i = 6; i < argc; i++) {
        struct message m;
        view_key(rec.s, key_parse(argv[i]), &m);
        tell(&m);
    }
    return fclose(rec.out) == 0 ? 0 : 1;
}
