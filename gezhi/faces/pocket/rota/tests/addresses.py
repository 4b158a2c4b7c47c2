"""What the walk of `tests/access` puts into the addresses of this room: what `desk/rota` furnished."""

SEVERAL = {
    "pocket:rota_swap_deed": ("<slug:deed>", ["agree", "refuse", "withdraw"]),
    "pocket:rota_call": ("<slug:deed>", ["answer", "decline"]),
}
