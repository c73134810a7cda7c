// expect: crash
static int small[4];

int main(void)
{
    for (long i = 0;; i++)
        small[i] = 7;
}
