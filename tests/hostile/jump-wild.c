// expect: crash
int main(void)
{
    void (*f)(void) = (void (*)(void))0x4141414141;
    f();
    return 0;
}
