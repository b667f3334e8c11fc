/* A disk that fails: while the file named by FAIL_WHILE exists, or after FAIL_AFTER calls, writing
   to a case file and its journal gives the error FAIL_WITH. Where FAIL_READING is a number of
   bytes, the file FAIL_IN cannot be read in the page there. Where SLOW is a number of microseconds,
   each syncing takes that long. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static int is_of(int fd, const char *part) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return part && strstr(path, part) != 0;
}

static int cannot_be_read(int fd, off_t at, size_t size) {
    const char *bad = getenv("FAIL_READING");
    if (!bad || at < 0 || !is_of(fd, getenv("FAIL_IN"))) return 0;
    if (at >= atol(bad) + 4096 || at + (off_t)size <= atol(bad)) return 0;
    errno = EIO;
    return 1;
}

static int fails(int fd) {
    const char *after = getenv("FAIL_AFTER"), *with = getenv("FAIL_WITH");
    const char *during = getenv("FAIL_WHILE");
    if (!after && !during) return 0;
    if (!is_of(fd, ".hmip")) return 0;
    if (after ? calls++ < atoi(after) : !during || access(during, F_OK)) return 0;
    errno = with ? atoi(with) : EIO;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    return fails(fd) ? -1 : REAL(pwrite)(fd, from, size, at);
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    return fails(fd) ? -1 : REAL(pwrite64)(fd, from, size, at);
}
ssize_t write(int fd, const void *from, size_t size) {
    return fails(fd) ? -1 : REAL(write)(fd, from, size);
}
ssize_t pread(int fd, void *to, size_t size, off_t at) {
    return cannot_be_read(fd, at, size) ? -1 : REAL(pread)(fd, to, size, at);
}
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    return cannot_be_read(fd, at, size) ? -1 : REAL(pread64)(fd, to, size, at);
}
ssize_t read(int fd, void *to, size_t size) {
    return cannot_be_read(fd, lseek(fd, 0, SEEK_CUR), size) ? -1 : REAL(read)(fd, to, size);
}
static void slowly(void) {
    const char *slow = getenv("SLOW");
    if (slow) usleep(atol(slow));
}

int fsync(int fd) {
    slowly();
    return fails(fd) ? -1 : REAL(fsync)(fd);
}
int fdatasync(int fd) {
    slowly();
    return fails(fd) ? -1 : REAL(fdatasync)(fd);
}
