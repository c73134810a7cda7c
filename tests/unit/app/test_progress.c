/* progress: what is written can be read by people and by the lab; two labs lose nothing; a damaged
 * file is kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "sandbox.h"
#include "session/progress.h"

static void expect_file(const char *name, const char *text)
{
    char *got = read_back(name);
    assert_non_null(got);
    assert_string_equal(got, text);
    free(got);
}

static void save(struct progress *p)
{
    struct err e = {0};
    if (!progress_save(p, &e))
        fail_msg("%s", e.msg);
}

static void facts_come_back(void **state)
{
    (void)state;
    struct progress *p = progress_load(sandbox);
    assert_null(p->note);
    assert_null(progress_current(p));
    progress_step_done(p, "03.4");
    progress_set(p, "answer", "03.2", "0,2 \n 3 ");
    progress_hints_shown(p, "03-race-conditions/private-tallies", 2);
    progress_set_current(p, "03.5");
    progress_set(p, "passed", "03-race-conditions/private-tallies",
                 "9f86d081884c7d65 2026-11-20T20:15:00Z");
    save(p);
    progress_free(p);
    expect_file("progress.txt",
                "threadmill progress 1\n"
                "answer 03.2 0,2   3\n"
                "current 03.5\n"
                "hint 03-race-conditions/private-tallies 2\n"
                "passed 03-race-conditions/private-tallies 9f86d081884c7d65 2026-11-20T20:15:00Z\n"
                "step 03.4 done\n"
                "end\n");
    p = progress_load(sandbox);
    uint64_t hash;
    assert_true(progress_has_passed(p, "03-race-conditions/private-tallies", &hash));
    assert_true(hash == UINT64_C(0x9f86d081884c7d65));
    assert_true(progress_step_is_done(p, "03.4"));
    assert_false(progress_step_is_done(p, "03.5"));
    assert_int_equal(progress_hints(p, "03-race-conditions/private-tallies"), 2);
    assert_string_equal(progress_current(p), "03.5");
    progress_free(p);
}

static void two_labs_lose_nothing(void **state)
{
    (void)state;
    struct progress *a = progress_load(sandbox), *b = progress_load(sandbox);
    progress_step_done(a, "03.1");
    progress_hints_shown(a, "x/y", 3);
    progress_set_current(a, "03.1");
    progress_step_done(b, "03.2");
    progress_hints_shown(b, "x/y", 1);
    progress_set_current(b, "03.2");
    save(a);
    save(b);
    assert_true(progress_step_is_done(b, "03.1"));
    struct progress *c = progress_load(sandbox);
    assert_true(progress_step_is_done(c, "03.1") && progress_step_is_done(c, "03.2"));
    assert_int_equal(progress_hints(c, "x/y"), 3);
    assert_string_equal(progress_current(c), "03.2");
    progress_free(a);
    progress_free(b);
    progress_free(c);
}

/* Eight processes, each with its own facts, all at once. */
static void many_labs_at_once(void **state)
{
    (void)state;
    for (int k = 0; k < 8; k++)
        if (fork() == 0) {
            for (int i = 0; i < 20; i++) {
                struct progress *p = progress_load(sandbox);
                char step[32];
                snprintf(step, sizeof step, "%02d.%d", k, i);
                progress_step_done(p, step);
                if (!progress_save(p, NULL))
                    _exit(1);
                progress_free(p);
            }
            _exit(0);
        }
    for (int k = 0, status; k < 8; k++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    struct progress *p = progress_load(sandbox);
    assert_null(p->note);
    assert_int_equal(p->count, 160);
    progress_free(p);
}

static void a_damaged_file_is_kept(void **state)
{
    static const struct {
        const char *text, *words;
    } bad[] = {
        {"threadmill progress 1\nstep 03.1 done\nstep 03.2 do", "was cut short"},
        {"threadmill progress 1\nstep 03.1 done\n", "was cut short"},
        {"", "was cut short"},
        {"threadmill progress 2\nwonders\nend\n", "was written by a newer Threadmill"},
        {"shopping list\n", "is not a progress file"},
        {"threadmill progress 1\nstep 03.1 \xff\nend\n", "is not a progress file"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char kept[64];
        write_file("progress.txt", bad[i].text);
        struct progress *p = progress_load(sandbox);
        assert_non_null(p->note);
        assert_non_null(strstr(p->note, bad[i].words));
        expect_file("progress.txt", bad[i].text); /* reading changes nothing */
        progress_step_done(p, "09.9");
        save(p);
        snprintf(kept, sizeof kept, "progress.txt.bad-%zu", i + 1);
        expect_file(kept, bad[i].text);
        struct progress *fresh = progress_load(sandbox);
        assert_null(fresh->note);
        assert_true(progress_step_is_done(fresh, "09.9"));
        /* What could still be read is not lost either. */
        assert_int_equal(progress_step_is_done(fresh, "03.1"), i <= 1);
        progress_free(fresh);
        progress_free(p);
    }
}

static void a_folder_that_cannot_be_written(void **state)
{
    struct err e = {0};
    (void)state;
    struct progress *p = progress_load("/proc/threadmill");
    progress_step_done(p, "03.1");
    assert_false(progress_save(p, &e));
    assert_non_null(strstr(e.msg, "/proc/threadmill"));
    progress_free(p);
}

static void nothing_new_writes_nothing(void **state)
{
    (void)state;
    struct progress *p = progress_load(sandbox);
    save(p);
    assert_null(read_back("progress.txt"));
    progress_step_done(p, "03.1");
    save(p);
    char *path = in_sandbox("progress.txt");
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    progress_step_done(p, "03.1");
    save(p);
    assert_int_equal(stat(path, &after), 0);
    assert_true(before.st_ino == after.st_ino);
    free(path);
    progress_free(p);
}

#define IN_SANDBOX(f) cmocka_unit_test_setup_teardown(f, sandbox_make, sandbox_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(facts_come_back),
        IN_SANDBOX(two_labs_lose_nothing),
        IN_SANDBOX(many_labs_at_once),
        IN_SANDBOX(a_damaged_file_is_kept),
        IN_SANDBOX(a_folder_that_cannot_be_written),
        IN_SANDBOX(nothing_new_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
