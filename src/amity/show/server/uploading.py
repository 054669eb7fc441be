"""Uploaded files -> the ledger, one after the other in a thread of its own; progress is told as it goes."""

from __future__ import annotations

import re
import secrets
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from amity.errors import AmityError
from amity.pipeline import Pipeline, Progress, read_into
from amity.show.server.desk import Desk

# What may stand in a file's name as documents keep it; the rest becomes a dash.
UNSAFE = re.compile(r"[^\w. ()\-]")
LONGEST_NAME = 120
# Runs whose outcome can still be looked up.
MOST_JOBS = 50


@dataclass(slots=True)
class Job:
    """One upload: what was sent, each step so far, whether it is done, and a fault in words."""

    id: str
    name: str
    steps: list[Progress] = field(default_factory=list)
    done: bool = False
    fault: str = ""


class Uploads:
    """The reader's thread and its jobs; the reader itself is loaded by the first of them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.pipeline = desk, Pipeline()
        self.worker = ThreadPoolExecutor(1, "amity-reader")
        self.jobs: dict[str, Job] = {}

    def start(self, name: str, content: bytes) -> Job:
        """A file as sent -> its job; reading goes on after the answer."""
        job = Job(secrets.token_hex(8), clean_name(name))
        self.jobs[job.id] = job
        for old in list(self.jobs)[:-MOST_JOBS]:
            del self.jobs[old]
        self.worker.submit(self.run, job, content)
        return job

    def run(self, job: Job, content: bytes) -> None:
        """Read one file into the ledger from a folder of its own, which is gone afterwards."""
        try:
            with tempfile.TemporaryDirectory(prefix="amity-") as folder:
                path = Path(folder) / job.name
                path.write_bytes(content)
                for step in read_into(self.desk.ledger, [path], self.pipeline):
                    job.steps.append(hide_folder(step, folder))
        except AmityError as error:
            job.fault = str(error)
        except Exception as error:  # whatever an article does to a reader, the desk stays up and says so
            job.fault = f"{job.name}: the reader failed on it ({type(error).__name__}); nothing of it was kept"
        finally:
            job.done = True

    def close(self) -> None:
        """Let the file that is being read end, and start no other."""
        self.worker.shutdown(wait=True, cancel_futures=True)


def clean_name(name: str) -> str:
    """A file's name as a browser sends it -> one that names no folder.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\\\news\\\\a<b>.html"), clean_name("..")
    ('passwd', 'a-b-.html', 'upload.txt')
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = UNSAFE.sub("-", last).strip(". ")
    if len(plain) > LONGEST_NAME:
        plain = Path(plain).stem[: LONGEST_NAME - 10] + Path(plain).suffix[:10]
    return plain or "upload.txt"


def hide_folder(step: Progress, folder: str) -> Progress:
    """A step -> the same without the folder in which the file lay."""
    if not step.unread:
        return step
    plain = replace(step.unread, reason=step.unread.reason.replace(folder, ""), remedy=step.unread.remedy.replace(folder, ""))
    return replace(step, unread=plain)
