"""What goes to the terminal: the cells that changed, and no more, at a pace that the line can keep.

Textual writes every region that is dirty whole, each piece with its colours in full: nine kilobytes for a line that
scrolls. Here the screen that the terminal shows is known (`cells`, `screen`), also from one session to the next
(`kept`); what differs is written (`differ`), what only moved is moved by the terminal itself (`scroll`), and frames
wait for each other (`pace`). `inside`, `frames` and `holding` are the modules that lean on Textual's private names.
"""
