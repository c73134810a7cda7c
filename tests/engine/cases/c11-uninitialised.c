// expect: misuse not_initialised
// A mutex of zeros is good enough for pthreads; <threads.h> promises nothing of the kind.
#include <threads.h>

static mtx_t m;

int main(void)
{
    mtx_lock(&m);
    mtx_unlock(&m);
    return 0;
}
