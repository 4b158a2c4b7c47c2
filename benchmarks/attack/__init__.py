"""`make attack`: what somebody hostile or careless does to a real server, and what is right then.

`python -m benchmarks.attack [--only WORD] [--database sqlite|postgresql]`. Every file in `holes/`
is one attack, a module with

- `NAME`: a short word, for `--only`;
- `DOES`: one sentence, what the attacker does;
- `RIGHT`: one sentence, what the right answer is;
- `attack(stand)`: does it to the running server of a `Stand` and yields a `Finding` for each thing
  it looked at.

Each attack has a server of its own (`gezhi serve` on a copy of the demo street without cases, on
SQLite and on PostgreSQL). `CASES = 60` asks for a street with so many cases (`None`: no street at
all), `SERVE = (...)` for other options of `gezhi serve`, `ENVIRONMENT = {...}` for other settings,
`PRODUCTION = True` (with `CASES = None`) for one behind a proxy. An attack that cannot fail
proves nothing: it should fail on a server without the guard it is about.
"""
