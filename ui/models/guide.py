"""Which page of the guide fits the page of the program that is on screen."""

_FITTING = {
    "cases": "assessor.md",
    "case": "assessor.md#walk",
    "review": "assessor.md#sign-off",
    "set_up": "setting-up.md#steps",
    "team": "friday.md#merge",
    "results": "friday.md#results",
    "practice": "local-assessor.md#training",
    "compare": "local-assessor.md#training",
    "locked": "what-to-do.md#passphrase",
}
START = "start.md"


def fitting(page: str) -> str:
    """The place in the guide for a page of the program; for none, where everybody begins."""
    return _FITTING.get(page, START)
