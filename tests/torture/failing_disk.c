/* A disk that fails: while the file named by FAIL_WHILE exists, or after FAIL_AFTER calls, writing
   to a case file and its journal gives the error FAIL_WITH. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static int fails(int fd) {
    char link[64], path[4096];
    const char *after = getenv("FAIL_AFTER"), *with = getenv("FAIL_WITH");
    const char *during = getenv("FAIL_WHILE");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (!strstr(path, ".hmip")) return 0;
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
int fsync(int fd) { return fails(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails(fd) ? -1 : REAL(fdatasync)(fd); }
