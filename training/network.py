"""The reader's network: one small sentence encoder, read once, with a head for each question.

Input, per sentence: word-piece ids and letter shapes (T), and the places of each word's first and last
piece (W + 1, place 0 standing for the root). Output: part of speech, tag, lemma script, name and quotation scores
per word, arc scores (W, W + 1) and relation labels for every possible arc.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SHAPES = 6  # must equal the number of shapes in amity.language.words
ARC_SIZE, RELATION_SIZE, DROPOUT = 256, 96, 0.2
WORD_HEADS = ("upos", "xpos", "lemma", "names", "quotes")


class Biaffine(nn.Module):
    """Scores of (dependent, head) pairs for each of `out` labels."""

    def __init__(self, size: int, out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out, size + 1, size + 1) * 0.02)

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Every pair: (B, W, size), (B, W + 1, size) -> (B, out, W, W + 1)."""
        d = F.pad(dependents, (0, 1), value=1.0).unsqueeze(1)
        h = F.pad(heads, (0, 1), value=1.0).unsqueeze(1)
        return torch.matmul(torch.matmul(d, self.weight), h.transpose(-1, -2))

    def score_pairs(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Given pairs only: (N, size), (N, size) -> (N, out)."""
        d, h = F.pad(dependents, (0, 1), value=1.0), F.pad(heads, (0, 1), value=1.0)
        out, size, _ = self.weight.shape
        turned = torch.matmul(d, self.weight.permute(1, 0, 2).reshape(size, out * size)).view(-1, out, size)
        return torch.matmul(turned, h.unsqueeze(-1)).squeeze(-1)


class Reader(nn.Module):
    """Encoder and heads; `sizes` maps the word heads and rels to their label counts; the teacher has no quotations."""

    def __init__(self, encoder: nn.Module, sizes: dict[str, int]) -> None:
        super().__init__()
        hidden = encoder.config.hidden_size
        self.encoder, self.drop = encoder, nn.Dropout(DROPOUT)
        self.shape = nn.Embedding(SHAPES, hidden)
        nn.init.zeros_(self.shape.weight)
        self.heads = nn.ModuleDict({k: nn.Linear(hidden, sizes[k]) for k in WORD_HEADS if k in sizes})
        self.arc_dep, self.arc_head = nn.Linear(hidden, ARC_SIZE), nn.Linear(hidden, ARC_SIZE)
        self.rel_dep, self.rel_head = nn.Linear(hidden, RELATION_SIZE), nn.Linear(hidden, RELATION_SIZE)
        self.arc, self.rel = Biaffine(ARC_SIZE, 1), Biaffine(RELATION_SIZE, sizes["rels"])

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Word vectors (B, W + 1, hidden), the mean of a word's first and last piece; place 0 the root."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

        def pick(places: Tensor) -> Tensor:
            return torch.gather(hidden, 1, places.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))

        return (pick(first) + pick(last)) * 0.5

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Scores of every head for every word and every arc."""
        states = self.drop(self.encode(ids, shapes, mask, first, last))
        out = self.score_words(states)
        dep, head = self._relation_sides(states)
        out["rels"] = self.rel(dep, head)
        return out

    def score_words(self, states: Tensor) -> dict[str, Tensor]:
        """Word vectors -> scores of the word heads, and arcs (B, W, W + 1)."""
        words = states[:, 1:]
        out = {key: head(words) for key, head in self.heads.items()}
        out["arcs"] = self.arc(self.drop(F.gelu(self.arc_dep(words))), self.drop(F.gelu(self.arc_head(states)))).squeeze(1)
        return out

    def score_relations(self, states: Tensor, heads: Tensor) -> Tensor:
        """Word vectors and one head for each word -> relation scores of those arcs (B, W, R)."""
        dep, head = self._relation_sides(states)
        at_head = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.size(-1)))
        return self.rel.score_pairs(dep.flatten(0, 1), at_head.flatten(0, 1)).view(*heads.shape, -1)

    def _relation_sides(self, states: Tensor) -> tuple[Tensor, Tensor]:
        return self.drop(F.gelu(self.rel_dep(states[:, 1:]))), self.drop(F.gelu(self.rel_head(states)))
