/* A disk that notes down, in RECORD_TO, what is done to files under RECORD_UNDER: every writing,
   cutting, syncing, renaming and removing, in order. What came of a power cut is made of it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int under(const char *path) {
    const char *place = getenv("RECORD_UNDER");
    return place && !strncmp(path, place, strlen(place));
}

/* kind, length of the name, place, length of the data; the name; the data */
static void note(char kind, const char *path, int64_t at, const void *data, int64_t size) {
    static int log = -1;
    int64_t head[4] = {kind, (int64_t)strlen(path), at, size};
    if (log < 0) log = syscall(SYS_openat, AT_FDCWD, getenv("RECORD_TO"),
                               O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    syscall(SYS_write, log, head, sizeof head);
    syscall(SYS_write, log, path, head[1]);
    if (data && size) syscall(SYS_write, log, data, size);
}

static int named(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return under(path);
}

static void note_fd(char kind, int fd, int64_t at, const void *data, int64_t size) {
    char path[4096];
    if (named(fd, path, sizeof path)) note(kind, path, at, data, size);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    ssize_t done = REAL(pwrite)(fd, from, size, at);
    if (done > 0) note_fd('w', fd, at, from, done);
    return done;
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    ssize_t done = REAL(pwrite64)(fd, from, size, at);
    if (done > 0) note_fd('w', fd, at, from, done);
    return done;
}
ssize_t write(int fd, const void *from, size_t size) {
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, from, size);
    if (done > 0 && at >= 0) note_fd('w', fd, at, from, done);
    return done;
}
int ftruncate(int fd, off_t size) {
    int done = REAL(ftruncate)(fd, size);
    if (!done) note_fd('t', fd, size, 0, 0);
    return done;
}
int ftruncate64(int fd, off64_t size) {
    int done = REAL(ftruncate64)(fd, size);
    if (!done) note_fd('t', fd, size, 0, 0);
    return done;
}
int fsync(int fd) {
    int done = REAL(fsync)(fd);
    if (!done) note_fd('s', fd, 0, 0, 0);
    return done;
}
int fdatasync(int fd) {
    int done = REAL(fdatasync)(fd);
    if (!done) note_fd('s', fd, 0, 0, 0);
    return done;
}
int unlink(const char *path) {
    int done = REAL(unlink)(path);
    if (!done && under(path)) note('u', path, 0, 0, 0);
    return done;
}
int rename(const char *old, const char *new) {
    int done = REAL(rename)(old, new);
    if (!done && under(new)) note('r', old, 0, new, strlen(new));
    return done;
}
