/* solution: ours, after the learner's own, or after asking twice. */
#include "app/solution.h"

#include <stdlib.h>

bool solution_may_show(struct app *app, const struct exercise *ex, const char *command, bool anyway)
{
    struct progress *p = app_progress(app);
    struct err e = {0};
    if (anyway || progress_has_passed(p, ex->id, NULL) || progress_get(p, "asked", ex->id))
        return true;
    progress_set(p, "asked", ex->id, "solution");
    if (!app_workspace_ready(app, &e) || !progress_save(p, &e))
        app_fail("%s: that you asked is not remembered: %s", command, e.msg);
    out_format("%s has not passed yet. Another look first? 'threadmill hint %s' helps.\n"
               "Ask once more and you see the solution.\n",
               ex->name, ex->name);
    return false;
}

int cmd_solution(struct app *app, int argc, char **argv)
{
    bool anyway = false;
    const struct opt opts[] = {{"anyway", OPT_FLAG, &anyway}};
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, 1, 1, 1, &a, &e))
        return opt_fail("solution", &e);
    const struct exercise *ex = cmd_exercise(app, a.items[0], &e);
    if (!ex)
        return app_fail("solution: %s", e.msg);
    if (!solution_may_show(app, ex, "solution", anyway))
        return EXIT_FAILS;
    char *text = file_read(ex->solution, 1 << 20, NULL, &e);
    if (!text)
        return app_fail("solution: %s", e.msg);
    out_text(text);
    free(text);
    return EXIT_HOLDS;
}
