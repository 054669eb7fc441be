"""The reader's network: one small sentence encoder, read once, with a head for each question.

Input, per sentence: word-piece ids and letter shapes (T), and the place of each word's first piece
(W + 1, place 0 standing for the root). Output: part of speech, tag, lemma script and name scores per
word, arc scores (W, W + 1) and relation labels for every possible arc.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SHAPES = 6  # must equal the number of shapes in amity.language.words
ARC_SIZE, RELATION_SIZE, DROPOUT = 256, 96, 0.2


class Biaffine(nn.Module):
    """Scores of every (dependent, head) pair for each of `out` labels."""

    def __init__(self, size: int, out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out, size + 1, size + 1) * 0.02)

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(B, W, size), (B, W + 1, size) -> (B, out, W, W + 1)."""
        d = F.pad(dependents, (0, 1), value=1.0).unsqueeze(1)
        h = F.pad(heads, (0, 1), value=1.0).unsqueeze(1)
        return torch.matmul(torch.matmul(d, self.weight), h.transpose(-1, -2))


class Reader(nn.Module):
    """Encoder and heads; `sizes` maps upos, xpos, lemma, names, rels to their label counts."""

    def __init__(self, encoder: nn.Module, sizes: dict[str, int]) -> None:
        super().__init__()
        hidden = encoder.config.hidden_size
        self.encoder, self.drop = encoder, nn.Dropout(DROPOUT)
        self.shape = nn.Embedding(SHAPES, hidden)
        nn.init.zeros_(self.shape.weight)
        self.heads = nn.ModuleDict({k: nn.Linear(hidden, sizes[k]) for k in ("upos", "xpos", "lemma", "names")})
        self.arc_dep, self.arc_head = nn.Linear(hidden, ARC_SIZE), nn.Linear(hidden, ARC_SIZE)
        self.rel_dep, self.rel_head = nn.Linear(hidden, RELATION_SIZE), nn.Linear(hidden, RELATION_SIZE)
        self.arc, self.rel = Biaffine(ARC_SIZE, 1), Biaffine(RELATION_SIZE, sizes["rels"])

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Word vectors (B, W + 1, hidden), place 0 the root."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> dict[str, Tensor]:
        states = self.drop(self.encode(ids, shapes, mask, first))
        words = states[:, 1:]
        out = {key: head(words) for key, head in self.heads.items()}
        squash = F.gelu
        out["arcs"] = self.arc(self.drop(squash(self.arc_dep(words))), self.drop(squash(self.arc_head(states)))).squeeze(1)
        out["rels"] = self.rel(self.drop(squash(self.rel_dep(words))), self.drop(squash(self.rel_head(states))))
        return out
