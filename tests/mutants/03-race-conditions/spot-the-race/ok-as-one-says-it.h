/* ok: in words and blanks as one might write them */
#define RACES_A "10 - 17"
#define RACES_B "None"
#define RACES_C "NONE"
#define RACES_D "8-17"
#define RACES_E "10-16, 9-18"
