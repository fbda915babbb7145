// epoll, eventfd and accept4, which Swift's Glibc module leaves out. No logic lives here.
#ifndef CANARYGATE_CEPOLL_SHIM_H
#define CANARYGATE_CEPOLL_SHIM_H

#include <sys/epoll.h>
#include <sys/eventfd.h>

// Under a name of our own: the system's header declares it for some feature sets only.
int canarygate_accept4(int socket, void *address, void *length, int flags) __asm__("accept4");

#endif
