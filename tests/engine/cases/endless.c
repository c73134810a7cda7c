// expect: spin endless
int main(void)
{
    for (;;)
        ;
}
