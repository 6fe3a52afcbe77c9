"""What is worked out before anybody asks: tables of a whole release that a page shows a part of.

On a release of half a million figures each takes a second or more, once.
"""

import logging

from dashboard.explore import options
from indicators.catalogue import Catalogue
from indicators.conflicts import conflicts
from indicators.revisions import every_revision
from indicators.store import Store

log = logging.getLogger(__name__)


def work_out(store: Store, catalogue: Catalogue) -> None:
    """Fill what is kept of `store`; a fault here is logged, for the page that needs it will say it, too."""
    try:
        for indicator in catalogue:
            options.held(store, indicator)
        options.publications(store)
        conflicts(store)
        every_revision(store)
    except Exception:
        log.exception("release %s was not worked out ahead", store.release.id)
