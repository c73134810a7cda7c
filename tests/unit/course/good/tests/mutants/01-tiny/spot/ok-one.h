#define RACES_A "1-2"
