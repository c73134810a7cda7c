/* Saves as editors make them: each is told once, what is no save is not told. */
#include "sandbox.h"

#include <fcntl.h>

struct saves {
    struct sandbox *s;
    int count;
};

static void on_changed(void *data, const char *path)
{
    struct saves *saves = data;
    assert_true(str_ends(path, "/file.c"));
    saves->count++;
}

#define A_BIT  200  /* ms: longer than a save takes to settle */
#define A_LOOK 1200 /* longer than it takes until the file is looked at without an event */

/* Runs the loop until `count` saves are told, then on: no more may come. */
static void want_saves(struct saves *saves, int count, uint64_t longer)
{
    while (saves->count < count)
        uv_run(&saves->s->loop, UV_RUN_ONCE);
    uv_update_time(&saves->s->loop);
    uint64_t end = uv_now(&saves->s->loop) + longer;
    while (uv_now(&saves->s->loop) < end) {
        uv_run(&saves->s->loop, UV_RUN_NOWAIT);
        uv_sleep(1);
    }
    assert_int_equal(saves->count, count);
}

static struct run_watch *start(struct sandbox *s, struct saves *saves)
{
    char *path = sandbox_path(s, "file.c");
    saves->s = s;
    struct run_watch *w = run_watch_start(&s->loop, path, on_changed, saves);
    free(path);
    return w;
}

static void rename_over(struct sandbox *s, const char *from)
{
    char *a = sandbox_path(s, from), *b = sandbox_path(s, "file.c");
    assert_int_equal(rename(a, b), 0);
    free(a);
    free(b);
}

static void test_written_in_place(void **state)
{
    struct sandbox *s = *state;
    struct saves saves = {0};
    sandbox_write(s, "file.c", "one");
    struct run_watch *w = start(s, &saves);
    sandbox_write(s, "file.c", "");
    sandbox_write(s, "file.c", "half");
    sandbox_write(s, "file.c", "half and half");
    want_saves(&saves, 1, A_BIT);
    sandbox_write(s, "file.c", "again");
    want_saves(&saves, 2, A_LOOK);
    run_watch_stop(w);
}

static void test_renamed_over(void **state)
{
    struct sandbox *s = *state;
    struct saves saves = {0};
    sandbox_write(s, "file.c", "one");
    struct run_watch *w = start(s, &saves);
    for (int i = 1; i <= 2; i++) { /* the second: still watched after the inode changed */
        sandbox_write(s, ".file.c.swp", "two");
        rename_over(s, ".file.c.swp");
        want_saves(&saves, i, A_BIT);
    }
    run_watch_stop(w);
}

/* vim with a backup: the old file moves away, a new one appears. */
static void test_moved_away_and_made_anew(void **state)
{
    struct sandbox *s = *state;
    struct saves saves = {0};
    sandbox_write(s, "file.c", "one");
    struct run_watch *w = start(s, &saves);
    char *path = sandbox_path(s, "file.c"), *backup = sandbox_path(s, "file.c~");
    assert_int_equal(rename(path, backup), 0);
    for (int i = 0; i < 3; i++)
        uv_run(&s->loop, UV_RUN_NOWAIT);
    sandbox_write(s, "file.c", "two");
    want_saves(&saves, 1, A_BIT);
    run_watch_stop(w);
    free(path);
    free(backup);
}

static void test_no_saves(void **state)
{
    struct sandbox *s = *state;
    struct saves saves = {0};
    sandbox_write(s, "file.c", "one");
    struct run_watch *w = start(s, &saves);
    char *path = sandbox_path(s, "file.c");
    sandbox_write(s, "other.c", "x");
    assert_int_equal(chmod(path, 0600), 0);
    want_saves(&saves, 0, A_LOOK);
    unlink(path);
    want_saves(&saves, 0, A_BIT);
    run_watch_stop(w);
    run_watch_stop(NULL);
    free(path);
}

/* The folder is not there yet: looking each second has to do. */
static void test_appears_later(void **state)
{
    struct sandbox *s = *state;
    struct saves saves = {.s = s};
    char *dir = sandbox_path(s, "later"), *path = path_join(dir, "file.c");
    struct run_watch *w = run_watch_start(&s->loop, path, on_changed, &saves);
    assert_int_equal(mkdir(dir, 0700), 0);
    sandbox_write(s, "later/file.c", "one");
    want_saves(&saves, 1, A_BIT);
    run_watch_stop(w);
    free(dir);
    free(path);
}

static void test_folder_made_anew(void **state)
{
    struct sandbox *s = *state;
    struct saves saves = {.s = s};
    char *dir = sandbox_path(s, "folder"), *path = path_join(dir, "file.c");
    assert_int_equal(mkdir(dir, 0700), 0);
    sandbox_write(s, "folder/file.c", "one");
    struct run_watch *w = run_watch_start(&s->loop, path, on_changed, &saves);
    for (int i = 1; i <= 2; i++) {
        assert_int_equal(unlink(path), 0);
        assert_int_equal(rmdir(dir), 0);
        assert_int_equal(mkdir(dir, 0700), 0);
        sandbox_write(s, "folder/file.c", "other");
        want_saves(&saves, i, A_BIT);
    }
    run_watch_stop(w);
    free(dir);
    free(path);
}

static struct run_watch *stopped;
static void stop_inside(void *data, const char *path)
{
    ((struct saves *)data)->count++;
    run_watch_stop(stopped);
}

static void test_stop_inside(void **state)
{
    struct sandbox *s = *state;
    struct saves saves = {.s = s};
    sandbox_write(s, "file.c", "one");
    char *path = sandbox_path(s, "file.c");
    stopped = run_watch_start(&s->loop, path, stop_inside, &saves);
    sandbox_write(s, "file.c", "two!");
    uv_run(&s->loop, UV_RUN_DEFAULT);
    assert_int_equal(saves.count, 1);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SANDBOX_TEST(test_written_in_place),
        SANDBOX_TEST(test_renamed_over),
        SANDBOX_TEST(test_moved_away_and_made_anew),
        SANDBOX_TEST(test_no_saves),
        SANDBOX_TEST(test_appears_later),
        SANDBOX_TEST(test_folder_made_anew),
        SANDBOX_TEST(test_stop_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
