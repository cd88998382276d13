"""The key under which texts are sketched: for somebody who is logged in and has a text in hand."""

from tanxin.core.vault.keys import Label
from tanxin.core.vault.wire import to_text
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.sessions import live_session


def sketch_key(keeper: Keeper, args: Arguments) -> Result:
    """It opens nothing; with it texts can be tried against sketches, so a dump alone cannot.

    A keeper that believes the web gives it without a login too, for a demo's past.
    """
    kept, token = keeper.realms.get(args.uuid("realm")), args.text("session")
    if token or not keeper.believe_web:
        with kept.store.reading() as db:
            live_session(db, token, keeper.clock(), keeper.limits)
    current = kept.current
    return {"version": current.version, "key": to_text(current.derive(Label.SKETCH))}
