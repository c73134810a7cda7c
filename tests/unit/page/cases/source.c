    #include <stdio.h>   /* a comment
       over two lines */ int x = 0x1f;
    static const char *s = "a \"quoted\" string", c = '\'';

    for (size_t i = 0; i < 10u; i++) // the end of a line that is long
    	total_t += i;
