// expect: race data_race; preemptions <= 1
// The search for the place is outside the lock.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
    int key;
    struct node *next;
};

static struct node *head;
static pthread_mutex_t list_lock = PTHREAD_MUTEX_INITIALIZER;

static void insert(int key)
{
    struct node *n = malloc(sizeof(struct node));
    n->key = key;
    struct node **p = &head;
    while (*p && (*p)->key < key)
        p = &(*p)->next;
    pthread_mutex_lock(&list_lock);
    n->next = *p;
    *p = n;
    pthread_mutex_unlock(&list_lock);
}

static void *odd(void *arg)
{
    for (int k = 1; k <= 5; k += 2)
        insert(k);
    return arg;
}

static void *even(void *arg)
{
    for (int k = 2; k <= 4; k += 2)
        insert(k);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, odd, NULL);
    pthread_create(&b, NULL, even, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    int expected = 1;
    while (head) {
        struct node *gone = head;
        printf("%d ", gone->key);
        assert(gone->key == expected++);
        head = gone->next;
        free(gone);
    }
    printf("\n");
    assert(expected == 6);
    return 0;
}
