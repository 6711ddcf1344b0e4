"""Long work in a thread of the kernel, for GPU Doctor for JupyterLab.

The front end starts it with one request and asks for news with short ones, so that the kernel never waits for us: a user
who does not want to wait runs the cell at once. The work is stopped by a request too, never by an interrupt, which would
also reach processes that the user started. Nothing is stored anywhere but in the thread itself, which is found by its name.
Sent in front of the program that needs it. Standard library only, CPython 3.8 to 3.14.
"""

import threading


class Background(threading.Thread):
    """Runs work(report, stop), whose result can be JSON, until it is fetched. All names are in here: the program that follows
    has its own."""

    MIME = "application/vnd.jupyterlab-gpu-doctor.background+json"
    PREFIX = "gpu-doctor-"
    # A page that was closed asks for nothing any more.
    KEPT = 120.0  # seconds
    # Seconds before it begins. Work beside a cell would take the interpreter from the very messages that start the cell.
    HEAD_START = 0.0

    def __init__(self, key, work):
        super().__init__(name=self.PREFIX + key, daemon=True)
        self.work = work
        self.reports = []
        self.result = None
        self.stop = threading.Event()
        self.done = threading.Event()
        self.fetched = threading.Event()

    def run(self):
        """The work, then wait until somebody took its result."""
        try:
            self.stop.wait(self.HEAD_START)
            self.result = {"answer": self.work(self.reports.append, self.stop)}
        except BaseException as error:  # noqa: BLE001 - the front end has to hear of it
            self.result = {"error": f"{type(error).__name__}: {error}"}
        self.done.set()
        self.fetched.wait(self.KEPT)

    def news(self, nonce, seconds):
        """Publish the result, or how far the work is; waits for the result so many seconds."""
        try:
            self.done.wait(seconds)
        except KeyboardInterrupt:
            pass  # meant for what the user runs: the work goes on, and its answer is asked for again
        done = self.done.is_set()
        news = dict(self.result) if done else {"progress": self.reports[-1] if self.reports else None}
        from IPython.display import publish_display_data

        publish_display_data({self.MIME: {"nonce": nonce, **news}})
        if done:
            self.fetched.set()
