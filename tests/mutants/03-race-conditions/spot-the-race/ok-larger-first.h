/* ok: the larger line first */
#define RACES_A "17-10"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "17-8"
#define RACES_E "16-10 18-9"
