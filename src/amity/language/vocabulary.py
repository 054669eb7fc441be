"""What every model here stands on: the word pieces of one encoder, and a session that runs a graph."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from amity.errors import BadInput

MODEL_FOLDER = Path(__file__).resolve().parents[1] / "model"
# onnxruntime's fused operation for adding and normalising is several times slower on CPUs than the two it replaces.
SLOW_FUSIONS = ("SkipLayerNormFusion",)


class Vocabulary:
    """Words -> word pieces; `first` and `last` are the marks around a sentence."""

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        marks: list[Any] = [self._tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]")]
        self.first, self.last, self._unknown = (int(m) for m in marks)
        self.pieces = lru_cache(maxsize=100_000)(self._split_word)

    def _split_word(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids) or (self._unknown,)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The shipped vocabulary, loaded once a process."""
    return Vocabulary()


def open_session(graph: Path, threads: int) -> Any:
    """A graph ready to run on so many threads.

    Raises BadInput where the file is missing.
    """
    import onnxruntime

    if not graph.exists():
        raise BadInput(f"{graph}: got no model, allowed is a folder with {graph.name}; install amity again")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(SLOW_FUSIONS))
