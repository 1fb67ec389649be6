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
        N_("The menu"),
        N_(
            "Typed alone at a terminal, blangko says how the cards stand and asks what is to be written down. Enter "
            "takes what stands in brackets; Ctrl-C leaves, and what was begun is not written."
        ),
        N_("$ blangko"),
        N_("When the book is begun with --desktop, an icon on the desktop opens it."),
    ),
    (
        N_("The page in a browser"),
        N_(
            "The same book opens in a browser, in English or Indonesian, on a computer or a phone. serve shows it to "
            "whoever sits at this machine, until Ctrl-C; --read-only to look at only."
        ),
        N_("$ blangko serve --open"),
        N_(
            "The first page says how long the cards will last and takes the day's prints: type the number, and Enter "
            "writes it. What the book asks comes as a second step. The last command can be taken back beside it, and "
            "a day that nobody wrote is one click away. A form that is sent twice is written once."
        ),
        N_("This keeps the page there from when the machine starts:"),
        N_("$ blangko schedule --serve --print systemd -o blangko.service"),
    ),
    (
        N_("Days and numbers"),
        N_(
            "A day is typed as 2017-10-18 (always understood first), 18/10/2017, 18-10-2017, 18/10, 18 Okt 2017, "
            "yesterday, kemarin, last monday or senin lalu, a month as 2017-10, oktober or bulan lalu, a week as "
            "2017-W43, 43 or minggu lalu. Without a year the nearest one is meant."
        ),
        N_("A number is typed as 2000, 2.000 or 2,000. What is no whole number is refused."),
        N_(
            "Something unusual is asked about before it is written. Without a terminal it is refused, unless --yes "
            "is given."
        ),
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
        N_("Papers"),
        N_(
            "The ending of the file says what is made: .pdf for paper, .png for a message, .xlsx for Excel, .docx "
            "for Word. --issue enters in the book that the page was handed out; with its check code verify proves "
            "the book later."
        ),
        N_("$ blangko summary --week 2017-W43 -o week.pdf --issue"),
        N_("$ blangko letter -o letter.docx"),
        N_("$ blangko report --month 2017-10 -o october.pdf"),
        N_('$ blangko destroy 40 --ref "BA 470/7" -o minutes.docx'),
        N_("$ blangko notice -o card.png"),
        N_(
            "For the calendar of a telephone: the day to ask by, what is promised and what is likely to come, each "
            "with an alarm at eight on the working day before. Taken in again it moves what has moved. With a year "
            "before -o the closed days of that year are in it too."
        ),
        N_("$ blangko calendar -o blangko.ics"),
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
        N_("What would be if"),
        N_(
            "What would be if 500 cards came on 6 November, or no more than 150 were given out a day? status, "
            "forecast, alert and plan show it beside what is, and nothing is written."
        ),
        N_("$ blangko status --if-receive 500@2017-11-06 --if-quota 150"),
        N_(
            "--if-extra 40@2017-11-01..2017-11-10 supposes that 40 more are wanted on each working day, --if-request "
            "2017-11-02 that what is proposed on that day is asked for. Give several at once, each as often as "
            "needed."
        ),
    ),
    (
        N_("Planning"),
        N_(
            "plan says who waits until when, how to make the cards last, and what a target takes. On paper it is the "
            "page for the decisions."
        ),
        N_("$ blangko plan --coverage 80 --by 2017-11-30 --teams 2"),
        N_("$ blangko plan -o plan.pdf"),
        N_(
            "Are cards rationed for some time? Set the quota: every day printed under it then counts as a day on "
            "which more was wanted, and status says each morning until when the cards last at it, and which quota "
            "would hold. 0 lifts it."
        ),
        N_("$ blangko settings quota 60"),
        N_("Who is served first on a rationed day, in the plan:"),
        N_("$ blangko settings serve_first prr,first,lost"),
    ),
    (
        N_("Sharing cards out"),
        N_(
            "allocate shares cards of the shelf out over the print points that cards were sent to, and the office's "
            "own counter, so that all run out together. What a point uses is learnt from what it was sent, or said."
        ),
        N_('$ blangko allocate 600 --use "Kec. Meliau=20"'),
        N_(
            "At the province it shares out cards among all offices of a database. What was granted and has not come "
            "counts as if it were there. It says why no other way is better. Nothing moves by itself: --record "
            "writes the parts."
        ),
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
        N_(
            "The file of addresses holds passwords and is used only when its owner alone can read it. An address "
            "that is not reached within 20 seconds is tried again by the next alert. That is said by line and "
            "service, never with a password, and changes neither the answer nor the exit code. When all is well "
            "again it is told once more; --repeat tells everything every time. Let one machine and one account tell, "
            "since each remembers for itself what it told."
        ),
        N_(
            "The recipe for the computer's scheduler (systemd, cron or windows) runs alert at 16:30 on the days that "
            "the office works. Nothing is installed by itself; schedule says how to put it in place."
        ),
        N_("$ blangko schedule --print windows --notify -o blangko.xml"),
        N_("Is a day often not written down at closing time? This makes it a warning from half past four on:"),
        N_("$ blangko settings remind_at 16:30"),
        N_(
            "A 0 with its cause, and a total that covers the day, count as written. The time is the computer's own; "
            "settings remind_at no switches the reminder off."
        ),
    ),
    (
        N_("Days from Excel"),
        N_(
            "import reads a workbook as it is kept, all its sheets, and says before it writes how every sheet, "
            "table, column and row was read, or why not. With --dry-run it only says so. template makes an empty "
            "sheet."
        ),
        N_("$ blangko import days.xlsx --dry-run"),
        N_(
            "What is not certain is asked. Without a terminal it is refused, with the option that answers it: "
            "--sheet, --columns, --date-order, --year or --remarks. --yes answers none of them."
        ),
        N_(
            "The same sheet may come every week: what stands in the book already is skipped, also what was written "
            "by hand. A day that differs is shown side by side and keeps the whole sheet out. Is the sheet right? "
            "Then --replace takes back what the book says of that day and writes the sheet's."
        ),
        N_(
            "A column of balances is computed anew: the first row that does not fit is named, and the last balance "
            "is compared with the book's. undo takes a whole import back, with what it replaced. This gives the "
            "sheet back with a column of remarks, also when it was refused:"
        ),
        N_("$ blangko import days.xlsx --mark-up remarks.xlsx"),
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
        N_("The book at the province"),
        N_(
            "push sends what the province has not seen yet, as often as you like: nothing counts twice. Without a "
            "line it is a file of some kilobytes, on a stick or by mail. The second time the address may be left out."
        ),
        N_("$ blangko push -o book.blangko"),
        N_("$ blangko push https://province.example"),
        N_(
            "The province takes a file in with its receipt, which the office keeps beside its book. From then on "
            "verify says what the province has seen, and finds whatever is not so any more."
        ),
        N_("$ blangko pull book.blangko --receipt receipt.json"),
        N_("$ blangko pull receipt.json"),
        N_(
            "Was an older copy brought back, or the computer lost? pull brings back what the province has. Where the "
            "book here went on otherwise it is kept aside, and what only that one holds is written again."
        ),
        N_("$ blangko pull https://province.example"),
        N_(
            "To a database of the province the address is postgresql://HOST/NAME; there pull without a word signs "
            "what offices have pushed by themselves. A password belongs into the file .pgpass, the token of a door "
            "into BLANGKO_TOKEN; neither is kept or shown."
        ),
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


_FORECAST = (
    (
        N_("Which days teach"),
        N_(
            "Only open days count: the work week without national days and joint leave, and what the office itself "
            "closes or opens. Cards printed on a Saturday count with Monday's."
        ),
        N_(
            "A day teaches when all that was wanted could be printed. A rationed day, an empty shelf or a stop "
            "half-way only says that at least so many were wanted, unless it is written how many were turned away. A "
            "quota stands until it is lifted."
        ),
        N_("A day without server, printer or ribbon, and a day that nobody wrote down, is left out."),
    ),
    (
        N_("What is learnt"),
        N_(
            "The usual use, the weekdays, the first day after a closure and how much days differ are learnt "
            "together. Recent weeks weigh more. From the second year on the time of the year is learnt too."
        ),
        N_(
            "Known beforehand, until the office has seen two of them: a tenth fewer cards before Lebaran, three "
            "tenths more after it, and more before a vote."
        ),
    ),
    (
        N_("The day to ask by"),
        N_(
            "Ask by: the last open day on which asking leaves at most the accepted chance (5 %, a setting) of an "
            "empty shelf before the delivery. How long a delivery takes is what the office states and what it has "
            "seen."
        ),
        N_(
            "forecast shows the sum, so that it can be done again by hand; with --explain it shows every number with "
            "those it comes from. backtest asks on each past day what the answer would have been, and how right it "
            "was."
        ),
        N_("$ blangko forecast --explain"),
    ),
)

_PROGRAMS = (
    (
        N_("Exit codes"),
        N_(
            "0 done; 1 refused, and nothing was written; 2 the words of the command are wrong; 3 the book could not "
            "be read. alert alone: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, whatever goes wrong. verify ends with 1 "
            "only when it finds errors."
        ),
    ),
    (
        N_("Answers for programs"),
        N_(
            "status, forecast, card and verify keep the keys of their JSON. Keys are only ever added, and nothing in "
            "them depends on the language. import -f json is its report."
        ),
        N_("$ blangko status -f json"),
        N_(
            "overview -f json has a row for each office with the keys of its status, and with stale, last_entry_on and "
            "last_push_at."
        ),
        N_("The formats are table, json, csv, markdown, excel-csv and xlsx. With -o FILE the ending names the format."),
        N_(
            "With --key a command may be tried again: the same key never writes twice, and with other content it is "
            "refused."
        ),
    ),
    (
        N_("The file"),
        N_(
            "The book is one SQLite file. Read it through the views stock_card, daily_use, requests and counts, "
            "which are kept as they are; db/schema.sql describes them. Triggers refuse every change to an entry, "
            "from whatever program."
        ),
        N_(
            "export writes the book as CSV with a Frictionless datapackage.json. restore makes the same book of it "
            "again, with every column and seal."
        ),
        N_("$ blangko export -o folder"),
    ),
    (
        N_("A server"),
        N_(
            "--db postgresql://NAME@SERVER/DATABASE keeps the book on a PostgreSQL server (15 or newer) instead, with "
            "the same commands, rules and seals. init makes the tables in an empty database, and adds an office by "
            "its --code. Where there are several, --office 61.03 before the command, or BLANGKO_OFFICE, says which. "
            "The password belongs into PGPASSWORD or ~/.pgpass, and not into the address."
        ),
        N_(
            "backup makes a file of an office's book, in your data folder unless told otherwise; restore brings a "
            "file into a database that lacks the office, and replaces nothing there. What a file needs care for, the "
            "server does itself: it sums up its pages and waits for its disk. Have it backed up as a whole as well."
        ),
    ),
    (
        N_("Surroundings"),
        N_(
            "BLANGKO_DB names the book's file or server, BLANGKO_OFFICE an office there, BLANGKO_LANG the language (en "
            "or id), BLANGKO_ADDRESSES the file of addresses. --db, --office, --lang and --addresses win. Without "
            "them the book is in your data folder or, where you have none, in the computer's."
        ),
        N_(
            "BLANGKO_TODAY supposes another day, to try things out: 2017-10-27 or 2017-10-27T16:31. A day told "
            "without a time is over."
        ),
    ),
)

TOPICS: dict[str, tuple[tuple[str, ...], ...]] = {
    "book": _CHAPTERS,
    "forecast": _FORECAST,
    "programs": _PROGRAMS,
    "security": SECURITY,
}


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
