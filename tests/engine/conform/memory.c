// malloc and its relatives.
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    void *p = NULL;
    char *a = malloc(4), *z = calloc(3, 5);
    volatile size_t many = SIZE_MAX / 2 + 1;
    memcpy(a, "abc", 4);
    a = realloc(a, 100);
    printf("%s", a);
    printf(" %d", z[0] | z[14]);
    printf(" %d\n", malloc_usable_size(a) >= 100);
    errno = 0;
    printf("%d", calloc(many, 4) == NULL);
    printf(" %d", errno == ENOMEM);
    printf(" %d", reallocarray(NULL, many, 4) == NULL);
    printf(" %d\n", realloc(a, SIZE_MAX / 2) == NULL);
    printf("%d", posix_memalign(&p, 3, 10));
    printf(" %d", posix_memalign(&p, 24, 10));
    printf(" %d", posix_memalign(&p, 64, 10));
    printf(" %d\n", (int)((uintptr_t)p % 64));
    free(p);
    p = aligned_alloc(256, 512);
    printf("%d\n", (int)((uintptr_t)p % 256));
    free(p);
    free(a);
    free(z);
    free(NULL);
    p = realloc(NULL, 3);
    free(p);
    return 0;
}
