/* check: judging from the command line: wait, print, remember the tokens. */
#include "app/cmd.h"
#include "app/tokens.h"

#include <inttypes.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- progress on a terminal ------------------------------------------------- */

static bool shown;

static void show_progress(void *data, const struct trace_msg *m)
{
    (void)data;
    if (!isatty(STDERR_FILENO))
        return;
    shown = true;
    char *so_far = report_so_far(m->progress.finished);
    fprintf(stderr, "\r\033[K%.20s: %.24s, %" PRIu64 " runs, %.0f/s%s%.40s",
            m->progress.test ? m->progress.test : "", m->progress.phase ? m->progress.phase : "",
            m->progress.runs, m->progress.rate, so_far ? "; " : "", so_far ? so_far : "");
    free(so_far);
    fflush(stderr);
}

static void clear_progress(void)
{
    if (shown)
        fputs("\r\033[K", stderr);
    shown = false;
}

/* ---- what is remembered ------------------------------------------------------- */

static void remember_tokens(struct app *app, const struct report *r, const struct exercise *ex,
                            const char *file, const struct judge_options *o)
{
    char *path = realpath(file, NULL);
    struct token_origin origin = {.file = path ? path : xstrdup(file),
                                  .exercise = ex ? ex->id : NULL,
                                  .races = o->races == RACES_IGNORE ? "ignore" : "report",
                                  .cflags = (char **)o->cflags,
                                  .cflag_count = o->cflag_count};
    for (size_t i = 0; i < r->test_count; i++)
        if (r->tests[i].token)
            tokens_remember(app->paths.cache, r->tests[i].token, &origin);
    for (size_t i = 0; i < r->outcome_count; i++) {
        char *token = report_token(r, &r->outcomes[i].witness);
        tokens_remember(app->paths.cache, token, &origin);
        free(token);
    }
    free(origin.file);
}

/* Where the terminal or log is not UTF-8, the dot between exercise and test becomes a hyphen and
 * what else is not ASCII a question mark. */
static void to_ascii(char *text)
{
    char *to = text;
    for (const char *s = text; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x80)
            *to++ = *s;
        else if (c >= 0xc0)
            *to++ = str_starts(s, "\xc2\xb7") ? '-' : '?';
    }
    *to = '\0';
}

static void print(const struct report *r, bool json)
{
    char *text = json ? report_json(r) : report_text(r, 80);
    if (!json && strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        to_ascii(text);
    out_text(text);
    free(text);
}

int cmd_judge(struct app *app, const struct exercise *ex, const char *subject, const char *file,
              const struct judge_options *o, bool json, bool *ret_passed)
{
    struct judge_callbacks cb = {.progress = show_progress};
    struct judge_options with_course = *o;
    with_course.course = app->course;
    struct report *r = judge_wait(app->loop, &app->paths, ex, subject, file, &with_course, &cb);
    clear_progress();
    remember_tokens(app, r, ex, file, o);
    print(r, json);
    int status = verdict_exit_status(r->verdict);
    if (ret_passed)
        *ret_passed = r->verdict == VERDICT_PASS;
    report_free(r);
    return status;
}

int cmd_trouble(const char *subject, bool json, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    if (json) {
        struct report r = {.subject = (char *)subject, .verdict = VERDICT_TROUBLE, .message = b.s};
        print(&r, true);
    } else
        app_fail("%s", b.s);
    strbuf_fini(&b);
    return EXIT_UNJUDGED;
}
