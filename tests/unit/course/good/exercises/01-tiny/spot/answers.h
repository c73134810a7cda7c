#define RACES_A "none"
