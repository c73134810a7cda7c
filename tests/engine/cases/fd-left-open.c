// expect: leak fd_left
#include <lab/check.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        return 1;
    close(ends[0]);
    lab_no_descriptors_left();
    return 0;
}
