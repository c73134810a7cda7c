// expect: misuse not_initialised
#include <semaphore.h>

static sem_t s;

int main(void)
{
    sem_post(&s);
    return 0;
}
