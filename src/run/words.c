/* words: see inside.h. */
#include "run/inside.h"

#include <stdlib.h>
#include <string.h>

void words_take(struct words *w, char *word)
{
    if (w->n + 1 >= w->cap) {
        w->cap = w->cap ? w->cap * 2 : 16;
        w->v = xrealloc(w->v, w->cap * sizeof *w->v);
    }
    w->v[w->n++] = word;
    w->v[w->n] = NULL;
}

void words_add(struct words *w, const char *word) { words_take(w, xstrdup(word)); }

void words_addf(struct words *w, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    words_take(w, strbuf_take(&b));
}

void words_add_all(struct words *w, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        words_add(w, list[i]);
}

void words_split(struct words *w, const char *text)
{
    static const char blank[] = " \t\n";
    for (text += strspn(text, blank); *text; text += strspn(text, blank)) {
        size_t n = strcspn(text, blank);
        words_take(w, xstrndup(text, n));
        text += n;
    }
}

uint64_t words_hash(const struct words *w, uint64_t seed)
{
    for (size_t i = 0; i < w->n; i++)
        seed = hash_bytes(w->v[i], strlen(w->v[i]) + 1, seed);
    return seed;
}

void words_fini(struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->v[i]);
    free(w->v);
    *w = (struct words){0};
}
