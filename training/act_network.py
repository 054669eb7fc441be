"""The network of acts: the reader's encoder, told which words are parties, with a score for every (actor, type, recipient).

An act runs through a word: score(actor, type, recipient) = log sum over words of exp(the word states the type + the actor
does it + the recipient bears it), plus what the two parties' words say of each other. Where the word is labelled it is
trained on its own too; where only the parties are known, the sum finds it.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from network import SHAPES, Biaffine

# No party, first word of a party, later word of one; and the same in the sentences before.
MARKS, BEFORE = 6, 3
ROLE_SIZE, DROPOUT = 128, 0.15
# A pair of parties has this log-odds of any one type before anything is learnt.
RARE = -4.0


class ActReader(nn.Module):
    """Encoder and heads; `types` is the number of types."""

    def __init__(self, encoder: nn.Module, types: int) -> None:
        super().__init__()
        hidden = encoder.config.hidden_size
        self.encoder, self.drop = encoder, nn.Dropout(DROPOUT)
        self.shape, self.mark = nn.Embedding(SHAPES, hidden), nn.Embedding(MARKS, hidden)
        nn.init.normal_(self.mark.weight, std=0.02)
        self.trigger = nn.Linear(hidden, types)
        nn.init.constant_(self.trigger.bias, RARE)
        self.word, self.party = nn.Linear(hidden, 2 * ROLE_SIZE), nn.Linear(hidden, 2 * ROLE_SIZE)
        self.actor, self.recipient = Biaffine(ROLE_SIZE, 1), Biaffine(ROLE_SIZE, 1)
        self.doer, self.bearer, self.pair = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden), nn.Linear(hidden, types)
        nn.init.zeros_(self.pair.weight)
        nn.init.zeros_(self.pair.bias)

    def forward(self, b: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Padded batch, its spans (B, S, 2) by words -> scores of words and parties.

        Types of words (B, W, K), who does what a word states (B, W, S), who bears it (B, W, S), direct scores (B, S, S, K).
        """
        ids, first, last, spans = (b[k] for k in ("ids", "first", "last", "spans"))
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shape(b["shapes"]) + self.mark(b["marks"])
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=b["mask"]).last_hidden_state

        def pick(source: Tensor, places: Tensor) -> Tensor:
            return torch.gather(source, 1, places.unsqueeze(-1).expand(-1, -1, source.size(-1)))

        words = self.drop((pick(hidden, first) + pick(hidden, last)) * 0.5)
        parties = (pick(words, spans[..., 0]) + pick(words, spans[..., 1] - 1)) * 0.5
        as_word = self.drop(F.gelu(self.word(words))).split(ROLE_SIZE, -1)
        as_party = self.drop(F.gelu(self.party(parties))).split(ROLE_SIZE, -1)
        does, bears = (f(w, p).squeeze(1) for f, w, p in zip((self.actor, self.recipient), as_word, as_party, strict=True))
        both = F.gelu(self.doer(parties).unsqueeze(2) + self.bearer(parties).unsqueeze(1))
        return self.trigger(words), does, bears, self.pair(self.drop(both))


def join_scores(trigger: Tensor, does: Tensor, bears: Tensor, direct: Tensor, here: Tensor) -> Tensor:
    """Scores of words and parties, and which words there are (B, W) -> log-odds of acts (B, S, S, K)."""
    blocked = (1.0 - here.to(trigger.dtype)) * -1e4
    act = trigger + blocked.unsqueeze(-1)
    # (B, W, K) + (B, W, S) -> (B, W, S, 1, K) + (B, W, 1, S, 1)
    whole = (act.unsqueeze(2) + does.unsqueeze(-1)).unsqueeze(3) + bears.unsqueeze(2).unsqueeze(-1)
    return torch.logsumexp(whole, 1) + direct
