/* sandbox: a folder of its own for every test, files in it, and a loop. */
#ifndef TESTS_RUN_SANDBOX_H
#define TESTS_RUN_SANDBOX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/run.h"

struct sandbox {
    uv_loop_t loop;
    char dir[64];
    char engine[96], cache[96];
    struct run_paths paths;
};

static inline char *sandbox_path(struct sandbox *s, const char *name)
{
    return path_join(s->dir, name);
}

static inline void sandbox_write(struct sandbox *s, const char *name, const char *text)
{
    char *path = sandbox_path(s, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static inline void sandbox_script(struct sandbox *s, const char *name, const char *body)
{
    char *text = xasprintf("#!/bin/sh\n%s\n", body), *path = sandbox_path(s, name);
    sandbox_write(s, name, text);
    assert_int_equal(chmod(path, 0755), 0);
    free(text);
    free(path);
}

static inline int sandbox_open(void **state)
{
    struct sandbox *s = calloc(1, sizeof *s);
    strcpy(s->dir, "/tmp/threadmill-run-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    snprintf(s->engine, sizeof s->engine, "%s/threadmill-engine", s->dir);
    snprintf(s->cache, sizeof s->cache, "%s/cache", s->dir);
    s->paths = (struct run_paths){.engine = s->engine, .include = LAB_INCLUDE, .cache = s->cache};
    assert_int_equal(uv_loop_init(&s->loop), 0);
    *state = s;
    return 0;
}

/* What is stopped ends within the loop; nothing may be left open in it. */
static inline int sandbox_close(void **state)
{
    struct sandbox *s = *state;
    uv_run(&s->loop, UV_RUN_DEFAULT);
    int rc = uv_loop_close(&s->loop);
    char *command = xasprintf("rm -rf %s", s->dir);
    rc |= system(command);
    free(command);
    free(s);
    return rc;
}

#define SANDBOX_TEST(f) cmocka_unit_test_setup_teardown(f, sandbox_open, sandbox_close)

#endif
