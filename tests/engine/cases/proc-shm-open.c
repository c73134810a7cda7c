// expect: pass none; complete
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct box {
    sem_t full;
    int value;
};

static struct box *open_box(int flags)
{
    int fd = shm_open("/box", flags, 0600);
    if (fd < 0 || (flags & O_CREAT && ftruncate(fd, sizeof(struct box)) != 0))
        return NULL;
    struct box *b = mmap(NULL, sizeof *b, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return b;
}

int main(void)
{
    struct box *b = open_box(O_CREAT | O_EXCL | O_RDWR);
    if (!b || sem_init(&b->full, 1, 0) != 0)
        return 1;
    if (fork() == 0) {
        struct box *mine = open_box(O_RDWR);
        mine->value = 7;
        sem_post(&mine->full);
        munmap(mine, sizeof *mine);
        _exit(0);
    }
    sem_wait(&b->full);
    int got = b->value;
    wait(NULL);
    munmap(b, sizeof *b);
    return got != 7 || shm_unlink("/box") != 0 || open_box(O_RDWR) != NULL;
}
