// expect: pass none; complete
// A hash table of words with a lock for each bucket.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 4

typedef struct entry {
    char word[12];
    int count;
    struct entry *next;
} entry;

static struct {
    pthread_mutex_t lock;
    entry *first;
} table[BUCKETS];

static unsigned hash(const char *s)
{
    unsigned h = 5381;
    while (*s)
        h = h * 33 + (unsigned char)*s++;
    return h;
}

static void count_word(const char *word)
{
    unsigned b = hash(word) % BUCKETS;
    pthread_mutex_lock(&table[b].lock);
    entry *e = table[b].first;
    while (e && strcmp(e->word, word) != 0)
        e = e->next;
    if (e == NULL) {
        e = malloc(sizeof *e);
        strcpy(e->word, word);
        e->count = 0;
        e->next = table[b].first;
        table[b].first = e;
    }
    e->count++;
    pthread_mutex_unlock(&table[b].lock);
}

static const char *texts[2][3] = {{"so", "it", "goes"}, {"so", "on", "and"}};

static void *reader(void *arg)
{
    const char **text = arg;
    for (int i = 0; i < 3; i++)
        count_word(text[i]);
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    int words = 0;
    for (int b = 0; b < BUCKETS; b++)
        pthread_mutex_init(&table[b].lock, NULL);
    for (int i = 0; i < 2; i++)
        if (pthread_create(&t[i], NULL, reader, texts[i]) != 0) {
            perror("pthread_create");
            return 2;
        }
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    for (int b = 0; b < BUCKETS; b++) {
        for (entry *e = table[b].first, *next; e; e = next) {
            printf("%-6s %d\n", e->word, e->count);
            words += e->count;
            next = e->next;
            free(e);
        }
        pthread_mutex_destroy(&table[b].lock);
    }
    return words == 6 ? EXIT_SUCCESS : EXIT_FAILURE;
}
