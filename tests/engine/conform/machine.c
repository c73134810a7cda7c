// The machine and its mathematics.
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

int main(void)
{
    struct utsname u;
    setlinebuf(stdout);
    printf("%d %s %d\n", uname(&u), u.sysname, strlen(u.machine) > 3);
    printf("%.4f %.4f %.4f %ld\n", atan2(1, 2), cbrt(27), hypot(3, 4), lrint(2.6));
    return 0;
}
