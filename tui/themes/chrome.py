"""The colours of everything but the names: grounds, quiet text, cursor, signs.

Quiet text keeps 4.5:1 against its ground (WCAG AA), which a test measures.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

from tui.render.styles import ANSI, CONTRAST, DARK, LIGHT, SAFE, EntityPalette, theme_variables


def _variables(palette: EntityPalette, **own: str) -> dict[str, str]:
    names = {name.replace("_", "-"): value for name, value in own.items()}
    return {
        **names,
        **theme_variables(palette),
        "footer-background": names["bar"],
        "input-cursor-text-style": "reverse",
        "input-selection-background": names["cursor"],
        "screen-selection-background": names["selection"],
    }


THEME_DARK = Theme(
    name="dateline-dark",
    primary="#9db4c8", secondary="#8fb8a8", accent="#d0b06c", warning="#d0b06c", error="#d98c8c", success="#8fb8a8",
    foreground="#d9d8d3", background="#17191c", surface="#1c1f23", panel="#22262b", dark=True,
    variables=_variables(
        DARK, quiet="#a2a7ae", bar="#1f2327", cursor="#2f3a46", cursor_blurred="#252a30", rule="#363b42",
        star="#d8b765", tag="#9cc4b0", key="#d9d8d3", selection="#2f3b49", hit="#45402f", hit_text="#f6f0da",
        coast="#6b727b", plot="#7f9cb8",
    ),
)  # fmt: skip

THEME_LIGHT = Theme(
    name="dateline-light",
    primary="#2f5d80", secondary="#2f6b57", accent="#7a5b00", warning="#7a5b00", error="#a03030", success="#2f6b57",
    foreground="#23262a", background="#fbfaf6", surface="#f4f2ec", panel="#eceae3", dark=False,
    variables=_variables(
        LIGHT, quiet="#595e65", bar="#f1efe8", cursor="#d8e3ec", cursor_blurred="#e9e7e0", rule="#d3d0c7",
        star="#7a5b00", tag="#2a6350", key="#23262a", selection="#cfdfec", hit="#f0e6c4", hit_text="#23262a",
        coast="#888b8b", plot="#5f7f9c",
    ),
)  # fmt: skip

THEME_CONTRAST = Theme(
    name="dateline-contrast",
    primary="#9fdfff", secondary="#a1ecbb", accent="#ffd75f", warning="#ffd75f", error="#ffb0b0", success="#a1ecbb",
    foreground="#ffffff", background="#000000", surface="#000000", panel="#000000", dark=True,
    variables=_variables(
        CONTRAST, quiet="#d4d7dc", bar="#000000", cursor="#00406b", cursor_blurred="#2b2b2b", rule="#9a9a9a",
        star="#ffd75f", tag="#a1ecbb", key="#ffffff", selection="#003c66", hit="#5c4a00", hit_text="#ffffff",
        coast="#9a9a9a", plot="#9fdfff",
    ),
)  # fmt: skip
"""For those who do not see well: 7:1 throughout, and lines between the panes that stand out."""

THEME_SAFE = Theme(
    name="dateline-safe",
    primary="#6cb6ff", secondary="#cfe3b0", accent="#f0b04c", warning="#f0b04c", error="#f2c4d8", success="#cfe3b0",
    foreground="#d9d8d3", background="#17191c", surface="#1c1f23", panel="#22262b", dark=True,
    variables=_variables(
        SAFE, quiet="#a2a7ae", bar="#1f2327", cursor="#2f3a46", cursor_blurred="#252a30", rule="#363b42",
        star="#f0b04c", tag="#cfe3b0", key="#d9d8d3", selection="#2f3b49", hit="#5a4d22", hit_text="#f6f0da",
        coast="#6b727b", plot="#6cb6ff",
    ),
)  # fmt: skip
"""For those who do not tell red from green, or blue from yellow."""

_DEFAULT = "ansi_default"
THEME_ANSI = Theme(
    name="dateline-ansi", ansi=True,
    primary="ansi_blue", secondary="ansi_cyan", accent="ansi_yellow", warning="ansi_yellow", error="ansi_magenta",
    success="ansi_green", foreground=_DEFAULT, background=_DEFAULT, surface=_DEFAULT, panel=_DEFAULT, boost=_DEFAULT,
    variables={
        # Framework widgets name more variables in their ANSI styles than a theme has fields.
        **BUILTIN_THEMES["ansi-dark"].variables,
        **_variables(
            ANSI, quiet=_DEFAULT, bar=_DEFAULT, cursor=_DEFAULT, cursor_blurred=_DEFAULT, rule=_DEFAULT,
            star=_DEFAULT, tag=_DEFAULT, key=_DEFAULT, selection="ansi_blue", hit="ansi_yellow", hit_text="ansi_black",
            coast=_DEFAULT, plot=_DEFAULT,
        ),
    },
)  # fmt: skip
"""The terminal's own colours: for 16-colour terminals and `NO_COLOR`."""

THEMES = {
    "dark": THEME_DARK, "light": THEME_LIGHT, "contrast": THEME_CONTRAST, "safe": THEME_SAFE, "ansi": THEME_ANSI,
}  # fmt: skip
"""By the names that the config and the palette use."""
