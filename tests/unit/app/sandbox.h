/* A folder of its own for each test program, gone afterwards. */
#ifndef TEST_APP_SANDBOX_H
#define TEST_APP_SANDBOX_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

static char sandbox[64];

static int sandbox_make(void **state)
{
    (void)state;
    strcpy(sandbox, "/tmp/threadmill-test-XXXXXX");
    return mkdtemp(sandbox) ? 0 : -1;
}

static int sandbox_remove(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", sandbox);
    return system(command);
}

static inline char *in_sandbox(const char *name) { return path_join(sandbox, name); }

static inline void write_file(const char *name, const char *text)
{
    char *path = in_sandbox(name);
    if (!file_write_atomic(path, text, strlen(text), NULL))
        abort();
    free(path);
}

static inline char *read_back(const char *name)
{
    char *path = in_sandbox(name), *text = file_read(path, 1 << 20, NULL, NULL);
    free(path);
    return text;
}

#endif
