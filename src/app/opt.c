/* opt: a command's options, from a table of its own. */
#include "app/cmd.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct opt *opt_named(const struct opt *opts, size_t n, const char *name, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(opts[i].name) == len && strncmp(opts[i].name, name, len) == 0)
            return &opts[i];
    return NULL;
}

static bool set_number(const struct opt *o, const char *value, struct err *e)
{
    char *end;
    errno = 0;
    long v = strtol(value, &end, 10);
    if (errno || end == value || *end || v < 0)
        return err_set(e, EINVAL, "--%s takes a number, not '%s'", o->name, value);
    *(long *)o->to = v;
    return true;
}

static bool set_seconds(const struct opt *o, const char *value, struct err *e)
{
    char *end;
    double v = strtod(value, &end);
    if (end == value || *end || !isfinite(v) || v <= 0)
        return err_set(e, EINVAL, "--%s takes a number of seconds, not '%s'", o->name, value);
    *(double *)o->to = v;
    return true;
}

static bool add_item(const struct opt *o, const char *value, struct err *e)
{
    struct opt_list *l = o->to;
    if (l->count == sizeof l->items / sizeof *l->items)
        return err_set(e, E2BIG, "--%s was given too often", o->name);
    l->items[l->count++] = value;
    return true;
}

static bool set(const struct opt *o, const char *value, struct err *e)
{
    switch (o->kind) {
    case OPT_FLAG:
        *(bool *)o->to = true;
        return true;
    case OPT_TEXT:
        *(const char **)o->to = value;
        return true;
    case OPT_NUMBER:
        return set_number(o, value, e);
    case OPT_SECONDS:
        return set_seconds(o, value, e);
    case OPT_LIST:
        return add_item(o, value, e);
    }
    return false;
}

static bool unknown(const struct opt *opts, size_t n, const char *arg, struct err *e)
{
    const char *names[40];
    size_t k = 0;
    for (; k < n && k < 40; k++)
        names[k] = opts[k].name;
    const char *near = app_nearest(arg + strspn(arg, "-"), names, k);
    return near ? err_set(e, EINVAL, "there is no option '%s'; did you mean --%s?", arg, near)
                : err_set(e, EINVAL, "there is no option '%s'", arg);
}

struct parsing {
    int argc, i;
    char **argv;
    const struct opt *opts;
    size_t opt_count;
};

static bool parse_option(struct parsing *p, struct err *e)
{
    const char *arg = p->argv[p->i], *name = arg + 2, *equals = strchr(name, '=');
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    const struct opt *o = arg[1] == '-' ? opt_named(p->opts, p->opt_count, name, len) : NULL;
    if (!o)
        return unknown(p->opts, p->opt_count, arg, e);
    if (o->kind == OPT_FLAG)
        return equals ? err_set(e, EINVAL, "--%s takes no value", o->name) : set(o, NULL, e);
    if (equals)
        return set(o, equals + 1, e);
    if (p->i + 1 >= p->argc)
        return err_set(e, EINVAL, "--%s needs a value", o->name);
    return set(o, p->argv[++p->i], e);
}

bool opt_parse(int argc, char **argv, const struct opt *opts, size_t opt_count, size_t least,
               size_t most, struct args *out, struct err *e)
{
    struct parsing p = {argc, 1, argv, opts, opt_count};
    *out = (struct args){0};
    for (; p.i < argc; p.i++) {
        if (strcmp(argv[p.i], "--") == 0) {
            out->rest = argv + p.i + 1;
            out->rest_count = (size_t)(argc - p.i - 1);
            break;
        }
        if (argv[p.i][0] == '-' && argv[p.i][1]) {
            if (!parse_option(&p, e))
                return false;
        } else if (out->count == most || out->count == 16)
            return err_set(e, EINVAL, "there is one argument too many: '%s'", argv[p.i]);
        else
            out->items[out->count++] = argv[p.i];
    }
    return out->count >= least || err_set(e, EINVAL, "an argument is missing");
}

char *args_join(const struct args *a)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < a->rest_count; i++)
        strbuf_addf(&b, "%s%s", i ? " " : "", a->rest[i]);
    return strbuf_take(&b);
}

int opt_fail(const char *command, const struct err *e)
{
    return app_fail("%s: %s\ntry 'threadmill %s --help'", command, e->msg, command);
}

bool opt_wants_json(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return true;
    return false;
}
