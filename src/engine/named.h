/* named: what stands before the message of a check: the belief under which the program would be right.
 *
 *   "M35: the tea was ordered ..."                          belief 35, in its own words
 *   "M35 if the tea were there at once: it was ordered ..." belief 35, in the words of this check
 *   "M00: ..."                                              none, not even that of the test
 *
 * Anything else is a message without a name. Pure; for the engine and the native run alike.
 */
#ifndef ENGINE_NAMED_H
#define ENGINE_NAMED_H

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define NAMED_WORDS 200 /* bytes of "right if ...", with the 0 */
#define NAMED_NONE 100  /* the check says that no belief fits */

struct named {
    uint64_t belief;         /* 1 to 99, NAMED_NONE; 0: not named */
    char words[NAMED_WORDS]; /* how "this would be right if ..." goes on; "": the belief's own words */
    const char *text;        /* the message itself: a part of what was given */
};

static inline struct named named_of(const char *text)
{
    struct named n = {.text = text};
    if (text[0] != 'M' || !isdigit((unsigned char)text[1]) || !isdigit((unsigned char)text[2]))
        return n;
    const char *rest = text + 3, *colon = strstr(rest, ": ");
    size_t words = strncmp(rest, " if ", 4) == 0 && colon ? (size_t)(colon - rest) - 4 : 0;
    if (!colon || (colon != rest && !words) || words >= NAMED_WORDS)
        return n;
    unsigned id = (unsigned)(text[1] - '0') * 10 + (unsigned)(text[2] - '0');
    n.belief = id ? id : NAMED_NONE;
    memcpy(n.words, colon - words, words);
    n.text = colon + 2;
    return n;
}

#endif
