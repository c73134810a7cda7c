/* tokens: which file and flags a replay token belongs to, remembered in the cache, so that
 * `threadmill replay TOKEN` works from anywhere.
 */
#ifndef APP_TOKENS_H
#define APP_TOKENS_H

#include "session/session.h"

struct token_origin {
    char *file;     /* absolute */
    char *exercise; /* id, or NULL for a program with main() */
    char *races;    /* "report" or "ignore" */
    char **cflags;
    size_t cflag_count;
    char *args; /* what main got, with blanks between; NULL = nothing */
};
void token_origin_fini(struct token_origin *o);

/* Failing to remember is no failure of a check: the token still works with the file named. */
void tokens_remember(const char *cache, const char *token, const struct token_origin *o);
/* Of a token of a drive. */
void tokens_remember_drive(const char *cache, const char *token, const struct target *t);
bool tokens_find(const char *cache, const char *token, struct token_origin *out);

#endif
