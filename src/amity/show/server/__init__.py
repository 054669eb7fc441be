"""The live desk: a ledger -> pages on this machine, each also as JSON; needs the extra `amity[desk]`.

from amity.show.server.app import make_app
from amity.show.server.desk import Desk, DeskOptions

app = make_app(Desk("amity.db", DeskOptions()))
"""
