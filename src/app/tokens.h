/* tokens: which file and flags a replay token belongs to, remembered in the cache, so that
 * `threadmill replay TOKEN` works from anywhere.
 */
#ifndef APP_TOKENS_H
#define APP_TOKENS_H

#include "base/base.h"

struct token_origin {
    char *file;     /* absolute */
    char *exercise; /* id, or NULL for a program with main() */
    char *races;    /* "report" or "ignore" */
    char **cflags;
    size_t cflag_count;
};
void token_origin_fini(struct token_origin *o);

/* Failing to remember is no failure of a check: the token still works with the file named. */
void tokens_remember(const char *cache, const char *token, const struct token_origin *o);
bool tokens_find(const char *cache, const char *token, struct token_origin *out);

#endif
