"""The clerk's guide: how the book is kept, from the first day to the auditor's visit."""

from __future__ import annotations

from blangko.reports.security import SECURITY
from blangko.reports.table import paragraph
from blangko.words.language import N_, _

_CHAPTERS = (
    (
        N_("What the book is"),
        N_(
            "The book holds every blank card of the office: what came in, what was printed, what was spoiled, and what "
            "is left."
        ),
        N_(
            "Nothing in it is ever changed or rubbed out. A mistake is taken back with undo, and both entries stay to "
            "be seen. So write without fear."
        ),
    ),
    (
        N_("The first day"),
        N_("Count the usable cards, and the spoiled ones that wait to be destroyed. Then begin:"),
        N_('$ blangko init --office "Disdukcapil Sanggau" --code 61.03 --opening 3200 --spoiled 12 --daily 200'),
        N_("The number after --daily is the usual use of a day. It serves until five days of prints are known."),
    ),
    (
        N_("Every day at closing time"),
        N_("Write the cards printed, and the ones spoiled besides:"),
        N_("$ blangko print 187 --spoiled 3"),
        N_(
            "Nothing printed although the office was open? Write 0 and why: server, printer, ribbon, no-blanks, other. "
            "Such a day does not make the forecast believe that nobody came."
        ),
        N_("$ blangko print 0 --cause server"),
        N_("Were cards rationed? Write the quota too; the forecast then knows that more were wanted."),
        N_("$ blangko print 50 --quota 50"),
        N_("A day forgotten? Write it later with --on: yesterday, monday, 18/10/2017 are all understood."),
        N_("$ blangko print 150 --on yesterday"),
    ),
    (
        N_("A delivery"),
        N_("Write the cards and the number of the hand-over record. The oldest open request is answered by itself."),
        N_('$ blangko receive 2000 --ref "BAST 470/12"'),
        N_("Is the rest still to come? Add --more. Is it a loan that answers no request? Add --request 0."),
    ),
    (
        N_("Asking for cards"),
        N_("status says by which day to ask, and for how many. When the letter is out, write it down:"),
        N_("$ blangko request 4000 --due 30/10/2017"),
        N_("When the province promises less, write what it promised. When nothing more will come, close the request."),
        N_("$ blangko grant 1000"),
        N_('$ blangko close --reason "refused"'),
    ),
    (
        N_("A mistake"),
        N_("undo takes back the last command whole, or the command of the entry that you name. Then write it right."),
        N_('$ blangko undo --reason "typed twice"'),
        N_('$ blangko undo 12 --reason "wrong day"'),
    ),
    (
        N_("Counting the shelf"),
        N_("Write what you counted, also when it agrees. A difference stays open until its reason is known."),
        N_("$ blangko count 1040"),
        N_('$ blangko count 1036 --adjust --reason "4 stuck together"'),
        N_("A card that is lost or stolen is no miscount: write it with lost and the number of the report."),
    ),
    (
        N_("Spoiled cards"),
        N_("Spoiled cards leave the shelf but stay in the office's care until they are destroyed, with minutes."),
        N_("$ blangko spoil 3 --cause encode"),
        N_('$ blangko destroy 40 --ref "BA 470/7"'),
    ),
    (
        N_("What the answers mean"),
        N_(
            "Working days are days on which the office is open; weekends, holidays and joint leave never count. "
            "The middle number is as likely too high as too low; the two in brackets hold it eight times in ten."
        ),
        N_(
            "Ask by: the last day on which asking leaves at most the accepted chance (5 %, a setting) of an empty "
            "shelf before the delivery."
        ),
        N_("alert says the same in one line for a scheduler: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN."),
    ),
    (
        N_("Warnings that come by themselves"),
        N_(
            "alert --notify tells every change by mail, Telegram and others. Write each address on a line of its own "
            "into a file that you alone can read; without one it says where. Then send a trial:"
        ),
        N_("$ blangko alert --notify --test"),
        N_(
            "A mail address is mailtos://NAME:PASSWORD@gmail.com?to=WHO (Gmail wants an app password), a Telegram bot "
            "tgram://TOKEN/CHAT. What runs the alert every day by itself is made by schedule."
        ),
        N_("Is a day often not written down at closing time? This makes it a warning from half past four on:"),
        N_("$ blangko settings remind_at 16:30"),
    ),
    (
        N_("Holidays and closings"),
        N_("The national days are known. What your office alone closes or opens, say yourself:"),
        N_('$ blangko closed 2018-06-27 --reason "election day"'),
        N_('$ blangko opened 2017-10-28 --reason "overtime"'),
    ),
    (
        N_("Copies of the book"),
        N_("Copy the book every week, and keep one copy on another disk. A copy is proved before it gets its name."),
        N_("$ blangko backup"),
        N_("$ blangko backup -o /media/usb/blangko.db"),
        N_("After the loss of a computer bring the copy back; what stood in its place is kept under another name."),
        N_("$ blangko restore /media/usb/blangko.db"),
    ),
    (
        N_("For the auditor"),
        N_("card shows every movement with its balance; verify proves that no entry was changed since it was written."),
        N_(
            "A mark kept where the clerk cannot write shows also that the whole book was not written anew; the first"
            " time add --new-mark:"
        ),
        N_("$ blangko verify --mark /media/usb/blangko.mark"),
        N_("Quantities and document numbers only: no citizen's number and no citizen's name belongs in the book."),
    ),
)


TOPICS: dict[str, tuple[tuple[str, ...], ...]] = {"book": _CHAPTERS, "security": SECURITY}


def guide_screen(topic: str = "book") -> list[str]:
    """The guide to one of `TOPICS` as text, chapter by chapter; commands are set off."""
    lines: list[str] = []
    for title, *texts in TOPICS[topic]:
        lines += [_(title).upper(), ""]
        for text in texts:
            said = _(text)
            lines += paragraph(said, "      ", "    ") if said.startswith("$") else paragraph(said)
        lines.append("")
    return lines[:-1]
