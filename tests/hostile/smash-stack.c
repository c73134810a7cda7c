// expect: crash
// Overwrites its own return address.
static void smash(void)
{
    long *frame = __builtin_frame_address(0);
    for (int i = 0; i < 4; i++)
        frame[i] = 0x4242424242424242;
}

int main(void)
{
    smash();
    return 0;
}
