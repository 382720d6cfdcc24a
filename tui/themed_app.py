"""The part of the app that knows themes: it is in the chosen one from its first cell on."""

from __future__ import annotations

from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor

from tui.habits import Habits
from tui.keyed_app import KeyedApp
from tui.render.control_filter import ControlFilter
from tui.themes.chrome import THEMES


class ThemedApp(KeyedApp, inherit_bindings=False):
    """An app that has our themes, and keeps which one was chosen."""

    habits: Habits

    def begin_in(self, *chosen: str) -> None:
        """Take the first of these themes that there is; without all colours there is one alone."""
        for theme in THEMES.values():
            self.register_theme(theme)
        few = self.no_color or self.console.color_system in (None, "standard")
        self.theme = THEMES["ansi" if few else next(name for name in chosen if name in THEMES)].name
        # What the stylesheet begins with: Textual would parse all of it in its own theme's colours, and then again.
        self.stylesheet.set_variables(self.get_css_variables())
        self._began = False
        self._filters = self._line_filters()

    def refresh_css(self, animate: bool = True) -> None:
        """Follow a change of the theme; of the first one there is nothing to follow."""
        if self._began:
            super().refresh_css(animate)
        self._began = True

    def _line_filters(self) -> list[LineFilter]:
        """Return what every line passes last.

        Textual chooses its filters before our theme is set, and would paint the first frame in black on black where
        the terminal's own colours are asked for. Ours stands behind the door `render/safe.py` as a second one.
        """
        ansi = self.current_theme.ansi
        filters: list[LineFilter] = [ANSIToTruecolor(self.ansi_theme, enabled=not ansi)]
        if self.no_color:
            filters.append(NoColor() if ansi else Monochrome())
        return [*filters, ControlFilter()]

    @property
    def theme_names(self) -> tuple[str, ...]:
        """The themes to choose from; without colour there is one."""
        return ("ansi",) if self.no_color else tuple(THEMES)

    def choose_theme(self, name: str) -> None:
        """Change the theme, now and for the next start."""
        self.theme = THEMES[name].name
        self.habits = self.habits.replace(theme=name)
