"""Uploaded files -> the ledger, one after the other in a thread of its own; progress is told as it goes."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Sequence
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
    """One upload: the files sent, each step so far, whether it is done, and a fault in words."""

    id: str
    names: tuple[str, ...]
    steps: list[Progress] = field(default_factory=list)
    done: bool = False
    fault: str = ""


class Uploads:
    """The reader's thread and its jobs; the reader itself is loaded by the first of them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.pipeline = desk, Pipeline()
        self.worker = ThreadPoolExecutor(1, "amity-reader")
        self.jobs: dict[str, Job] = {}

    def start(self, files: Sequence[tuple[str, bytes]]) -> Job:
        """Files as sent, each with its name -> their job; reading goes on after the answer."""
        named = [(clean_name(name), content) for name, content in files]
        job = Job(secrets.token_hex(8), tuple(name for name, _ in named))
        self.jobs[job.id] = job
        for old in list(self.jobs)[:-MOST_JOBS]:
            del self.jobs[old]
        self.worker.submit(self.run, job, named)
        return job

    def run(self, job: Job, named: Sequence[tuple[str, bytes]]) -> None:
        """Read files into the ledger, each from a folder of its own, which is gone afterwards."""
        try:
            for name, content in named:
                with tempfile.TemporaryDirectory(prefix="amity-") as folder:
                    path = Path(folder) / name
                    path.write_bytes(content)
                    for step in read_into(self.desk.ledger, [path], self.pipeline):
                        job.steps.append(hide_folder(step, folder))
        except AmityError as error:
            job.fault = str(error)
        except Exception as error:  # whatever an article does to a reader, the desk stays up and says so
            job.fault = f"the reader failed ({type(error).__name__}) after {len(job.steps)} of {len(named)} files; what it had read is kept"
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
