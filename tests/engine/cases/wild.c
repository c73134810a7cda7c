// expect: crash wild_pointer
int main(void)
{
    int *p = (int *)0x12345678;
    *p = 1;
    return 0;
}
