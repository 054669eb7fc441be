"""The live desk: a ledger -> pages on this machine, each also as JSON; needs the extra `amity[desk]`.

from amity.show.server.desk import Desk
from amity.show.server.pages import make_app

app = make_app(Desk("amity.db"), DeskOptions())
"""
