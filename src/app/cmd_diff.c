/* diff: the learner's file and the solution, line by line, in the unified form. The longest
 * common subsequence by dynamic programming: exercise files are short. */
#include "app/solution.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LINES = 2000, CONTEXT = 3 };

struct text {
    char *bytes;
    char *line[MAX_LINES];
    size_t count;
};

static bool text_load(struct text *t, const char *path, struct err *e)
{
    t->count = 0;
    t->bytes = file_read(path, 1 << 20, NULL, e);
    for (char *s = t->bytes; s && *s && t->count < MAX_LINES;) {
        char *nl = strchr(s, '\n');
        t->line[t->count++] = s;
        if (nl)
            *nl = '\0';
        s = nl ? nl + 1 : NULL;
    }
    return t->bytes != NULL;
}

struct change {
    char sign; /* ' ', '-', '+' */
    const char *line;
};

/* common[i][k] = length of the longest common subsequence of a[i..] and b[k..]. */
static size_t diff(const struct text *a, const struct text *b, struct change *out)
{
    size_t w = b->count + 1, n = 0, i = 0, k = 0;
    unsigned short *common = xcalloc((a->count + 1) * w, sizeof *common);
    for (i = a->count; i-- > 0;)
        for (k = b->count; k-- > 0;) {
            unsigned short down = common[(i + 1) * w + k], right = common[i * w + k + 1];
            bool same = strcmp(a->line[i], b->line[k]) == 0;
            common[i * w + k] = same           ? (unsigned short)(common[(i + 1) * w + k + 1] + 1)
                                : down > right ? down
                                               : right;
        }
    for (i = k = 0; i < a->count || k < b->count;) {
        if (i < a->count && k < b->count && strcmp(a->line[i], b->line[k]) == 0) {
            out[n++] = (struct change){' ', a->line[i++]};
            k++;
        } else if (i < a->count &&
                   (k == b->count || common[(i + 1) * w + k] >= common[i * w + k + 1]))
            out[n++] = (struct change){'-', a->line[i++]};
        else
            out[n++] = (struct change){'+', b->line[k++]};
    }
    free(common);
    return n;
}

static bool near_change(const struct change *c, size_t n, size_t i)
{
    size_t from = i > CONTEXT ? i - CONTEXT : 0, to = i + CONTEXT < n ? i + CONTEXT : n - 1;
    for (size_t k = from; k <= to; k++)
        if (c[k].sign != ' ')
            return true;
    return false;
}

static bool print_changes(const struct change *c, size_t n)
{
    bool any = false, gap = false;
    for (size_t i = 0; i < n; i++) {
        if (!near_change(c, n, i)) {
            gap = true;
            continue;
        }
        if (gap)
            out_text("...\n");
        gap = false;
        any = true;
        out_format("%c%s%s\n", c[i].sign, *c[i].line ? " " : "", c[i].line);
    }
    return any;
}

static int show(const char *mine, const char *solution)
{
    struct err e = {0};
    struct text *a = xcalloc(2, sizeof *a), *b = a + 1;
    bool ok = text_load(a, mine, &e) && text_load(b, solution, &e);
    if (ok) {
        struct change *c = xcalloc(a->count + b->count + 1, sizeof *c);
        size_t n = diff(a, b, c);
        out_format("- yours: %s\n+ ours:  %s\n\n", mine, solution);
        if (!print_changes(c, n))
            out_text("They are the same.\n");
        free(c);
    } else
        app_fail("diff: %s", e.msg);
    free(a->bytes);
    free(b->bytes);
    free(a);
    return ok ? EXIT_HOLDS : EXIT_UNJUDGED;
}

int cmd_diff(struct app *app, int argc, char **argv)
{
    bool anyway = false;
    const struct opt opts[] = {{"anyway", OPT_FLAG, &anyway}};
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, 1, 1, 1, &a, &e))
        return opt_fail("diff", &e);
    const struct exercise *ex = cmd_exercise(app, a.items[0], &e);
    if (!ex || !app_workspace_ready(app, &e))
        return app_fail("diff: %s", e.msg);
    if (!solution_may_show(app, ex, "diff", anyway))
        return EXIT_FAILS;
    char *mine = workspace_file(app->workspace_root, ex);
    int status = show(mine, ex->solution);
    free(mine);
    return status;
}
