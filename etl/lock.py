"""A lock that the system frees when the process dies, however it dies."""


def hold(descriptor: int) -> None:
    """Take the lock of an open file.

    Raises:
        OSError: another process has it.
    """
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
