"""Pyodide derives a loop of events from this at its start; answers never wait."""


class AbstractEventLoop: ...


class DefaultEventLoopPolicy: ...


class Handle: ...


class Future:
    def __class_getitem__(cls, item):
        return cls


class Task(Future): ...


def run(main): ...


def sleep(delay): ...


def set_event_loop_policy(policy): ...


def _set_running_loop(loop): ...
