/* ok: pairs in another order */
#define RACES_A "10-17"
#define RACES_B "none"
#define RACES_C "none"
#define RACES_D "8-17"
#define RACES_E "9-18 10-16"
