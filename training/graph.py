"""The reader as one lean graph for the run time: the trained network with its matrices joined.

The same numbers as `network.Reader` in float32, in far fewer and larger operations: one product for query, key and
value, one for all heads of a word, one for the relations.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from network import WORD_HEADS, Reader


def split_last(weight: Tensor) -> tuple[nn.Linear, nn.Linear]:
    """Bilinear weights (out, size + 1, size + 1) -> maps of the dependent to what meets the head, and to what stands alone."""
    out, full, _ = weight.shape
    size = full - 1
    meets, alone = nn.Linear(size, out * size), nn.Linear(size, out)
    meets.weight.data = weight[:, :-1, :-1].permute(0, 2, 1).reshape(out * size, size).contiguous()
    meets.bias.data = weight[:, -1, :-1].reshape(out * size).contiguous()
    alone.weight.data, alone.bias.data = weight[:, :-1, -1].contiguous(), weight[:, -1, -1].clone()
    return meets, alone


class Layer(nn.Module):
    """One encoder layer, with query, key and value in one product."""

    def __init__(self, source: nn.Module, heads: int) -> None:
        super().__init__()
        inner, self.heads = source.attention.self, heads
        self.hidden = inner.query.in_features
        self.size = self.hidden // heads
        # The scale of the attention is worked into the query.
        sides = ((inner.query, self.size**-0.5), (inner.key, 1.0), (inner.value, 1.0))
        self.weight = nn.Parameter(torch.cat([s.weight * k for s, k in sides]).t().contiguous())
        self.bias = nn.Parameter(torch.cat([s.bias * k for s, k in sides]))
        self.out, self.norm = source.attention.output.dense, source.attention.output.LayerNorm
        self.wide, self.narrow, self.last_norm = source.intermediate.dense, source.output.dense, source.output.LayerNorm

    def forward(self, x: Tensor, blocked: Tensor) -> Tensor:
        """(B, T, H), (B, 1, 1, T) -> (B, T, H)."""
        batch, pieces, _ = x.shape
        turned = torch.matmul(x, self.weight) + self.bias
        query, key, value = (t.reshape(batch, pieces, self.heads, self.size).permute(0, 2, 1, 3) for t in turned.split(self.hidden, dim=-1))
        weights = (torch.matmul(query, key.transpose(-1, -2)) + blocked).softmax(-1)
        mixed = torch.matmul(weights, value).permute(0, 2, 1, 3).reshape(batch, pieces, self.hidden)
        x = self.norm(x + self.out(mixed))
        return self.last_norm(x + self.narrow(F.gelu(self.wide(x))))


class Graph(nn.Module):
    """The reader with what can be decided inside the graph decided: labels, and a relation for every arc."""

    def __init__(self, reader: Reader, root: int) -> None:
        super().__init__()
        body = reader.encoder
        self.words, self.shapes, self.root = body.embeddings.word_embeddings, reader.shape, root
        places = body.embeddings.position_embeddings.weight + body.embeddings.token_type_embeddings.weight[0]
        self.places, self.norm = nn.Parameter(places), body.embeddings.LayerNorm
        self.layers = nn.ModuleList(Layer(s, body.config.num_attention_heads) for s in body.encoder.layer)
        sides = (reader.arc_dep, reader.arc_head, reader.rel_dep, reader.rel_head)
        parts = [reader.heads[k] for k in WORD_HEADS] + list(sides)
        self.sizes = [p.out_features for p in parts]
        self.joined = nn.Linear(body.config.hidden_size, sum(self.sizes))
        self.joined.weight.data = torch.cat([p.weight for p in parts])
        self.joined.bias.data = torch.cat([p.bias for p in parts])
        self.arc, self.lone_arc = split_last(reader.arc.weight)
        self.relation, self.lone_relation = split_last(reader.rel.weight)
        # Arcs from place 0 are roots; no other arc is.
        self.lone_relation.bias.data[root] -= 1e4

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Padded batch -> upos, xpos, lemma (B, W), name and quotation scores (B, W, N), arc scores (B, W, W + 1), relations of arcs."""
        x = self.norm(self.words(ids) + self.shapes(shapes) + self.places[: ids.size(1)])
        blocked = (1.0 - mask.to(x.dtype)).unsqueeze(1).unsqueeze(1) * -1e4
        for layer in self.layers:
            x = layer(x, blocked)

        def pick(places: Tensor) -> Tensor:
            return torch.gather(x, 1, places.unsqueeze(-1).expand(-1, -1, x.size(-1)))

        states = (pick(first) + pick(last)) * 0.5
        parts = self.joined(states).split(self.sizes, dim=-1)
        upos, xpos, lemma, names, quotes = (p[:, 1:] for p in parts[:5])
        arc_dep, arc_head, rel_dep, rel_head = (F.gelu(p) for p in parts[5:])
        arcs, rels = self.score_arcs(arc_dep[:, 1:], arc_head), self.choose_relations(rel_dep[:, 1:], rel_head)
        return upos.argmax(-1), xpos.argmax(-1), lemma.argmax(-1), names, quotes, arcs, rels

    def score_arcs(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(B, W, A), (B, W + 1, A) -> (B, W, W + 1)."""
        return torch.matmul(self.arc(dependents), heads.transpose(-1, -2)) + self.lone_arc(dependents)

    def choose_relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Best relation of every pair; the root relation for the arcs from place 0."""
        batch, words, size = dependents.shape
        kinds = self.lone_relation.out_features
        turned = self.relation(dependents).reshape(batch, words * kinds, size)
        scores = torch.matmul(turned, heads[:, 1:].transpose(-1, -2)).reshape(batch, words, kinds, words)
        others = (scores + self.lone_relation(dependents).unsqueeze(-1)).argmax(2)
        return torch.cat([torch.full_like(others[..., :1], self.root), others], dim=-1)
