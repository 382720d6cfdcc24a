"""Everything the main screen can do: importing these modules registers what carries out the commands."""

from tui.screens.main import changes as changes
from tui.screens.main import dating as dating
from tui.screens.main import entity_pages as entity_pages
from tui.screens.main import exporting as exporting
from tui.screens.main import filtering as filtering
from tui.screens.main import folding as folding
from tui.screens.main import hits as hits
from tui.screens.main import listing as listing
from tui.screens.main import naming as naming
from tui.screens.main import notes_here as notes_here
from tui.screens.main import notes_list as notes_list
from tui.screens.main import noting as noting
from tui.screens.main import ordering as ordering
from tui.screens.main import passages as passages
from tui.screens.main import piping as piping
from tui.screens.main import reading as reading
from tui.screens.main import rules as rules
from tui.screens.main import running as running
from tui.screens.main import saved_searches as saved_searches
from tui.screens.main import selecting as selecting
from tui.screens.main import selection as selection
from tui.screens.main import tag_list as tag_list
from tui.screens.main import tagging as tagging
from tui.screens.main import undoing as undoing
from tui.screens.main import viewing as viewing
