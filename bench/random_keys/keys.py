"""Which keys are pressed: every key of every command, words, and short ways into what single keys seldom reach."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from bench.random_keys.acts import Act, Press, Signal, Size, Touch, Typed, letters
from bench.random_keys.visits import Visits, more, steps, visit
from bench.random_keys.words import ODD, line, paste, words
from tui.commands.registry import COMMANDS

_MOVES = (
    "j", "k", "j", "k", "down", "up", "space", "pagedown", "pageup", "ctrl+d", "ctrl+u", "G", "home", "end", "tab",
    "enter", "enter", "l", "h", "J", "K", "w", "w", "b", "n", "N", "left", "right", "j" * 30, "k" * 30, "w" * 12,
)  # fmt: skip

_SAID = "..."
"""Stands for words in the ways below; what is in quotation marks is typed as well."""

_WAYS = (
    "t ... enter", "t + ... enter", "a ... esc", "a ... enter ... esc", "1", "2", "3 ... enter", "s", "r", "u", "u",
    "ctrl+r", "enter v j enter", "v p a ... esc", "v t ... enter", "v w 1", "enter w x 1", "w x 3", "w c 1 1",
    "v w w + enter enter", "w m enter enter", "w m ... enter enter", "w enter t ... enter", "w enter a ... esc",
    "f ... enter", "f ... enter S ... enter", "esc esc", "* t ... enter y", "* 1 1", "space space s", "V j V r",
    "D '2017-03-20' enter", "] n enter ... esc", "] n X", "] n t ... enter", "ctrl+t r ... enter y", "ctrl+t d y",
    "ctrl+t j 4", "U j enter", "U u", "ctrl+x d", "B a ... esc", "B j d", "B t ... enter", "B P", "E M x", "E M n",
    "E M u backspace", "E space j space F", "g m + enter", "W y", ": ... enter", ": 'saved' enter", "o ... enter",
    "O j enter", "i j enter", ": 'export' enter enter enter enter", "| ... enter", "| 'json: wc -c' enter", "A",
    "T 1 1 T", "/ ... enter n", "? / ... enter", "esc esc esc h", "a ... ctrl+e", "a ... ctrl+z ... esc", "; a",
    "; backspace", "L l", "L y", "v y", "y", "; ... esc", "t ... ctrl+c", "f ... backspace backspace ... enter",
    "a ... backspace backspace left left delete up home ctrl+k ... esc", "enter v p enter ] n a ... esc", "q",
    "ctrl+o", "w * * #", "] p [ o ] g", "f 'is:starred' enter * 2 y esc", "a shift+left shift+left ctrl+c esc",
    ": tab enter", ": up enter",
)  # fmt: skip

_ALL = tuple(dict.fromkeys(keys for command in COMMANDS for keys in command.keys))
_EDGES = ((20, 6), (300, 90), (40, 12), (80, 24), (120, 40), (20, 90), (300, 6))


class Keys:
    """Acts without end, the same for the same chance."""

    def __init__(
        self,
        chance: random.Random,
        visits: Visits,
        *,
        sizes: bool = True,
        signals: bool = True,
        files: bool = False,
    ) -> None:
        self._chance, self._visits = chance, visits
        self._sizes, self._signals, self._files = sizes, signals, files
        self.columns, self.lines = 80, 24
        """The window's size as it is now, for the mouse."""
        kinds: tuple[tuple[float, Callable[[], Press]], ...] = (
            (0.21, lambda: letters(*chance.choice(_ALL).split())),
            (0.15, lambda: (chance.choice(_MOVES),)),
            (0.24, self._way),
            (0.12, self._visit),
            (0.06, self._line),
            (0.06, lambda: (chance.choice(("esc", "enter")),)),
            (0.03, lambda: letters(Typed(words(chance)))),
            (0.03, lambda: (paste(chance),)),
            (0.05, self._mouse),
            (0.02, lambda: (chance.choice(ODD),)),
            (0.03 if sizes else 0.0, lambda: (self._size(),)),
            (0.02 if signals else 0.0, lambda: (self._signal(),)),
            (0.04 if files else 0.0, lambda: (Touch(chance.randrange(1 << 30)),)),
        )
        self._weights, self._kinds = zip(*kinds, strict=True)

    def __iter__(self) -> Iterator[Press]:
        while True:
            yield self._chance.choices(self._kinds, self._weights)[0]()

    def _way(self) -> Press:
        chance = self._chance
        first: Press = ()
        if chance.random() < 0.6:  # from wherever that was
            first = ("esc", "esc", chance.choice(("esc", "q")) if chance.random() < 0.1 else "esc")
        acts = list(first)
        for step in steps(chance.choice(_WAYS)):
            if step == _SAID:
                pasted = chance.random() < 0.1
                acts += [paste(chance)] if pasted else letters(Typed(words(chance)))
            else:
                acts += letters(step)
        return self._disturbed(acts)

    def _visit(self) -> Press:
        command = self._visits.take()
        return self._disturbed([*visit(command, self._chance), *more(command, self._chance)])

    def _line(self) -> Press:
        end = self._chance.choice(((), ("tab",), ("down",), ("tab", "tab"), ("up", "down"), ("esc",)))
        return self._disturbed(["esc", "esc", "esc", ":", *letters(Typed(line(self._chance))), *end, "enter"])

    def _disturbed(self, acts: list[Act]) -> Press:
        """Change the window in the middle, or stop the program, now and then: boxes and questions are open then."""
        if self._sizes and self._chance.random() < 0.1:
            acts.insert(self._chance.randint(1, len(acts)), self._size())
        elif self._signals and self._chance.random() < 0.05:
            acts.insert(self._chance.randint(1, len(acts)), self._signal())
        return tuple(acts)

    def _size(self) -> Size:
        chance = self._chance
        columns, lines = chance.choice(_EDGES) if chance.random() < 0.5 else (0, 0)
        return Size(columns or chance.randint(20, 300), lines or chance.randint(6, 90))

    def _signal(self) -> Signal:
        return Signal(self._chance.choice(("SIGTSTP", "SIGSTOP", "SIGCONT", "SIGWINCH", "SIGINT")))

    def _mouse(self) -> Press:
        """Click, click twice, drag or turn the wheel somewhere, now and then outside of the window."""
        chance = self._chance
        out = 8 if chance.random() < 0.05 else 0
        x, y = chance.randint(1, self.columns + out), chance.randint(1, self.lines + out)
        kind = chance.random()
        if kind < 0.35:
            return (f"\x1b[<{chance.choice((64, 65, 64, 65, 66, 67, 68))};{x};{y}M" * chance.choice((1, 1, 3, 10)),)
        if kind < 0.45:
            return (f"\x1b[<35;{x};{y}M",)
        button = chance.choice((0, 0, 0, 0, 1, 2, 4))
        click = f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m"
        if kind < 0.8:
            return (click * chance.choice((1, 1, 1, 2, 3)),)
        over, down = chance.randint(1, self.columns), chance.randint(1, self.lines)
        return (f"\x1b[<0;{x};{y}M\x1b[<32;{over};{down}M\x1b[<0;{over};{down}m",)
