// expect: spin livelock
// Nobody will ever set it.
static volatile int ready;

int main(void)
{
    while (!ready)
        ;
    return 0;
}
