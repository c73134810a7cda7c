/* reset: the starter again; the learner's file is kept. */
#include "app/cmd.h"

#include <stdlib.h>

int cmd_reset(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, NULL, 0, 1, 1, &a, &e))
        return opt_fail("reset", &e);
    const struct exercise *ex = cmd_exercise(app, a.items[0], &e);
    if (!ex || !app_workspace_ready(app, &e))
        return app_fail("reset: %s", e.msg);
    char *kept = NULL, *file = workspace_file(app->workspace_root, ex);
    bool ok = workspace_reset(app->workspace_root, ex, &kept, &e);
    if (ok && kept)
        out_format("%s is the starter again; your file is kept as %s\n", file, kept);
    else if (ok)
        out_format("%s is the starter.\n", file);
    else
        app_fail("reset: %s", e.msg);
    free(kept);
    free(file);
    return ok ? EXIT_HOLDS : EXIT_UNJUDGED;
}
