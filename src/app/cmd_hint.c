/* hint: three of them, one at a time, each closer to the answer. */
#include "app/cmd.h"

#include "page/page.h"

#include <stdlib.h>

static void print_arrangement(const struct hint *h)
{
    out_text("  Put these lines in order (not all of them belong):\n");
    /* Longest first: an order that gives nothing away and is the same every time. */
    size_t n = h->line_count + h->distract_count;
    const char **lines = xcalloc(n, sizeof *lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = i < h->line_count ? h->lines[i] : h->distract[i - h->line_count];
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k && __builtin_strlen(lines[k]) > __builtin_strlen(lines[k - 1]); k--) {
            const char *swap = lines[k];
            lines[k] = lines[k - 1];
            lines[k - 1] = swap;
        }
    for (size_t i = 0; i < n; i++)
        out_format("      %s\n", lines[i]);
    free(lines);
}

static void print_hint(const struct exercise *ex, int number)
{
    const struct hint *h = &ex->hints[number - 1];
    struct page p = PAGE_INIT;
    char *first = xasprintf("hint %d of %zu: ", number, ex->hint_count);
    page_item(&p, first, h->text && *h->text ? h->text : "arrange the answer", PAGE_WIDTH,
              PAGE_MARKS);
    char *text = page_plain(&p, false);
    out_text(text);
    if (h->arrange)
        print_arrangement(h);
    free(text);
    free(first);
    page_fini(&p);
}

static bool remember(struct app *app, const struct exercise *ex, int shown)
{
    struct err e = {0};
    struct progress *p = app_progress(app);
    progress_hints_shown(p, ex->id, shown);
    if (app_workspace_ready(app, &e) && progress_save(p, &e))
        return true;
    app_fail("hint: the hint is not remembered: %s", e.msg);
    return false;
}

int cmd_hint(struct app *app, int argc, char **argv)
{
    bool again = false;
    const struct opt opts[] = {{"again", OPT_FLAG, &again}};
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, 1, 1, 1, &a, &e))
        return opt_fail("hint", &e);
    const struct exercise *ex = cmd_exercise(app, a.items[0], &e);
    if (!ex)
        return app_fail("hint: %s", e.msg);
    int seen = progress_hints(app_progress(app), ex->id), all = (int)ex->hint_count;
    int first = again ? 1 : seen + 1, last = again ? seen : seen + 1;
    for (int i = first; i <= last && i <= all; i++)
        print_hint(ex, i);
    if (last > all)
        out_format(
            "You have seen all %d hints; 'threadmill hint --again %s' shows them once more.\n", all,
            ex->name);
    if (again && !seen)
        out_text("No hint was shown yet.\n");
    if (!again && last <= all)
        remember(app, ex, last);
    return EXIT_HOLDS;
}
