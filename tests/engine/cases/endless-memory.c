// expect: spin
static int x;

int main(void)
{
    for (;;)
        x++;
}
