// expect: crash|spin
// Writes upwards through the whole stack and beyond.
int main(void)
{
    char room[8];
    for (long i = 0;; i++)
        room[i] = 1;
}
