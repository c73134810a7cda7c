/* init: a workspace, or what is missing in one. */
#include "app/cmd.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

static char *target_dir(struct app *app, const struct args *a, struct err *e)
{
    char cwd[PATH_MAX];
    if (!a->count) {
        if (!app->workspace_root)
            err_set(e, app->workspace_err.code, "%s", app->workspace_err.msg);
        return app->workspace_root ? xstrdup(app->workspace_root) : NULL;
    }
    if (!a->items[0][0]) { /* a variable of the shell that is not set: not the folder one is in */
        err_set(e, EINVAL, "the name of the folder is empty");
        return NULL;
    }
    if (a->items[0][0] == '/' || !getcwd(cwd, sizeof cwd))
        return xstrdup(a->items[0]);
    return path_join(cwd, a->items[0]);
}

int cmd_init(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};
    struct workspace_made made;
    if (!opt_parse(argc, argv, NULL, 0, 0, 1, &a, &e))
        return opt_fail("init", &e);
    const struct course *c = app_course(app);
    char *dir = c ? target_dir(app, &a, &e) : NULL;
    bool ok = dir && workspace_init(dir, c, app->paths.include, &made, &e);
    if (ok) {
        out_format("Workspace %s\n%d files written, %d there already and left alone.\n", dir,
                   made.files_written, made.files_kept);
        out_text(
            "Next: edit an exercise there, then run 'threadmill check'; or start 'threadmill'.\n");
    } else if (c)
        app_fail("init: %s", e.msg);
    free(dir);
    return ok ? EXIT_HOLDS : EXIT_UNJUDGED;
}
