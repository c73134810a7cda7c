/* doctor: the findings as text or JSON. Holds when nothing the lab needs is missing. */
#include "app/cmd.h"

#include <jansson.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "app/doctor.h"
#include "page/page.h"

struct finding *doctor_add(struct doctor *d, const char *name, enum finding_state state,
                           const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;

    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    ARRAY_GROW(d->list, d->count, d->cap);
    d->list[d->count] =
        (struct finding){.name = xstrdup(name), .state = state, .found = strbuf_take(&b)};
    return &d->list[d->count++];
}

void finding_advice(struct finding *f, const char *means, const char *fix)
{
    f->means = means ? xstrdup(means) : NULL;
    f->fix = fix ? xstrdup(fix) : NULL;
}

static void doctor_fini(struct doctor *d)
{
    for (size_t i = 0; i < d->count; i++) {
        free(d->list[i].name);
        free(d->list[i].found);
        free(d->list[i].means);
        free(d->list[i].fix);
    }
    free(d->list);
}

static size_t bad(const struct doctor *d)
{
    size_t n = 0;

    for (size_t i = 0; i < d->count; i++)
        n += d->list[i].state == FINDING_BAD;
    return n;
}

/* ---- telling --------------------------------------------------------------- */

static const char *const state_ids[] = {"good", "note", "bad"};

static void print_line(const char *first, const char *text)
{
    struct page p = PAGE_INIT;

    page_item(&p, first, text, PAGE_WIDTH, PAGE_MARKS);
    char *plain = page_plain(&p, strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
    out_text(plain);
    free(plain);
    page_fini(&p);
}

/* What was found is not ours to lay out as Markdown. */
static void print_finding(const struct finding *f)
{
    static const char *const signs[] = {"ok", "--", "XX"};

    out_format("%s  %-11s %s\n", signs[f->state], f->name, f->found);
    if (f->means)
        print_line("                ", f->means);
    if (f->fix)
        out_format("                -> %s\n", f->fix);
}

static void print_all(const struct doctor *d)
{
    for (size_t i = 0; i < d->count; i++)
        print_finding(&d->list[i]);
    if (bad(d) == 0)
        out_text("\nEverything the lab needs is here.\n");
    else
        out_format("\n%zu thing%s the lab needs %s missing: see the lines marked XX.\n", bad(d),
                   bad(d) == 1 ? "" : "s", bad(d) == 1 ? "is" : "are");
}

static void print_json(const struct doctor *d)
{
    json_t *all = json_array();

    for (size_t i = 0; i < d->count; i++) {
        const struct finding *f = &d->list[i];
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "name", f->name,
                                             "state", state_ids[f->state], "found", f->found,
                                             "means", f->means, "fix", f->fix));
    }
    json_t *top = json_pack("{s:b, s:o}", "ok", bad(d) == 0, "findings", all);
    char *text = json_dumps(top, JSON_COMPACT);
    out_format("%s\n", text);
    free(text);
    json_decref(top);
}

/* ---- the command ----------------------------------------------------------- */

static void examine(struct doctor *d, const struct err *missing)
{
    if (!d->app) {
        finding_advice(doctor_add(d, "lab", FINDING_BAD, "%s", missing->msg),
                       "nothing that runs programs works",
                       "build it again with ./threadmill build, or install it anew");
    } else {
        doctor_add(d, "lab", FINDING_GOOD, "engine %s, course %s", d->app->paths.engine,
                   d->app->course_root);
        doctor_compiler(d);
        doctor_engine(d);
        doctor_threads(d);
    }
    doctor_terminal(d);
    doctor_machine(d);
    doctor_limits(d);
    if (d->app)
        doctor_files(d);
    doctor_editor(d);
}

static int answer(struct doctor *d, const struct err *missing, int argc, char **argv)
{
    bool json = false;
    const struct opt opts[] = {{"json", OPT_FLAG, &json}};
    struct args a;
    struct err e = {0};

    if (!opt_parse(argc, argv, opts, 1, 0, 0, &a, &e))
        return opt_fail("doctor", &e);
    examine(d, missing);
    (json ? print_json : print_all)(d);
    return bad(d) == 0 ? EXIT_HOLDS : EXIT_FAILS;
}

int cmd_doctor(struct app *app, int argc, char **argv)
{
    struct doctor d = {.app = app};
    int status = answer(&d, NULL, argc, argv);

    doctor_fini(&d);
    return status;
}

int cmd_doctor_without_lab(const struct err *missing, int argc, char **argv)
{
    struct doctor d = {0};
    int status = answer(&d, missing, argc, argv);

    doctor_fini(&d);
    return status;
}
