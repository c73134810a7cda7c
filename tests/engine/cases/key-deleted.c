// expect: misuse key_unknown
// A key that was deleted is none.
#include <pthread.h>

int main(void)
{
    pthread_key_t key;
    pthread_key_create(&key, NULL);
    pthread_key_delete(key);
    return pthread_setspecific(key, &key);
}
