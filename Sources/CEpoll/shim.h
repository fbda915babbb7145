// epoll and eventfd, which Swift's Glibc module leaves out. No logic lives here.
#ifndef CANARYGATE_CEPOLL_SHIM_H
#define CANARYGATE_CEPOLL_SHIM_H

#include <sys/epoll.h>
#include <sys/eventfd.h>

#endif
