"""`python -m tests.bench.sink PORT`: a mail server on this computer in a process of its own, until it is ended."""

import sys
import threading

from tests.smtp_sink import SmtpSink

if __name__ == "__main__":
    with SmtpSink(int(sys.argv[1])):
        threading.Event().wait()
