/* symbols against real plugins, built here by every compiler and DWARF version there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "symbols/symbols.h"

struct plugin {
    char path[256];
    void *handle;
    uintptr_t base;
    struct symbols *s;
};

static char folder[64] = "/tmp/threadmill-symbols-XXXXXX";
static struct plugin plugins[8];
static size_t plugin_count;

/* ---- building ------------------------------------------------------------ */

static bool run(const char *fmt, ...)
{
    char command[2048];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(command, sizeof command, fmt, ap);
    va_end(ap);
    return system(command) == 0;
}

static void build(const char *cc, int dwarf)
{
    struct plugin *p = &plugins[plugin_count];
    if (!run("command -v %s >/dev/null 2>&1", cc))
        return;
    snprintf(p->path, sizeof p->path, "%s/%s-%d.so", folder, cc, dwarf);
    assert_true(run("cd '%s' && %s -std=gnu11 -O0 -gdwarf-%d -fno-builtin -fPIC "
                    "-fno-omit-frame-pointer -shared -o '%s' '%s/fixture.c' '%s/other.c'",
                    folder, cc, dwarf, p->path, FIXTURES, FIXTURES));
    p->handle = dlopen(p->path, RTLD_NOW | RTLD_LOCAL);
    assert_non_null(p->handle);
    p->base = ((struct link_map *)p->handle)->l_addr;
    struct err e;
    p->s = symbols_open(p->path, &e);
    assert_non_null(p->s);
    plugin_count++;
}

static int setup(void **state)
{
    assert_non_null(mkdtemp(folder));
    build("gcc", 5);
    build("gcc", 4);
    build("clang", 5);
    build("clang", 4);
    if (plugin_count == 0)
        build("cc", 5);
    return plugin_count == 0;
}

static int teardown(void **state)
{
    for (size_t i = 0; i < plugin_count; i++) {
        symbols_close(plugins[i].s);
        dlclose(plugins[i].handle);
    }
    return run("rm -rf '%s'", folder) ? 0 : -1;
}

#define EACH(p) for (struct plugin *p = plugins; p < plugins + plugin_count; p++)

/* The line of the fixture that holds this code. */
static int line_of(const char *code)
{
    char *text = file_read(FIXTURES "/fixture.c", 1 << 20, NULL, NULL);
    assert_non_null(text);
    char *at = strstr(text, code);
    assert_non_null(at);
    int line = 1;
    for (char *p = text; p < at; p++)
        line += *p == '\n';
    free(text);
    return line;
}

/* ---- asking -------------------------------------------------------------- */

static uint64_t offset_of(struct plugin *p, const char *symbol)
{
    void *at = dlsym(p->handle, symbol);
    assert_non_null(at);
    return (uintptr_t)at - p->base;
}

static char *name_at(struct plugin *p, struct trace_ref ref)
{
    symbols_ref(p->s, &ref);
    char *name = ref.name;
    free(ref.decl);
    free(ref.file);
    return name;
}

static void want_global(struct plugin *p, const char *symbol, int64_t more, uint64_t size,
                        const char *name)
{
    char *got = name_at(p, (struct trace_ref){.kind = REF_GLOBAL,
                                              .size = size,
                                              .offset = (int64_t)offset_of(p, symbol) + more});
    assert_non_null(got);
    assert_string_equal(got, name);
    free(got);
}

static void want_value(struct plugin *p, const char *path, const char *text)
{
    struct trace_watch w;
    struct err e = {0};
    if (!symbols_find(p->s, path, &w, &e))
        fail_msg("%s: %s", path, e.msg);
    char *got =
        symbols_value(p->s, &w.place, (void *)(p->base + (uintptr_t)w.place.offset), w.size);
    if (!got || strcmp(got, text) != 0)
        fail_msg("%s: %s is %s, wanted %s", p->path, path, got ? got : "(null)", text);
    free(got);
    free(w.name);
    trace_ref_fini(&w.place);
}

/* ---- globals --------------------------------------------------------------- */

static void test_globals(void **state)
{
    EACH(p)
    {
        want_global(p, "total", 0, 4, "total");
        want_global(p, "total", 1, 2, "bytes 1..2 of total");
        want_global(p, "shop", 0, 0, "shop.lock");
        want_global(p, "shop", 8, 4, "bytes 8..11 of shop.lock");
        want_global(p, "shop", 40, 4, "shop.cups");
        want_global(p, "shop", 46, 1, "shop.name[2]");
        want_global(p, "shop", 44, 8, "shop.name");
        want_global(p, "shop", 56, 8, "shop.cost.price");
        want_global(p, "shop", 60, 4, "shop.cost.cents[1]");
        want_global(p, "shops", 112 + 64 + 24, 8, "shops[1].nodes[1].next");
        want_global(p, "grid", 4 * 7, 4, "grid[1][3]");
        want_global(p, "cup", 4, 8, "cup[1..2]");
        want_global(p, "cup", 0, 12, "cup");
        want_global(p, "only", 0, 4, "only.value");
        want_global(p, "busy", 0, 1, "busy");
        want_global(p, "flags", 4, 4, "flags.wide");
        want_global(p, "flags", 8, 4, "flags.lone");
        want_global(p, "worker", 0, 0, "the code of worker()");
    }
}

static void test_types(void **state)
{
    static const char *const wanted[][2] = {{"total", "int"},
                                            {"to_total", "int *"},
                                            {"atomic", "_Atomic int"},
                                            {"cup", "int[3]"},
                                            {"grid[1][2]", "int"},
                                            {"shop.nodes", "node_t[3]"},
                                            {"shop.nodes[2].next", "struct node *"},
                                            {"mood", "enum mood"},
                                            {"to_worker", "void * (*)()"},
                                            {"vol", "volatile long int"}};
    EACH(p)
    {
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
            struct trace_watch w;
            assert_true(symbols_find(p->s, wanted[i][0], &w, NULL));
            bool same = strcmp(w.place.decl, wanted[i][1]) == 0;
            /* DWARF 4 has no word for _Atomic, and clang calls long int long. */
            bool close = i == 2 ? strcmp(w.place.decl, "int") == 0
                                : i == 9 && strcmp(w.place.decl, "volatile long") == 0;
            if (!same && !close)
                fail_msg("%s: %s is a %s", p->path, wanted[i][0], w.place.decl);
            free(w.name);
            trace_ref_fini(&w.place);
        }
    }
}

/* ---- values ---------------------------------------------------------------- */

static void test_values(void **state)
{
    EACH(p)
    {
        want_value(p, "total", "-1");
        want_value(p, "small", "200");
        want_value(p, "letter", "'x'");
        want_value(p, "flag", "true");
        want_value(p, "atomic", "5");
        want_value(p, "vol", "-9");
        want_value(p, "byte", "65");
        want_value(p, "mood", "ANGRY");
        want_value(p, "odd_mood", "3");
        want_value(p, "ratio", "3.5");
        want_value(p, "third", "0.3333333333333333");
        want_value(p, "nothing", "NULL");
        want_value(p, "cup", "{1, 2, 3}");
        want_value(p, "word", "\"a\\\"b\"");
        want_value(p, "pair", "{3, 4}");
        want_value(p, "only", "12");
        want_value(p, "tenth", "0.1");
        want_value(p, "flags", "{1, 9, -3, -5}");
        want_value(p, "shop.nodes[1]", "{0, NULL}");
    }
}

static void test_pointers_need_the_base(void **state)
{
    EACH(p)
    {
        char hex[32];
        snprintf(hex, sizeof hex, "0x%llx", (unsigned long long)(p->base + offset_of(p, "total")));
        want_value(p, "to_total", hex);
        symbols_set_base(p->s, p->base);
        want_value(p, "to_total", "&total");
    }
}

static void test_values_of_parts(void **state)
{
    EACH(p)
    {
        int64_t at = (int64_t)offset_of(p, "flags") + 8;
        struct trace_ref lone = {.kind = REF_GLOBAL, .offset = at, .size = 1};
        unsigned char bytes[4] = {0x3b};
        char *got = symbols_value(p->s, &lone, bytes, 1);
        assert_string_equal(got, "-5");
        free(got);
        struct trace_ref half = {.kind = REF_GLOBAL, .offset = (int64_t)offset_of(p, "total") + 1};
        assert_null(symbols_value(p->s, &half, bytes, 2));
        struct trace_ref lock = {.kind = REF_GLOBAL, .offset = (int64_t)offset_of(p, "shop")};
        assert_null(symbols_value(p->s, &lock, bytes, 4));
    }
}

static void test_event(void **state)
{
    EACH(p)
    {
        struct trace_event ev = {
            .kind = EVENT_WRITE, .value = 0xffffffff, .before = 3, .has_value = true};
        ev.object = (struct trace_ref){
            .kind = REF_GLOBAL, .size = 4, .offset = (int64_t)offset_of(p, "total")};
        ev.at.pc = offset_of(p, "worker") + 1;
        symbols_event(p->s, &ev);
        assert_string_equal(ev.object.name, "total");
        assert_string_equal(ev.value_text, "-1");
        assert_string_equal(ev.before_text, "3");
        assert_string_equal(ev.at.file, "fixture.c");
        assert_string_equal(ev.at.func, "worker");
        assert_int_equal(ev.at.line, line_of("return arg;"));
        trace_event_fini(&ev);
    }
}

/* ---- watch paths ------------------------------------------------------------ */

static void want_no_path(struct plugin *p, const char *path, const char *because)
{
    struct trace_watch w;
    struct err e = {0};
    if (symbols_find(p->s, path, &w, &e))
        fail_msg("'%s' was found", path);
    if (!strstr(e.msg, because))
        fail_msg("'%s': %s", path, e.msg);
}

static void test_find(void **state)
{
    EACH(p)
    {
        want_value(p, "twin", "1"); /* the first unit's, not the second's */
        want_value(p, "second_only", "3");
        want_value(p, " shops [ 1 ] . cups ", "0");
        want_value(p, "calls", "0");
        want_no_path(p, "nobody", "no global variable 'nobody'");
        want_no_path(p, "shop.tea", "no member 'tea'");
        want_no_path(p, "cup[3]", "no such element");
        want_no_path(p, "grid[1]", "no such element");
        want_no_path(p, "total[0]", "not an array");
        want_no_path(p, "cup[x]", "not a number");
        want_no_path(p, "cup[1", "']' is missing");
        want_no_path(p, "nothing->x", "pointer");
        want_no_path(p, "*nothing", "not the name");
        want_no_path(p, "", "not the name");
        want_no_path(p, "big", "too large");
    }
}

/* ---- stack and heap ------------------------------------------------------------ */

struct told {
    struct plugin *p;
    int count;
    struct trace_ref refs[8];
    const void *address[8];
};

static void tell(void *data, void *address, void *frame)
{
    struct told *t = data;
    assert_in_range(t->count, 0, 7);
    uint64_t pc = (uintptr_t)__builtin_return_address(0) - 1 - t->p->base;
    t->address[t->count] = address;
    t->refs[t->count++] = (struct trace_ref){
        .kind = REF_STACK, .offset = (char *)address - (char *)frame, .size = 1, .pc = pc};
}

static void want_stack(struct told *t, int i, uint64_t size, const char *name)
{
    t->refs[i].size = size;
    char *got = name_at(t->p, t->refs[i]);
    if (!got || strcmp(got, name) != 0)
        fail_msg("%s: got %s, wanted %s", t->p->path, got ? got : "(null)", name);
    free(got);
}

static void test_stack(void **state)
{
    EACH(p)
    {
        struct told t = {.p = p};
        int (*count_all)(void (*)(void *, void *, void *), void *) = dlsym(p->handle, "count_all");
        count_all(tell, &t);
        want_stack(&t, 0, 8, "jobs[1].next of count_all()");
        want_stack(&t, 1, 4, "local of count_all()");
        want_stack(&t, 2, 1, "inner[42] of count_all()");
        char *calls =
            name_at(p, (struct trace_ref){.kind = REF_GLOBAL,
                                          .size = 4,
                                          .offset = (int64_t)((uintptr_t)t.address[3] - p->base)});
        assert_string_equal(calls, "calls of count_all()");
        free(calls);
    }
}

static void test_arguments(void **state)
{
    EACH(p)
    {
        struct told t = {.p = p};
        void (*with)(int, void (*)(void *, void *, void *), void *) =
            dlsym(p->handle, "with_argument");
        with(3, tell, &t);
        want_stack(&t, 0, 4, "arg of with_argument()");
        want_stack(&t, 1, 1, "pad[7] of with_argument()");
        want_stack(&t, 2, 4, "a local variable of with_argument()"); /* has no fixed place */
    }
}

__attribute__((format(printf, 6, 0))) static void
want_heap(struct told *t, int i, int64_t offset, uint64_t size, uint64_t block, const char *name)
{
    struct trace_ref ref = {
        .kind = REF_HEAP, .offset = offset, .size = size, .pc = t->refs[i].pc, .block_size = block};
    static const char *const code[] = {
        "*one = malloc",      "*many = calloc",           "raw = malloc",
        "q->items = (node_t", "rows[many[0] + 1]=calloc", "*out = malloc",
        "*count = malloc"};
    char *got = name_at(t->p, ref), *wanted = xasprintf(name, line_of(code[i]));
    if (!got || strcmp(got, wanted) != 0)
        fail_msg("%s: got %s, wanted %s", t->p->path, got ? got : "(null)", wanted);
    free(got);
    free(wanted);
}

static void test_heap(void **state)
{
    EACH(p)
    {
        struct told t = {.p = p};
        void (*allocate)(void (*)(void *, void *, void *), void *) = dlsym(p->handle, "allocate");
        allocate(tell, &t);
        want_heap(&t, 0, 8, 8, 16, "one->next in the block allocated at fixture.c:%d");
        want_heap(&t, 0, 0, 16, 16, "*one in the block allocated at fixture.c:%d");
        want_heap(&t, 0, 0, 0, 16, "one->value in the block allocated at fixture.c:%d");
        want_heap(&t, 1, 8, 4, 16, "many[2] in the block allocated at fixture.c:%d");
        want_heap(&t, 1, 8, 8, 16, "bytes 8..15 of the block allocated at fixture.c:%d");
        want_heap(&t, 1, 16, 4, 16, "the block of 16 bytes allocated at fixture.c:%d");
        want_heap(&t, 1, -4, 4, 16, "the block of 16 bytes allocated at fixture.c:%d");
        want_heap(&t, 2, 8, 4, 40, "bytes 8..11 of the block allocated at fixture.c:%d");
        want_heap(&t, 2, 8, 1, 40, "byte 8 of the block allocated at fixture.c:%d");
        want_heap(&t, 2, 0, 0, 40, "the block of 40 bytes allocated at fixture.c:%d");
        want_heap(&t, 3, 40, 8, 48, "q->items[2].next in the block allocated at fixture.c:%d");
        want_heap(&t, 4, 4, 4, 8, "rows[many[0] + 1][1] in the block allocated at fixture.c:%d");
        want_heap(&t, 5, 0, 8, 8, "the block of 8 bytes allocated at fixture.c:%d");
        want_heap(&t, 6, 0, 4, 4, "*(*count) in the block allocated at fixture.c:%d");
        struct trace_ref ref = {.kind = REF_HEAP, .size = 4, .pc = t.refs[1].pc, .block_size = 16};
        char *value = symbols_value(p->s, &ref, &(int){-7}, 4);
        assert_string_equal(value, "-7");
        free(value);
        symbols_set_base(p->s, p->base);
        want_value(p, "to_worker", "worker");
    }
}

/* What a message is about decides whether a block or what lies in it is named. */
static void test_blocks_freed_and_lost(void **state)
{
    EACH(p)
    {
        struct told t = {.p = p};
        void (*allocate)(void (*)(void *, void *, void *), void *) = dlsym(p->handle, "allocate");
        allocate(tell, &t);
        struct trace_ref block = {.kind = REF_HEAP, .pc = t.refs[0].pc, .block_size = 16};
        struct trace_event ev = {.kind = EVENT_FREE, .object = block};
        symbols_event(p->s, &ev);
        assert_true(str_starts(ev.object.name, "the block of 16 bytes allocated"));
        assert_int_equal(ev.object.size, 0);
        trace_event_fini(&ev);
        struct trace_result r = {.failure = {.reason = REASON_OUT_OF_BOUNDS, .object = block}};
        r.failure.object.size = 8;
        r.failure.object.offset = 12;
        symbols_result(p->s, &r);
        assert_true(str_starts(r.failure.object.name, "the block of 16 bytes allocated"));
        trace_result_fini(&r);
    }
}

/* A run's allocations tell what its pointers point to; the next run starts anew. */
static void test_pointers_to_blocks(void **state)
{
    EACH(p)
    {
        struct told t = {.p = p};
        void (*allocate)(void (*)(void *, void *, void *), void *) = dlsym(p->handle, "allocate");
        allocate(tell, &t);
        for (int i = 0; i < 3; i++) {
            struct trace_event ev = {
                .kind = EVENT_ALLOC, .index = i, .tid = i / 2, .before = 0x1000 + 64 * i};
            ev.object = (struct trace_ref){.kind = REF_HEAP, .block_size = 16, .pc = t.refs[0].pc};
            symbols_event(p->s, &ev);
            trace_event_fini(&ev);
        }
        struct trace_ref ref = {.kind = REF_GLOBAL, .offset = (int64_t)offset_of(p, "nothing")};
        static const struct {
            uint64_t value;
            const char *text;
        } wanted[] = {{0x1000, "main's one"},
                      {0x1048, "main's one #2 + 8"},
                      {0x1080, "T1's one"},
                      {0x1091, "0x1091"},
                      {0, "NULL"}};
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
            char *text = symbols_value(p->s, &ref, &wanted[i].value, 8);
            assert_string_equal(text, wanted[i].text);
            free(text);
        }
        struct trace_event next = {.kind = EVENT_LOCK};
        symbols_event(p->s, &next);
        char *text = symbols_value(p->s, &ref, &wanted[0].value, 8);
        assert_string_equal(text, "0x1000");
        free(text);
    }
}

static void test_thread_local(void **state)
{
    EACH(p)
    {
        struct told t = {.p = p};
        int (*count_all)(void (*)(void *, void *, void *), void *) = dlsym(p->handle, "count_all");
        count_all(tell, &t);
        struct trace_ref ref = {.kind = REF_TLS, .size = 4, .tid = 2};
        char *first = name_at(p, ref);
        ref.tid = 0;
        char *second = name_at(p, ref);
        assert_string_equal(first, "T2's mine");
        assert_string_equal(second, "main's mine");
        free(first);
        free(second);
        want_no_path(p, "mine", "every thread has one of its own");
    }
}

static void test_strings(void **state)
{
    EACH(p)
    {
        symbols_set_base(p->s, p->base);
        want_value(p, "greeting", "\"hello \\\"you\\\"\"");
        want_value(p, "to_cup", "&cup[1]");
        want_value(p, "to_word", "&word");
    }
}

static void test_scenarios_lose_their_prefix(void **state)
{
    EACH(p)
    {
        struct trace_place place = {.pc = offset_of(p, "lab_body_peek") + 1};
        symbols_place(p->s, &place);
        assert_string_equal(place.func, "peek");
        assert_string_equal(place.file, "other.c");
        free(place.func);
        free(place.file);
    }
}

static void test_no_debug_information(void **state)
{
    char path[128];
    snprintf(path, sizeof path, "%s/bare.so", folder);
    assert_true(run("cp '%s' '%s' && strip -g '%s'", plugins[0].path, path, path));
    struct symbols *s = symbols_open(path, NULL);
    assert_non_null(s);
    struct trace_place place = {.pc = offset_of(&plugins[0], "worker")};
    symbols_place(s, &place);
    assert_null(place.file);
    assert_false(symbols_find(s, "total", &(struct trace_watch){0}, NULL));
    symbols_close(s);
    struct err e;
    assert_null(symbols_open(FIXTURES "/other.c", &e));
    assert_non_null(strstr(e.msg, "not an ELF file"));
    assert_null(symbols_open("/nowhere", &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_globals),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_pointers_need_the_base),
        cmocka_unit_test(test_values_of_parts),
        cmocka_unit_test(test_event),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_stack),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_heap),
        cmocka_unit_test(test_blocks_freed_and_lost),
        cmocka_unit_test(test_pointers_to_blocks),
        cmocka_unit_test(test_thread_local),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_scenarios_lose_their_prefix),
        cmocka_unit_test(test_no_debug_information),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
