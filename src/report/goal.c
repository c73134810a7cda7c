/* goal: a recursive descent parser into a small tree, and the tree's evaluation.
 *
 * A value that cannot be had (a variable without a value, an overflow) makes the whole
 * expression "not met", never an error: goals are asked at every step of a drive.
 */
#include "report/goal.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum op {
    OP_NUMBER,
    OP_NAME,
    OP_NOT,
    OP_NEG,
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_AND,
    OP_OR
};

struct node {
    enum op op;
    long long number;
    char *name;
    struct node *a, *b;
};

struct goal {
    enum goal_kind kind;
    char *text;
    struct node *expr; /* FINAL, REACH */
};

/* ---- parsing ----------------------------------------------------------- */

struct parser {
    const char *s;
    char *const *watch;
    size_t watch_count;
    struct err *e;
    bool failed;
    int depth;
};

static const struct binary {
    const char *sign;
    enum op op;
    int level; /* binds tighter the higher */
} binaries[] = {
    {"||", OP_OR, 1}, {"&&", OP_AND, 2}, {"==", OP_EQ, 3}, {"!=", OP_NE, 3},
    {"<=", OP_LE, 4}, {">=", OP_GE, 4},  {"<", OP_LT, 4},  {">", OP_GT, 4},
    {"+", OP_ADD, 5}, {"-", OP_SUB, 5},  {"*", OP_MUL, 6},
};
enum { TIGHTEST = 7, MAX_DEPTH = 400 };

static struct node *parse_level(struct parser *p, int level);

static void node_free(struct node *n)
{
    if (!n)
        return;
    node_free(n->a);
    node_free(n->b);
    free(n->name);
    free(n);
}

static struct node *node_new(enum op op, struct node *a, struct node *b)
{
    struct node *n = xcalloc(1, sizeof *n);
    n->op = op;
    n->a = a;
    n->b = b;
    return n;
}

static struct node *refuse(struct parser *p, const char *why)
{
    if (!p->failed)
        err_set(p->e, EINVAL, "%s", why);
    p->failed = true;
    return NULL;
}

static void skip_blanks(struct parser *p)
{
    while (isspace((unsigned char)*p->s))
        p->s++;
}

/* The end of "shop.cups[1].n"; `s` stands on its first letter. */
static const char *path_end(const char *s)
{
    while (isalnum((unsigned char)*s) || *s == '_' || *s == '.' || *s == '[' || *s == ']')
        s++;
    return s;
}

static bool same_name(const char *name, const char *watch) { return strcmp(name, watch) == 0; }

/* cup[0] may be used where cup is watched: its element is taken from the value's text. */
static bool element_of(const char *name, const char *watch)
{
    size_t n = strlen(watch);
    return strncmp(name, watch, n) == 0 && name[n] == '[';
}

static bool known(const struct parser *p, const char *name)
{
    for (size_t i = 0; i < p->watch_count; i++)
        if (same_name(name, p->watch[i]) || element_of(name, p->watch[i]))
            return true;
    return p->watch_count == 0;
}

static struct node *parse_name(struct parser *p)
{
    const char *end = path_end(p->s);
    struct node *n = node_new(OP_NAME, NULL, NULL);
    n->name = xstrndup(p->s, (size_t)(end - p->s));
    p->s = end;
    if (known(p, n->name))
        return n;
    if (!p->failed)
        err_set(p->e, EINVAL, "'%s' is not among the watched variables", n->name);
    p->failed = true;
    node_free(n);
    return NULL;
}

static struct node *parse_number(struct parser *p)
{
    char *end;
    errno = 0;
    long long v = strtoll(p->s, &end, 0);
    if (errno || isalnum((unsigned char)*end))
        return refuse(p, "a number here is not one");
    p->s = end;
    struct node *n = node_new(OP_NUMBER, NULL, NULL);
    n->number = v;
    return n;
}

static struct node *parse_parenthesis(struct parser *p)
{
    p->s++;
    struct node *n = parse_level(p, 1);
    skip_blanks(p);
    if (n && *p->s != ')') {
        node_free(n);
        return refuse(p, "a ')' is missing");
    }
    p->s += n != NULL;
    return n;
}

static struct node *parse_unary(struct parser *p, enum op op)
{
    p->s++;
    struct node *a = parse_level(p, TIGHTEST);
    return a ? node_new(op, a, NULL) : NULL;
}

static struct node *parse_atom(struct parser *p)
{
    skip_blanks(p);
    unsigned char c = (unsigned char)*p->s;
    if (c == '(')
        return parse_parenthesis(p);
    if (c == '!')
        return parse_unary(p, OP_NOT);
    if (c == '-')
        return parse_unary(p, OP_NEG);
    if (isdigit(c))
        return parse_number(p);
    if (isalpha(c) || c == '_')
        return parse_name(p);
    return refuse(p, c ? "something stands where a value should" : "the expression ends too early");
}

static const struct binary *binary_at(const struct parser *p, int level)
{
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++) {
        const struct binary *b = &binaries[i];
        if (b->level == level && strncmp(p->s, b->sign, strlen(b->sign)) == 0)
            return b;
    }
    return NULL;
}

static struct node *parse_level_inside(struct parser *p, int level)
{
    struct node *left = parse_level(p, level + 1);
    while (left) {
        skip_blanks(p);
        const struct binary *b = binary_at(p, level);
        if (!b)
            break;
        p->s += strlen(b->sign);
        struct node *right = parse_level(p, level + 1);
        if (!right) {
            node_free(left);
            return NULL;
        }
        left = node_new(b->op, left, right);
    }
    return left;
}

static struct node *parse_level(struct parser *p, int level)
{
    if (p->depth >= MAX_DEPTH)
        return refuse(p, "the expression is nested too deeply");
    p->depth++;
    struct node *n = level >= TIGHTEST ? parse_atom(p) : parse_level_inside(p, level);
    p->depth--;
    return n;
}

static struct node *parse_expr(struct parser *p)
{
    struct node *n = parse_level(p, 1);
    skip_blanks(p);
    if (n && *p->s) {
        node_free(n);
        return refuse(p, *p->s == '=' ? "'=' assigns; write '=='"
                                      : "there is something after the expression");
    }
    return n;
}

static const struct keyword {
    const char *word;
    enum goal_kind kind;
} keywords[] = {
    {"final", GOAL_FINAL},
    {"reach", GOAL_REACH},
    {"deadlock", GOAL_DEADLOCK},
    {"crash", GOAL_CRASH},
    {"output", GOAL_OUTPUT},
};

static const struct keyword *keyword_of(const char *text, const char **ret_rest)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        size_t n = strlen(keywords[i].word);
        if (strncmp(text, keywords[i].word, n) == 0 &&
            (!text[n] || isspace((unsigned char)text[n]))) {
            *ret_rest = text + n + strspn(text + n, " \t\n");
            return &keywords[i];
        }
    }
    return NULL;
}

static bool takes_expression(enum goal_kind k) { return k == GOAL_FINAL || k == GOAL_REACH; }

struct goal *goal_parse(const char *text, char *const *watch, size_t watch_count, struct err *e)
{
    const char *rest = "";
    text += strspn(text, " \t\n");
    const struct keyword *k = keyword_of(text, &rest);
    if (!k) {
        err_set(e, EINVAL, "goal '%.100s': it begins with final, reach, deadlock, crash or output", text);
        return NULL;
    }
    struct err why = {0};
    struct parser p = {.s = rest, .watch = watch, .watch_count = watch_count, .e = &why};
    struct goal *g = xcalloc(1, sizeof *g);
    g->kind = k->kind;
    g->text = xstrdup(rest);
    str_trim(g->text);
    if (takes_expression(k->kind))
        g->expr = parse_expr(&p);
    else if (k->kind != GOAL_OUTPUT && *rest)
        refuse(&p, k->kind == GOAL_CRASH ? "nothing follows the word crash" : "nothing follows the word deadlock");
    if (!p.failed)
        return g;
    err_set(e, EINVAL, "goal '%.100s': %s", text, why.msg);
    goal_free(g);
    return NULL;
}

void goal_free(struct goal *g)
{
    if (!g)
        return;
    node_free(g->expr);
    free(g->text);
    free(g);
}

enum goal_kind goal_kind_of(const struct goal *g) { return g->kind; }
const char *goal_text(const struct goal *g) { return g->text; }

/* ---- values ------------------------------------------------------------ */

static bool text_number(const char *text, long long *ret)
{
    char *end;
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
        *ret = *text == 't';
        return true;
    }
    if (text[0] == '\'' && text[1] && text[1] != '\\' && text[2] == '\'') {
        *ret = (unsigned char)text[1];
        return true;
    }
    errno = 0;
    *ret = strtoll(text, &end, 0);
    /* "3 'c'" and "0 (IDLE)" are numbers with an explanation; "3.5" is none. */
    return end != text && !errno && (!*end || *end == ' ' || *end == ',' || *end == '}');
}

static bool bytes_number(const struct trace_watch *w, long long *ret)
{
    uint64_t v = 0;
    if (w->size != 1 && w->size != 2 && w->size != 4 && w->size != 8)
        return false;
    for (unsigned i = 0; i < w->size; i++)
        v |= (uint64_t)w->bytes[i] << (8 * i);
    unsigned unused = 64 - 8 * w->size;
    *ret = (int64_t)(v << unused) >> unused;
    return true;
}

bool goal_watch_number(const struct trace_watch *w, long long *ret)
{
    return w->text ? text_number(w->text, ret) : bytes_number(w, ret);
}

/* The start of element `index` in "{3, 4}", or NULL. Nested braces are stepped over. */
static const char *text_element(const char *text, long index)
{
    int depth = 0;
    if (*text != '{')
        return NULL;
    const char *s = text + 1;
    for (; *s && index > 0; s++) {
        depth += (*s == '{') - (*s == '}');
        if (depth < 0)
            return NULL;
        index -= *s == ',' && depth == 0;
    }
    return index == 0 && *s ? s + strspn(s, " ") : NULL;
}

static bool element_number(const struct trace_watch *w, const char *subscripts, long long *ret)
{
    const char *text = w->text;
    while (text && *subscripts == '[') {
        char *end;
        long index = strtol(subscripts + 1, &end, 10);
        if (*end != ']' || index < 0)
            return false;
        text = text_element(text, index);
        subscripts = end + 1;
    }
    return text && !*subscripts && text_number(text, ret);
}

struct values {
    const struct trace_watch *watches;
    size_t count;
};

static bool value_of(const struct values *v, const char *name, long long *ret)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->watches[i].name && same_name(name, v->watches[i].name))
            return goal_watch_number(&v->watches[i], ret);
    for (size_t i = 0; i < v->count; i++)
        if (v->watches[i].name && element_of(name, v->watches[i].name))
            return element_number(&v->watches[i], name + strlen(v->watches[i].name), ret);
    return false;
}

/* ---- evaluation -------------------------------------------------------- */

static bool eval(const struct node *n, const struct values *v, long long *ret);

static bool eval_logic(const struct node *n, const struct values *v, long long *ret)
{
    long long a;
    if (!eval(n->a, v, &a))
        return false;
    bool decided = n->op == OP_AND ? !a : a != 0;
    if (decided) {
        *ret = n->op == OP_OR;
        return true;
    }
    if (!eval(n->b, v, &a))
        return false;
    *ret = a != 0;
    return true;
}

static bool compute(enum op op, long long a, long long b, long long *ret)
{
    switch (op) {
    case OP_ADD: return !__builtin_add_overflow(a, b, ret);
    case OP_SUB: return !__builtin_sub_overflow(a, b, ret);
    case OP_MUL: return !__builtin_mul_overflow(a, b, ret);
    case OP_EQ: *ret = a == b; return true;
    case OP_NE: *ret = a != b; return true;
    case OP_LT: *ret = a < b; return true;
    case OP_LE: *ret = a <= b; return true;
    case OP_GT: *ret = a > b; return true;
    case OP_GE: *ret = a >= b; return true;
    default: return false;
    }
}

static bool eval_binary(const struct node *n, const struct values *v, long long *ret)
{
    long long a, b;
    return eval(n->a, v, &a) && eval(n->b, v, &b) && compute(n->op, a, b, ret);
}

static bool eval(const struct node *n, const struct values *v, long long *ret)
{
    long long a;
    switch (n->op) {
    case OP_NUMBER: *ret = n->number; return true;
    case OP_NAME: return value_of(v, n->name, ret);
    case OP_NOT:
        if (!eval(n->a, v, &a))
            return false;
        *ret = !a;
        return true;
    case OP_NEG: return eval(n->a, v, &a) && !__builtin_sub_overflow(0LL, a, ret);
    case OP_AND:
    case OP_OR: return eval_logic(n, v, ret);
    default: return eval_binary(n, v, ret);
    }
}

static bool holds(const struct goal *g, const struct trace_watch *watches, size_t count)
{
    struct values v = {watches, count};
    long long r;
    return eval(g->expr, &v, &r) && r;
}

/* Equal but for white space at the ends and its amount in between. */
static bool same_words(const char *a, const char *b)
{
    for (;;) {
        a += strspn(a, " \t\r\n");
        b += strspn(b, " \t\r\n");
        size_t n = strcspn(a, " \t\r\n");
        if (n != strcspn(b, " \t\r\n") || strncmp(a, b, n) != 0)
            return false;
        if (!n)
            return true;
        a += n;
        b += n;
    }
}

/* A drive may well make an assertion fail on purpose. */
bool goal_came_to_end(enum reason reason)
{
    enum verdict v = reason_verdict(reason);
    return v != VERDICT_DEADLOCK && v != VERDICT_SPIN && v != VERDICT_CRASH && v != VERDICT_LIMIT;
}

static bool met_at_end(const struct goal *g, enum reason reason, const struct trace_watch *w,
                       size_t count, const char *output)
{
    switch (g->kind) {
    case GOAL_FINAL: return goal_came_to_end(reason) && holds(g, w, count);
    case GOAL_REACH: return holds(g, w, count);
    case GOAL_DEADLOCK: return reason_verdict(reason) == VERDICT_DEADLOCK;
    case GOAL_CRASH: return reason_verdict(reason) == VERDICT_CRASH;
    case GOAL_OUTPUT: return goal_came_to_end(reason) && same_words(g->text, output ? output : "");
    }
    return false;
}

bool goal_met_state(const struct goal *g, const struct trace_state *st)
{
    if (!st->ended)
        return g->kind == GOAL_REACH && holds(g, st->watches, st->watch_count);
    return met_at_end(g, st->failure.reason, st->watches, st->watch_count, st->output);
}

bool goal_met_outcome(const struct goal *g, const struct trace_outcome *o)
{
    return met_at_end(g, o->reason, o->watches, o->watch_count, o->output);
}
