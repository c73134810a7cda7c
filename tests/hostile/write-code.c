// expect: crash read_only
int main(void)
{
    *(char *)main = 0;
    return 0;
}
