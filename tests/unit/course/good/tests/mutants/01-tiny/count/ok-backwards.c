/* ok: backwards */
int count(void);
