/* progress, search, path: the plain twins of the progress screen, of `/` and of `w` on the map. */
#include "app/cmd.h"

#include <jansson.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "session/beliefs.h"
#include "session/checks.h"
#include "session/ledger.h"
#include "session/recall.h"
#include "session/search.h"

static void print(const struct page *p)
{
    char *text = page_plain(p, strcmp(nl_langinfo(CODESET), "UTF-8") != 0);

    out_text(text);
    free(text);
}

/* ---- progress -------------------------------------------------------------- */

static struct ledger ledger_of(struct app *app, const struct course *c)
{
    return (struct ledger){.course = c,
                           .progress = app_progress(app),
                           .workspace = app->workspace_root ? app->workspace_root : "",
                           .day = app_today()};
}

static json_t *score_json(const struct progress *p, const struct lesson *l, const char *kind)
{
    struct check_score s = l ? check_score(p, l, kind) : (struct check_score){0};

    return s.answered ? json_pack("{s:i, s:i, s:i}", "answered", s.answered, "right", s.right, "of",
                                  s.total)
                      : json_null();
}

static json_t *lessons_json(const struct ledger *in)
{
    json_t *all = json_array();

    for (size_t i = 0; i < in->course->lesson_count; i++) {
        const struct lesson *l = &in->course->lessons[i];
        int done = 0, passed = 0;
        for (size_t k = 0; k < l->step_count; k++)
            done += progress_step_is_done(in->progress, l->steps[k].id);
        for (size_t k = 0; k < l->exercise_count; k++)
            passed +=
                workspace_state(in->workspace, in->progress, &l->exercises[k]) == EXERCISE_PASSED;
        json_array_append_new(all, json_pack("{s:s, s:i, s:i, s:i, s:i}", "id", l->id, "steps",
                                             (int)l->step_count, "done", done, "exercises",
                                             (int)l->exercise_count, "passed", passed));
    }
    return all;
}

static json_t *beliefs_json(const struct ledger *in)
{
    json_t *all = json_array();

    for (size_t i = 0; i < in->course->belief_count; i++) {
        const struct belief *b = &in->course->beliefs[i];
        struct belief_record r = beliefs_get(in->progress, b->id);
        if (r.held + r.right > 0)
            json_array_append_new(all, json_pack("{s:s, s:s, s:i, s:i, s:b}", "id", b->id, "text",
                                                 b->text, "held", r.held, "right", r.right,
                                                 "last_right", r.last_right));
    }
    return all;
}

static void progress_json(const struct ledger *in)
{
    const struct lesson *l = course_check(in->course, CHECK_INVENTORY);
    size_t count = 0;
    struct recall_card *cards = recall_cards(in->course, in->progress, &count);
    json_t *all = json_pack("{s:o, s:{s:I, s:I}, s:{s:o, s:o}, s:o}", "lessons", lessons_json(in),
                            "cards", "in_play", (json_int_t)count, "due",
                            (json_int_t)recall_due(cards, count, in->day), "inventory", "before",
                            score_json(in->progress, l, "before"), "after",
                            score_json(in->progress, l, "after"), "beliefs", beliefs_json(in));
    char *text = json_dumps(all, JSON_COMPACT);

    out_format("%s\n", text);
    free(text);
    free(cards);
    json_decref(all);
}

int cmd_progress(struct app *app, int argc, char **argv)
{
    bool json = false;
    const struct opt opts[] = {{"json", OPT_FLAG, &json}};
    struct args a;
    struct err e = {0};
    struct page p = PAGE_INIT;

    if (!opt_parse(argc, argv, opts, 1, 0, 0, &a, &e))
        return opt_fail("progress", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    const struct ledger in = ledger_of(app, c);
    if (json) {
        progress_json(&in);
        return EXIT_HOLDS;
    }
    ledger_lessons(&p, &in, PAGE_WIDTH);
    ledger_beliefs(&p, &in, PAGE_WIDTH);
    print(&p);
    page_fini(&p);
    if (app_progress(app)->note)
        out_format("\nNote: %s\n", app_progress(app)->note);
    return EXIT_HOLDS;
}

/* ---- search ---------------------------------------------------------------- */

static void print_hit(const struct search_hit *h)
{
    char *what = h->exercise ? xasprintf("exercise  %s", h->exercise->id)
                 : h->step   ? xasprintf("%-9s %s  %s", h->step->id, step_kind_id(h->step->kind),
                                         h->step->title)
                             : xasprintf("%-9s %s", h->lesson->number, h->lesson->title);

    out_format("%s\n", what);
    if (h->snippet)
        out_format("          %s\n", h->snippet);
    free(what);
}

int cmd_search(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};
    struct strbuf words = STRBUF_INIT;
    size_t count = 0;

    if (!opt_parse(argc, argv, NULL, 0, 1, 8, &a, &e))
        return opt_fail("search", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    for (size_t i = 0; i < a.count; i++)
        strbuf_addf(&words, "%s ", a.items[i]);
    struct search_hit *hits = search_course(c, words.s, &count);
    for (size_t i = 0; i < count; i++)
        print_hit(&hits[i]);
    if (count == 0)
        out_text("These words are nowhere in the course.\n");
    search_free(hits, count);
    strbuf_fini(&words);
    return count > 0 ? EXIT_HOLDS : EXIT_FAILS;
}

/* ---- path ------------------------------------------------------------------ */

static void print_path(const char *id, const char *title, bool chosen)
{
    out_format("%s %-12s %s\n", chosen ? "*" : " ", id, title);
}

static int list_paths(const struct course *c, const struct progress *p)
{
    const struct course_path *chosen = path_chosen(c, p);

    print_path("all", "All lessons", !chosen);
    for (size_t i = 0; i < c->path_count; i++)
        print_path(c->paths[i].id, c->paths[i].title, chosen == &c->paths[i]);
    return EXIT_HOLDS;
}

int cmd_path(struct app *app, int argc, char **argv)
{
    struct args a;
    struct err e = {0};

    if (!opt_parse(argc, argv, NULL, 0, 0, 1, &a, &e))
        return opt_fail("path", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    if (a.count == 0)
        return list_paths(c, app_progress(app));
    const struct course_path *path = course_path(c, a.items[0]);
    if (!path && strcmp(a.items[0], "all") != 0)
        return app_fail("path: there is no path '%s'; 'threadmill path' lists them", a.items[0]);
    path_choose(app_progress(app), path);
    if (!app_workspace_ready(app, &e) || !progress_save(app_progress(app), &e))
        return app_fail("path: %s", e.msg);
    out_format("%s\n", path ? path->title : "All lessons");
    return EXIT_HOLDS;
}
