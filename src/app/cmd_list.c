/* list: what there is to learn, and how far one has come. */
#include "app/cmd.h"

#include <jansson.h>
#include <stdlib.h>

static enum exercise_state state_of(struct app *app, const struct exercise *ex)
{
    return app->workspace_root ? workspace_state(app->workspace_root, app_progress(app), ex)
                               : EXERCISE_OPEN;
}

static json_t *steps_json(const struct lesson *l)
{
    json_t *steps = json_array();
    for (size_t i = 0; i < l->step_count; i++) {
        const struct step *s = &l->steps[i];
        json_array_append_new(steps, json_pack("{s:s, s:s, s:s}", "id", s->id, "kind",
                                               step_kind_id(s->kind), "title", s->title));
    }
    return steps;
}

static json_t *exercises_json(struct app *app, const struct lesson *l)
{
    json_t *all = json_array();
    for (size_t i = 0; i < l->exercise_count; i++) {
        const struct exercise *ex = &l->exercises[i];
        json_array_append_new(all, json_pack("{s:s, s:s}", "id", ex->id, "state",
                                             exercise_state_id(state_of(app, ex))));
    }
    return all;
}

static void list_json(struct app *app, const struct course *c)
{
    json_t *lessons = json_array();
    for (size_t i = 0; i < c->lesson_count; i++) {
        const struct lesson *l = &c->lessons[i];
        json_array_append_new(lessons,
                              json_pack("{s:s, s:s, s:i, s:o, s:o}", "id", l->id, "title", l->title,
                                        "minutes", l->minutes, "steps", steps_json(l), "exercises",
                                        exercises_json(app, l)));
    }
    json_t *all = json_pack("{s:o}", "lessons", lessons);
    char *text = json_dumps(all, JSON_COMPACT);
    out_format("%s\n", text);
    free(text);
    json_decref(all);
}

static void list_lesson(struct app *app, const struct lesson *l)
{
    out_format("%s  %s  (%zu steps, %d min)\n", l->id, l->title, l->step_count, l->minutes);
    for (size_t i = 0; i < l->step_count; i++) {
        const struct step *s = &l->steps[i];
        bool done = progress_step_is_done(app_progress(app), s->id);
        out_format("  %-6s %-9s %s%s\n", s->id, step_kind_id(s->kind), s->title,
                   done ? "  (done)" : "");
    }
    for (size_t i = 0; i < l->exercise_count; i++) {
        const struct exercise *ex = &l->exercises[i];
        out_format("  exercise %-24s %s\n", ex->name, exercise_state_id(state_of(app, ex)));
    }
    out_text("\n");
}

int cmd_list(struct app *app, int argc, char **argv)
{
    bool json = false;
    const struct opt opts[] = {{"json", OPT_FLAG, &json}};
    struct args a;
    struct err e = {0};
    if (!opt_parse(argc, argv, opts, 1, 0, 0, &a, &e))
        return opt_fail("list", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    if (json) {
        list_json(app, c);
        return EXIT_HOLDS;
    }
    for (size_t i = 0; i < c->lesson_count; i++)
        list_lesson(app, &c->lessons[i]);
    for (size_t i = 0; i < c->check_count; i++)
        out_format("%s  %s  (questions %s)\n", c->checks[i].id, c->checks[i].title,
                   c->checks[i].check == CHECK_ENTRY ? "before the lessons"
                                                     : "before the lessons, and again after them");
    out_format("Your files: %s%s\n", app->workspace_root ? app->workspace_root : "no workspace",
               app->workspace_root && !workspace_exists(app->workspace_root)
                   ? " (not made yet: threadmill init)"
                   : "");
    if (app_progress(app)->note)
        out_format("Note: %s\n", app_progress(app)->note);
    return EXIT_HOLDS;
}
