"""Work that runs for the life of the process must also end with it."""

import asyncio


def asked_to_stop() -> bool:
    """Whether this task was cancelled, also when a library swallowed the cancellation.

    The Redis client does so now and then while it connects; a task that only waits for `CancelledError` then never
    ends, and neither does the loop that waits for it.
    """
    task = asyncio.current_task()
    return bool(task and task.cancelling())
