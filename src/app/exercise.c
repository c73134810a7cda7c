/* exercise: from what a person typed to an exercise of the course. */
#include "app/cmd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void collect(const struct course *c, const char **names, size_t most, size_t *n)
{
    for (size_t i = 0; i < c->lesson_count; i++)
        for (size_t k = 0; k < c->lessons[i].exercise_count && *n < most; k++)
            names[(*n)++] = c->lessons[i].exercises[k].name;
}

const struct exercise *cmd_exercise(struct app *app, const char *name, struct err *e)
{
    const struct course *c = app_course(app);
    if (!c) {
        err_set(e, ENOENT, "the course '%s' cannot be read", app->course_root);
        return NULL;
    }
    struct err why = {0};
    const struct exercise *ex = course_exercise(c, name, &why);
    if (ex)
        return ex;
    if (path_is_file(name)) {
        err_set(e, EINVAL,
                "'%s' is a file, not the name of an exercise; 'threadmill check NAME --file FILE' "
                "judges a file, 'threadmill explore FILE' a program",
                name);
        return NULL;
    }
    const char *names[512];
    size_t n = 0;
    collect(c, names, 512, &n);
    const char *near = app_nearest(path_basename(name), names, n);
    if (near)
        err_set(e, ENOENT, "there is no exercise '%s'; did you mean '%s'?", name, near);
    else if (*name == '/' || !*why.msg)
        err_set(e, ENOENT, "there is no exercise '%s'; 'threadmill list' names them all", name);
    else
        err_set(e, ENOENT, "%s; 'threadmill list' names them all", why.msg);
    return NULL;
}
