/* lint_demos: demos compile for real threads, with every set of flags a step offers, and the Python
 * files run: with sleep stubbed, so that they take no time, and with a limit, so that they end.
 */
#include "app/lint.h"
#include "app/probe.h"
#include "session/lanes.h"

#include <stdlib.h>
#include <string.h>

enum { PYTHON_SECONDS = 20, MAX_FLAGS = 16 };

/* ---- demos ---------------------------------------------------------------------- */

static size_t split_flags(char *text, const char **flags, size_t most)
{
    size_t n = 0;
    char *save = NULL;
    for (char *w = strtok_r(text, " \t", &save); w && n < most; w = strtok_r(NULL, " \t", &save))
        flags[n++] = w;
    return n;
}

/* `program` is relative to the lesson; what is wrong is a problem in `line` of it. */
static void compile(struct lint *l, const struct lesson *lesson, const char *program, int line,
                    const char *cflags)
{
    struct err e = {0};
    struct run_built built = {0};
    const char *flags[MAX_FLAGS];
    char *own_flags = xstrdup(cflags ? cflags : "-O2"), *at = path_join(lesson->dir, "lesson.md");
    char *file = xasprintf("%s/%s%s", lesson->dir, program, str_ends(program, ".c") ? "" : ".c");
    const char *sources[1] = {file};
    struct run_build build = {
        .mode = RUN_NATIVE, .sources = sources, .source_count = 1, .cflags = flags};
    build.cflag_count = split_flags(own_flags, flags, MAX_FLAGS);
    if (!run_build_wait(l->app->loop, &l->app->paths, &build, &built, &e))
        lint_problem(l, at, line, "%s: %s", program, e.msg);
    else if (built.verdict != VERDICT_PASS)
        lint_problem(l, at, line, "%s does not compile with %s: %s", program,
                     cflags ? cflags : "-O2",
                     built.message ? built.message : verdict_id(built.verdict));
    else if (built.output && *built.output)
        lint_problem(l, file, 0, "it compiles with a warning: %.*s",
                     (int)strcspn(built.output, "\n"), built.output);
    run_built_fini(&built);
    free(own_flags);
    free(file);
    free(at);
}

/* A recorded run that the lab can show. That the file is there is known already. */
static void check_recorded(struct lint *l, const struct lesson *lesson, int line, const char *name)
{
    struct err e = {0};
    struct lanes lanes = {0};
    struct lanes_run run = {0};
    char *at = path_join(lesson->dir, "lesson.md"), *path = path_join(lesson->dir, name),
         *text = file_read(path, LANES_FILE_MOST, NULL, NULL);
    if (text && !lanes_parse(text, &lanes, &run, &e))
        lint_problem(l, at, line, "%s: %s", name, e.msg);
    lanes_fini(&lanes);
    lanes_run_fini(&run);
    free(text);
    free(path);
    free(at);
}

/* With the arguments for it, a demo can be driven: the lab gets to its first step. */
static void check_driven(struct lint *l, const struct lesson *lesson, const struct block *b)
{
    struct judge_options o;
    struct probe p;
    struct drive_game g;
    struct err e = {0};
    char *at = path_join(lesson->dir, "lesson.md"),
         *file = xasprintf("%s/%s.c", lesson->dir, b->demo.program);
    judge_options_init(&o);
    o.races = RACES_IGNORE;
    bool open = probe_open(&p, l->app, NULL, file, &o, &e);
    bool begun = open && drive_init(&g, NULL, p.tests[0].name, &e);
    if (begun)
        drive_arguments(&g, b->demo.drive);
    if (!begun || !probe_play(&p, &g, &e))
        lint_problem(l, at, b->line, "%s cannot be driven: %s", b->demo.program, e.msg);
    else if (g.run.state.failure.reason != REASON_NONE)
        lint_problem(l, at, b->line, "%s cannot be driven with '%s': it fails before the first step",
                     b->demo.program, b->demo.drive);
    if (begun)
        drive_fini(&g);
    if (open)
        probe_close(&p);
    free(file);
    free(at);
}

static void check_demo(struct lint *l, const struct lesson *lesson, const struct block *b)
{
    l->demos++;
    compile(l, lesson, b->demo.program, b->line, b->demo.cflags);
    for (size_t i = 0; i < b->demo.variant_count; i++)
        if (b->demo.variants[i].cflags && *b->demo.variants[i].cflags)
            compile(l, lesson, b->demo.program, b->line, b->demo.variants[i].cflags);
    if (b->demo.drive)
        check_driven(l, lesson, b);
    if (b->demo.recorded)
        check_recorded(l, lesson, b->line, b->demo.recorded);
    for (size_t i = 0; i < b->demo.variant_count; i++)
        if (b->demo.variants[i].recorded)
            check_recorded(l, lesson, b->line, b->demo.variants[i].recorded);
}

/* ---- programs that are only shown --------------------------------------------------- */

static bool runs(const struct block *b, const char *program)
{
    if (b->kind == BLOCK_DEMO && b->demo.program) {
        size_t n = strlen(b->demo.program);
        return strncmp(b->demo.program, program, n) == 0 && strcmp(program + n, ".c") == 0;
    }
    return b->kind == BLOCK_DRIVE && b->drive.program && strcmp(b->drive.program, program) == 0;
}

static bool shows(const struct block *b, const char *program)
{
    const struct region *r = b->kind == BLOCK_QUESTION ? &b->question.code : &b->code;
    return r->path && strcmp(r->path, program) == 0;
}

/* Demos and drives are compiled as what they are; a snippet is compiled too. */
static void check_shown(struct lint *l, const struct lesson *lesson, const char *program)
{
    int line = 0;
    for (size_t i = 0; i < lesson->step_count; i++)
        for (size_t k = 0; k < lesson->steps[i].block_count; k++) {
            const struct block *b = &lesson->steps[i].blocks[k];
            if (runs(b, program))
                return;
            line = line == 0 && shows(b, program) ? b->line : line;
        }
    if (line)
        compile(l, lesson, program, line, NULL);
}

static void check_snippets(struct lint *l, const struct lesson *lesson)
{
    static const char *const folders[] = {"demo", "drive"};
    for (size_t f = 0; f < sizeof folders / sizeof *folders; f++) {
        char *dir = path_join(lesson->dir, folders[f]);
        size_t count = 0;
        char **names = path_is_dir(dir) ? dir_list(dir, &count, NULL) : NULL;
        for (size_t i = 0; names && i < count; i++) {
            char *program = path_join(folders[f], names[i]);
            if (str_ends(program, ".c"))
                check_shown(l, lesson, program);
            free(program);
            free(names[i]);
        }
        free(names);
        free(dir);
    }
}

/* ---- Python ----------------------------------------------------------------------- */

static const char runner[] = "import asyncio, runpy, sys, time\n"
                             "sleep, pause = time.sleep, asyncio.sleep\n"
                             "time.sleep = lambda s: sleep(0)\n"
                             "asyncio.sleep = lambda s, result=None: pause(0, result)\n"
                             "sys.argv = sys.argv[1:]\n"
                             "runpy.run_path(sys.argv[0], run_name='__main__')\n";

struct python {
    uv_process_t process;
    uv_timer_t limit;
    bool ended, late;
    int64_t status;
    int signal;
};

static void python_ended(uv_process_t *process, int64_t status, int signal)
{
    struct python *p = process->data;
    p->ended = true;
    p->status = status;
    p->signal = signal;
}

static void python_late(uv_timer_t *timer)
{
    struct python *p = timer->data;
    p->late = true;
    uv_process_kill(&p->process, SIGKILL);
}

static int python_spawn(struct lint *l, struct python *p, const char *file)
{
    char *dir = path_dirname(file);
    char *args[] = {"python3", "-c", (char *)runner, (char *)file, NULL};
    uv_stdio_container_t none[3] = {
        {.flags = UV_IGNORE}, {.flags = UV_IGNORE}, {.flags = UV_IGNORE}};
    uv_process_options_t o = {.file = "python3",
                              .args = args,
                              .cwd = dir,
                              .exit_cb = python_ended,
                              .stdio_count = 3,
                              .stdio = none};
    p->process.data = p;
    int code = uv_spawn(l->app->loop, &p->process, &o);
    free(dir);
    return code;
}

static void python_wait(struct lint *l, struct python *p)
{
    uv_timer_init(l->app->loop, &p->limit);
    p->limit.data = p;
    uv_timer_start(&p->limit, python_late, PYTHON_SECONDS * 1000, 0);
    while (!p->ended)
        uv_run(l->app->loop, UV_RUN_ONCE);
    uv_close((uv_handle_t *)&p->limit, NULL);
}

/* False when there is no python3 to run it with. */
static bool check_python(struct lint *l, const char *file)
{
    struct python p = {0};
    int code = python_spawn(l, &p, file);
    if (code == 0)
        python_wait(l, &p);
    uv_close((uv_handle_t *)&p.process, NULL);
    uv_run(l->app->loop, UV_RUN_NOWAIT);
    if (code == UV_ENOENT)
        return false;
    if (code)
        lint_problem(l, file, 0, "python3 cannot be started: %s", uv_strerror(code));
    else if (p.late)
        lint_problem(l, file, 0, "it was still running after %d seconds", PYTHON_SECONDS);
    else if (p.status || p.signal)
        lint_problem(l, file, 0, "it fails: python3 ends with status %d",
                     p.signal ? 128 + p.signal : (int)p.status);
    return true;
}

static size_t check_python_dir(struct lint *l, const struct lesson *lesson, bool *there)
{
    size_t n = 0, files = 0;
    char *dir = path_join(lesson->dir, "py"),
         **names = path_is_dir(dir) ? dir_list(dir, &n, NULL) : NULL;
    for (size_t i = 0; i < n; i++) {
        char *file = path_join(dir, names[i]);
        if (str_ends(names[i], ".py")) {
            files++;
            *there = *there && check_python(l, file);
        }
        free(file);
        free(names[i]);
    }
    free(names);
    free(dir);
    return files;
}

static size_t check_lesson(struct lint *l, const struct lesson *lesson, bool *there)
{
    for (size_t k = 0; k < lesson->step_count; k++)
        for (size_t m = 0; m < lesson->steps[k].block_count; m++)
            if (lesson->steps[k].blocks[m].kind == BLOCK_DEMO &&
                lesson->steps[k].blocks[m].demo.program)
                check_demo(l, lesson, &lesson->steps[k].blocks[m]);
    check_snippets(l, lesson);
    return check_python_dir(l, lesson, there);
}

void lint_demos(struct lint *l)
{
    size_t files = 0;
    bool there = true;
    for (size_t i = 0; i < l->course->lesson_count; i++)
        files += check_lesson(l, &l->course->lessons[i], &there);
    for (size_t i = 0; i < l->course->check_count; i++)
        files += check_lesson(l, &l->course->checks[i], &there);
    if (!there)
        lint_skip(l, "the Python files were not run (%zu): there is no python3 here", files);
}
