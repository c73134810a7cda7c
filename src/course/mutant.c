/* mutant: the comment on top of a wrong answer says what is wrong with it and which verdict it
 * must get.
 *
 * "key: value" lines with known keys; any other line continues the value before it.
 */
#include "course/internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum key { KEY_MUTANT, KEY_EXPECT, KEY_BELIEF, KEY_OK, KEY_COUNT };
static const char *const keys[KEY_COUNT] = {"mutant:", "expect:", "belief:", "ok:"};

struct header {
    struct loader *l;
    const char *file;
    char *values[KEY_COUNT];
    int lines[KEY_COUNT]; /* where each stands */
    int last;             /* key that a further line continues; -1 before the first */
};

/* ---- the first comment ---------------------------------------------------------- */

static void put_line(struct header *h, const char *s, int number)
{
    char *copy = xstrdup(s), *line = str_trim(copy);
    int k = 0;
    while (k < KEY_COUNT && !str_starts(line, keys[k]))
        k++;
    if (k < KEY_COUNT && h->values[k]) {
        problem_add(h->l, h->file, number, "'%s' is there twice", keys[k]);
    } else if (k < KEY_COUNT) {
        h->values[k] = xstrdup(str_trim(line + strlen(keys[k])));
        h->lines[k] = number;
        h->last = k;
    } else if (h->last >= 0 && *line) {
        char *joined = xasprintf("%s %s", h->values[h->last], line);
        free(h->values[h->last]);
        h->values[h->last] = joined;
    }
    free(copy);
}

static void read_slashes(struct header *h, const struct scan_file *f, size_t i)
{
    for (size_t first = i;
         i < f->count && i < first + FRONT_MATTER && str_starts(f->lines[i], "//"); i++)
        put_line(h, f->lines[i] + 2, (int)i + 1);
}

static void read_stars(struct header *h, const struct scan_file *f, size_t i)
{
    for (size_t first = i; i < f->count && i < first + FRONT_MATTER; i++) {
        const char *s = f->lines[i] + strspn(f->lines[i], " ");
        if (i == first)
            s += 2;
        else if (*s == '*' && s[1] != '/')
            s++;
        const char *end = strstr(s, "*/");
        char *line = end ? xstrndup(s, (size_t)(end - s)) : xstrdup(s);
        put_line(h, line, (int)i + 1);
        free(line);
        if (end)
            return;
    }
}

static void read_comment(struct header *h, const struct scan_file *f)
{
    size_t i = 0;
    while (i < f->count && f->lines[i][strspn(f->lines[i], " ")] == '\0')
        i++;
    if (i < f->count && str_starts(f->lines[i], "//"))
        read_slashes(h, f, i);
    else if (i < f->count && str_starts(f->lines[i], "/*"))
        read_stars(h, f, i);
}

/* ---- expect: RACE in scenario, message contains "text" -------------------------- */

static bool verdict_is_failure(const char *id)
{
    static const char *const ids[] = {
#define V(name, id, meaning) id,
#include "trace/verdict.def"
#undef V
    };
    static const char *const others[] = {"pass", "unjudged", "trouble"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i], id) == 0)
            return false;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (strcmp(ids[i], id) == 0)
            return true;
    return false;
}

static size_t word_length(const char *s)
{
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '-')
        n++;
    return n;
}

static const char *take_verdict(const char *s, struct mutant *m)
{
    size_t n = word_length(s);
    m->verdict = xstrndup(s, n);
    for (char *c = m->verdict; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return s + n;
}

static const char *take_scenario(const char *s, struct mutant *m)
{
    if (!str_starts(s, " in "))
        return s;
    s += 4;
    size_t n = word_length(s);
    if (n)
        m->scenario = xstrndup(s, n);
    return s + n;
}

static const char *take_message(const char *s, struct mutant *m)
{
    static const char lead[] = ", message contains \"";
    if (!str_starts(s, lead))
        return s;
    const char *text = s + strlen(lead), *end = strrchr(text, '"');
    if (!end || end == text)
        return s;
    m->message = xstrndup(text, (size_t)(end - text));
    return end + 1;
}

static void read_expect(struct header *h, struct mutant *m)
{
    const char *value = h->values[KEY_EXPECT];
    if (!value)
        return;
    const char *s = take_message(take_scenario(take_verdict(value, m), m), m);
    if (*s)
        problem_add(
            h->l, h->file, h->lines[KEY_EXPECT],
            "expected 'expect: VERDICT in SCENARIO, message contains \"TEXT\"', stopped at '%s'",
            s);
    if (!verdict_is_failure(m->verdict))
        problem_add(h->l, h->file, h->lines[KEY_EXPECT], "'%s' is no verdict that rejects",
                    m->verdict);
}

/* ---- files ---------------------------------------------------------------------- */

static char *move(char **from)
{
    char *s = *from;
    *from = NULL;
    return s;
}

static void demand(struct header *h, enum key k)
{
    if (!h->values[k] || !*h->values[k])
        problem_add(h->l, h->file, 1, "the comment on top has no '%s'", keys[k]);
}

static bool names_none(const char *belief) { return str_starts(belief, "none") && !isalnum((unsigned char)belief[4]); }

bool mutant_believes(const struct mutant *m, const char *id)
{
    const char *s = m->belief ? m->belief : "none";
    if (!id || names_none(s))
        return !id && names_none(s);
    for (; misconception_is_valid(s); s += strspn(s, ", ")) {
        if (strncmp(s, id, 3) == 0)
            return true;
        s += 3;
        if (*s != ',')
            break;
    }
    return false;
}

static void read_header(struct header *h, struct mutant *m)
{
    if (!m->ok) {
        demand(h, KEY_MUTANT);
        demand(h, KEY_EXPECT);
        demand(h, KEY_BELIEF);
        read_expect(h, m);
        m->belief = move(&h->values[KEY_BELIEF]);
    }
    if (m->ok && h->values[KEY_EXPECT])
        problem_add(h->l, h->file, h->lines[KEY_EXPECT], "a right answer has no 'expect:'");
    m->title = move(&h->values[m->ok ? KEY_OK : KEY_MUTANT]);
    if (m->belief && !names_none(m->belief) && !misconception_is_valid(m->belief))
        problem_add(h->l, h->file, h->lines[KEY_BELIEF],
                    "a belief starts with misconceptions, M01 to M50, or with 'none'");
}

void mutant_load(struct loader *l, const char *file, const char *path, struct mutant *m)
{
    struct header h = {.l = l, .file = file, .last = -1};
    const char *base = path_basename(file);
    *m = (struct mutant){.name = xstrndup(base, strcspn(base, ".")),
                         .path = xstrdup(path),
                         .ok = str_starts(base, "ok-")};
    struct scan_file *f = scan_load(l, file, PROGRAM_BYTES);
    if (f) {
        read_comment(&h, f);
        read_header(&h, m);
    }
    for (int k = 0; k < KEY_COUNT; k++)
        free(h.values[k]);
    if (!m->title)
        m->title = xstrdup("");
    if (!m->ok && !m->verdict)
        m->verdict = xstrdup("");
    scan_free(f);
}

void mutant_free(struct mutant *m)
{
    free(m->name);
    free(m->path);
    free(m->title);
    free(m->verdict);
    free(m->scenario);
    free(m->message);
    free(m->belief);
}
