// expect: pass none; complete
// A tree walk that calls itself under a recursive lock.
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct tree {
    int value;
    struct tree *left, *right;
};

static pthread_mutex_t lock;
static struct tree *root;

static void insert(struct tree **where, int value)
{
    pthread_mutex_lock(&lock);
    if (*where == NULL) {
        *where = calloc(1, sizeof **where);
        (*where)->value = value;
    } else {
        insert(value < (*where)->value ? &(*where)->left : &(*where)->right, value);
    }
    pthread_mutex_unlock(&lock);
}

static int sum_and_free(struct tree *t)
{
    if (t == NULL)
        return 0;
    int sum = t->value + sum_and_free(t->left) + sum_and_free(t->right);
    free(t);
    return sum;
}

static void *grow(void *arg)
{
    int *values = arg;
    for (int i = 0; i < 3; i++)
        insert(&root, values[i]);
    return NULL;
}

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attr);
    pthread_mutexattr_destroy(&attr);
    int a[] = {5, 2, 8}, b[] = {1, 9, 4};
    pthread_t t, u;
    pthread_create(&t, NULL, grow, a);
    pthread_create(&u, NULL, grow, b);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    assert(sum_and_free(root) == 29);
    pthread_mutex_destroy(&lock);
    return 0;
}
