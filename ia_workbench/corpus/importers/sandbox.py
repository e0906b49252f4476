"""Shutting a process in before it looks at a file: limits that hold everywhere, and a list of system calls on Linux.

Nothing here needs a privilege, and nothing can be taken back by the process that did it.
"""

import ctypes
import encodings
import importlib
import importlib.util
import os
import pkgutil
import platform
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

# Windows has no such limits.
resource: Any = importlib.import_module("resource") if importlib.util.find_spec("resource") else None


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: seconds on the clock and of a processor, and bytes of address space."""

    seconds: float = 60
    cpu_seconds: int = 60
    memory: int = 1_000_000_000


def load_encodings() -> None:
    """Load every encoding of text: a process that is shut in can open none when a file asks for it."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # those of Windows alone
            importlib.import_module(f"encodings.{module.name}")


def shut_in(limits: Limits) -> None:
    """Bound this process for good: time, memory, no file written or opened, no process started, no network.

    Every library must be loaded and every file open by now. What a platform does not know is left out.
    """
    os.umask(0o077)
    with suppress(AttributeError):  # a second clock, should whoever watches the first be gone
        signal.alarm(int(limits.seconds) + 5)
    if resource is not None:
        for name, most in _resource_limits(limits).items():
            with suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (most, most))
    if sys.platform == "linux":
        _die_with_parent()
        _allow_few_system_calls()


def _resource_limits(limits: Limits) -> dict[str, int]:
    """The limits that the system keeps. With no descriptor to be had, no file and no connection can be opened."""
    return {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_AS": limits.memory,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 0,
    }


# ---------------------------------------------------------------- Linux alone

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SECCOMP_MODE_FILTER = 2
LOAD, EQUALS, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06  # instructions of the classic packet filter
NUMBER_AT, MACHINE_AT = 0, 4  # in what the filter is given
ALLOW, NOT_PERMITTED, KILL = 0x7FFF0000, 0x00050001, 0x80000000
FOREIGN_CALLS = 0x40000000  # from here on x86 counts calls of another convention

# What a reader that has its bytes and its libraries needs: memory, the clock, its own signals, its one connection.
# Numbers of <asm/unistd.h>: read write close fstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask
# rt_sigreturn readv writev select sched_yield mremap madvise nanosleep getitimer alarm setitimer getpid sendto
# recvfrom sendmsg recvmsg shutdown exit uname gettimeofday getrusage sysinfo times sigaltstack time gettid futex
# sched_getaffinity restart_syscall clock_gettime clock_getres clock_nanosleep exit_group getrandom membarrier rseq.
MACHINES: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        (0, 1, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 19, 20, 23, 24, 25, 28, 35, 36, 37, 38, 39, 44, 45, 46, 47, 48,
         60, 63, 96, 98, 99, 100, 131, 186, 201, 202, 204, 219, 228, 229, 230, 231, 318, 324, 334),
    ),
    "aarch64": (
        0xC00000B7,
        (57, 62, 63, 64, 65, 66, 72, 73, 80, 93, 94, 98, 101, 102, 103, 113, 114, 115, 123, 124, 128, 132, 134, 135,
         139, 153, 160, 165, 169, 172, 178, 179, 206, 207, 210, 211, 212, 214, 215, 216, 222, 226, 233, 278, 283, 293),
    ),
}  # fmt: skip


class Instruction(ctypes.Structure):
    """One instruction of the filter, `struct sock_filter`."""

    _fields_ = (
        ("code", ctypes.c_ushort),
        ("on_true", ctypes.c_ubyte),
        ("on_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class Filter(ctypes.Structure):
    """The whole filter, `struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.POINTER(Instruction)))


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _allow_few_system_calls() -> None:
    """Answer every system call outside the list with "not permitted"; of a machine without a list, do nothing."""
    if platform.machine() not in MACHINES or sys.maxsize < 2**32:
        return
    machine, allowed = MACHINES[platform.machine()]
    steps = [
        (LOAD, 0, 0, MACHINE_AT),
        (EQUALS, 1, 0, machine),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, 0, 1, FOREIGN_CALLS),
        (ANSWER, 0, 0, NOT_PERMITTED),
    ]
    for number in allowed:
        steps += [(EQUALS, 0, 1, number), (ANSWER, 0, 0, ALLOW)]
    steps.append((ANSWER, 0, 0, NOT_PERMITTED))
    program = (Instruction * len(steps))(*(Instruction(*step) for step in steps))
    library = ctypes.CDLL(None)
    if library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        library.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(Filter(len(steps), program)), 0, 0)
