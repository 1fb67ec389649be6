"""Every command by name: its Indonesian alias, the module that does it, its line in the help and its examples.

The module registers it with Typer under the same name. It is imported when one of its commands is called, and for no
help: a clerk's print does not wait for the auditor's tools.
"""

from typing import NamedTuple

from blangko.words.language import N_

EVERY_DAY = N_("Every day")
OTHER_WAYS_OUT = N_("Cards that leave the shelf otherwise")
REQUESTS = N_("Requests to the province")
FIGURES = N_("Figures and calendar")
ANSWERS = N_("Answers")
PAPERS = N_("Papers, files in and out")
CARE = N_("Care of the book")
GROUPS = (EVERY_DAY, ANSWERS, PAPERS, REQUESTS, OTHER_WAYS_OUT, FIGURES, CARE)


class Command(NamedTuple):
    """One command. `module` stands below `blangko.cli`; `examples` are arguments and what they mean."""

    name: str
    alias: str
    module: str
    group: str
    summary: str
    examples: tuple[tuple[str, str], ...] = ()


COMMANDS = (
    Command(
        "print",
        "cetak",
        "record",
        EVERY_DAY,
        N_("write down the day's prints"),
        (
            (N_("187 --spoiled 3"), N_("187 printed today, 3 more spoiled")),
            (N_("150 --on yesterday"), N_("for another day")),
            (N_("0 --cause server"), N_("open, but nothing could be printed")),
            (N_("50 --quota 50"), N_("a rationed day: more were wanted")),
        ),
    ),
    Command(
        "receive",
        "terima",
        "record",
        EVERY_DAY,
        N_("write down a delivery"),
        (
            (N_('2000 --ref "BAST 470/12"'), N_("answers the oldest open request")),
            (N_("500 --more"), N_("a part; the rest is still to come")),
            (N_('500 --from "Kab. Sekadau" --request 0'), N_("a loan: answers no request")),
        ),
    ),
    Command(
        "count",
        "opname",
        "record",
        EVERY_DAY,
        N_("say what was counted on the shelf"),
        (
            (N_("1040"), N_("a difference to the book stays open")),
            (N_('1036 --adjust --reason "4 stuck together"'), N_("brings the book to the count")),
        ),
    ),
    Command(
        "status",
        "stok",
        "show",
        EVERY_DAY,
        N_("on hand, working days left, when to ask"),
        (("", N_("one screen")), ("-f json", N_("for another program"))),
    ),
    Command(
        "undo",
        "batal",
        "record",
        EVERY_DAY,
        N_("take back the last command, or one by its number"),
        (
            (N_('--reason "typed twice"'), N_("the last command")),
            (N_('12 --reason "wrong day"'), N_("the command of entry no. 12")),
        ),
    ),
    Command(
        "spoil",
        "rusak",
        "record",
        OTHER_WAYS_OUT,
        N_("cards spoiled, held until destroyed"),
        ((N_("3 --cause encode"), N_("three failed while encoding")),),
    ),
    Command(
        "destroy",
        "musnah",
        "record",
        OTHER_WAYS_OUT,
        N_("spoiled cards destroyed, with minutes"),
        ((N_('40 --ref "BA 470/7"'), N_("the number of the minutes is needed")),),
    ),
    Command(
        "send",
        "kirim",
        "record",
        OTHER_WAYS_OUT,
        N_("cards sent to a sub-district, lent or given back"),
        (
            (N_('275 --to "Kec. Kapuas"'), N_("usable cards")),
            (N_('40 --to "Provinsi" --spoiled'), N_("spoiled ones, given back")),
        ),
    ),
    Command(
        "lost",
        "hilang",
        "record",
        OTHER_WAYS_OUT,
        N_("cards lost or stolen, with a report"),
        ((N_('2 --ref "LP/12/X/2017"'), N_("the number of the police report is needed")),),
    ),
    Command(
        "request",
        "ajukan",
        "record",
        REQUESTS,
        N_("cards were asked for"),
        (
            ("", N_("as many as status proposes, asked for today")),
            (N_('4000 --due 30/10/2017 --ref "470/88"'), N_("promised for a day")),
        ),
    ),
    Command(
        "grant",
        "jatah",
        "record",
        REQUESTS,
        N_("the province promised a number"),
        ((N_("1000 --due 24/10/2017"), N_("of the oldest open request")),),
    ),
    Command(
        "close",
        "selesai",
        "record",
        REQUESTS,
        N_("nothing more will come of a request"),
        ((N_('--reason "refused"'), N_("the oldest open request")),),
    ),
    Command(
        "backlog",
        "antrean",
        "record",
        FIGURES,
        N_("people waiting: PRR and temporary letters"),
        ((N_("--prr 36646 --suket 1200"), N_("as they stand today")),),
    ),
    Command(
        "population",
        "penduduk",
        "record",
        FIGURES,
        N_("residents, must have a card, recorded, printed"),
        ((N_("--residents 482500 --eligible 354753"), N_("one or more of the four")),),
    ),
    Command(
        "campaign",
        "kegiatan",
        "record",
        FIGURES,
        N_("more cards than usual are announced for some days"),
        ((N_("90 --from monday --until friday --reason fair"), N_("on each of the days")),),
    ),
    Command(
        "closed",
        "tutup",
        "record",
        FIGURES,
        N_("the office is closed on a day"),
        ((N_('2018-06-27 --reason "election day"'), N_("one day; --until for more")),),
    ),
    Command(
        "opened",
        "buka",
        "record",
        FIGURES,
        N_("the office works on a day that is free"),
        ((N_('2017-10-28 --reason "overtime"'), N_("a Saturday")),),
    ),
    Command(
        "calendar",
        "kalender",
        "show",
        FIGURES,
        N_("the year's holidays and the office's own days"),
        (
            ("2026", N_("one year")),
            ("-o blangko.ics", N_("what is to come, for a telephone's calendar")),
            ("--refresh", N_("take in what the calendar library knows")),
        ),
    ),
    Command(
        "card",
        "kartu",
        "show",
        ANSWERS,
        N_("the stock card: every movement and balance"),
        ((N_("--from 2017-10-01 --to 2017-10-31"), N_("one month")), (N_("-o card.csv"), N_("into a file"))),
    ),
    Command(
        "forecast",
        "perkiraan",
        "show",
        ANSWERS,
        N_("day by day until the shelf is empty"),
        (("", N_("a table, and the sum to do again")), ("-f csv", N_("every day, for a spreadsheet"))),
    ),
    Command(
        "plan",
        "rencana",
        "plan",
        ANSWERS,
        N_("who waits until when, a target, how to make cards last"),
        (
            ("", N_("the queue, and how to make the cards last")),
            (N_("--coverage 80 --by 2017-11-30 --teams 2"), N_("a target for the recordings")),
            (N_("--ration-until 2017-11-10"), N_("until the day of the next delivery")),
        ),
    ),
    Command(
        "backtest",
        "uji",
        "backtest",
        ANSWERS,
        N_("was the answer right? the book replayed day by day"),
        (
            ("", N_("the measures, and whether to trust it")),
            (N_("--from 2017-01-02 -o replay.pdf"), N_("a page with the picture")),
        ),
    ),
    Command(
        "allocate",
        "bagi",
        "allocate",
        ANSWERS,
        N_("cards shared out so that all run out together"),
        (
            (N_("20000 --max 61.03=4000"), N_("among the offices of a database")),
            (N_("600 --lot 50"), N_("an office's own over its print points")),
            (N_("20000 --loans -o share.pdf"), N_("with loans among them, as a page")),
            (N_("20000 --due friday --record"), N_("each part is written into its book")),
        ),
    ),
    Command(
        "summary",
        "ringkasan",
        "papers",
        PAPERS,
        N_("the page for the trip to the province"),
        (
            ("", N_("this week, on the screen")),
            (N_("--week 2017-W43 -o week.pdf"), N_("a week, as a page on A4")),
            (N_("--since-receipt -o page.png"), N_("since the last delivery, as a picture")),
            (N_("--issue -o week.pdf"), N_("recorded as handed out, and no draft any more")),
        ),
    ),
    Command(
        "letter",
        "surat",
        "papers",
        PAPERS,
        N_("the letter that asks for cards"),
        (
            (N_("-o letter.docx"), N_("to be finished in Word")),
            (N_('4000 --ref "470/88" --record -o letter.pdf'), N_("and recorded as a request")),
        ),
    ),
    Command(
        "report",
        "laporan",
        "papers",
        PAPERS,
        N_("the usage of a month"),
        ((N_("--month 2017-10 -o october.pdf"), N_("a month, with its days as an annex")),),
    ),
    Command(
        "notice",
        "kabar",
        "papers",
        PAPERS,
        N_("the day in one line, for WhatsApp"),
        (
            ("", N_("the line, and a link that opens it")),
            (N_("-o card.png"), N_("a card to be read on a phone")),
        ),
    ),
    Command(
        "import",
        "impor",
        "sheets",
        PAPERS,
        N_("take in the days of a clerk's sheet"),
        (
            (N_("days.xlsx"), N_("shows what it understood, and asks")),
            (N_("days.csv --yes"), N_("all rows or none; undo takes them back")),
        ),
    ),
    Command(
        "template",
        "formulir",
        "files",
        PAPERS,
        N_("an empty sheet to be filled in and imported"),
        ((N_("-o sheet.xlsx"), N_("dates and whole numbers only")),),
    ),
    Command(
        "export",
        "ekspor",
        "files",
        PAPERS,
        N_("the whole book as open data"),
        ((N_("-o folder"), N_("CSV with a description")), (N_("-o folder --excel-csv"), N_("to be opened in Excel"))),
    ),
    Command(
        "push",
        "setor",
        "push",
        PAPERS,
        N_("the book goes to the province, what is new of it"),
        (
            (N_("-o book.blangko"), N_("as a file, on a stick or by mail")),
            (N_("https://province.example"), N_("to its server; later without the address")),
        ),
    ),
    Command(
        "pull",
        "tarik",
        "push",
        PAPERS,
        N_("take in what came: a message, a receipt, the own book"),
        (
            (N_("book.blangko --receipt receipt.json"), N_("at the province: an office's message")),
            (N_("receipt.json"), N_("at the office: the province's receipt")),
            (N_("https://province.example"), N_("after a lost computer: the book comes back")),
        ),
    ),
    Command(
        "alert",
        "cek",
        "show",
        ANSWERS,
        N_("one line and an exit code, for a scheduler"),
        (
            ("", N_("0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN")),
            ("--notify", N_("and every change by mail, Telegram and others")),
            ("--notify --test", N_("try the addresses")),
        ),
    ),
    Command(
        "schedule",
        "jadwal",
        "schedule",
        ANSWERS,
        N_("a recipe that runs alert on every working day"),
        (
            (N_("--print systemd"), N_("a timer and its service")),
            (N_("--print cron --at 16:45"), N_("a line for crontab -e, at another time")),
            (N_("--print windows --notify -o blangko.xml"), N_("a task for schtasks, which tells people")),
            (N_("--serve --print systemd"), N_("a service that keeps the page there, see serve")),
        ),
    ),
    Command(
        "init",
        "mulai",
        "care",
        CARE,
        N_("begin a new book"),
        (
            (N_('--office "Disdukcapil Sanggau" --opening 3200'), N_("with the cards counted today")),
            (N_('--office "Disdukcapil Sanggau" --code 61.03 --daily 200'), N_("with what is usual")),
        ),
    ),
    Command(
        "opening",
        "saldo",
        "care",
        CARE,
        N_("write the opening again, after an undo"),
        ((N_("3200 --spoiled 12"), N_("usable cards, and spoiled ones held")),),
    ),
    Command(
        "settings",
        "pengaturan",
        "care",
        CARE,
        N_("show or change what the office may choose"),
        (
            ("", N_("all of them")),
            (N_("daily 200"), N_("the usual use of a working day")),
            (N_("risk 5%"), N_("accepted chance of an empty shelf")),
        ),
    ),
    Command(
        "offices",
        "kantor",
        "offices",
        CARE,
        N_("the offices of a database, and who is let in"),
        (
            ("", N_("all that this account may see")),
            (N_("grant clerk 61.03"), N_("SQL that lets in an office; also province 61, or auditor")),
            (N_("distribute"), N_("SQL that spreads the offices over servers with Citus")),
            (N_("token 61.03"), N_("what the province's door knows an office by")),
        ),
    ),
    Command(
        "verify",
        "periksa",
        "care",
        CARE,
        N_("prove that the book is whole"),
        (
            ("", N_("seals, numbers, sums, the file itself")),
            (N_("--code 6a2643e239dd-102"), N_("the book against a paper that was handed out")),
        ),
    ),
    Command(
        "backup",
        "cadangkan",
        "files",
        CARE,
        N_("copy the book, and prove the copy"),
        (("", N_("beside the book, in backups")), (N_("-o /media/usb/blangko.db"), N_("where you say"))),
    ),
    Command(
        "restore",
        "pulihkan",
        "files",
        CARE,
        N_("bring back a copy; the book there is kept aside"),
        ((N_("backups/blangko.db"), N_("a copy")), (N_("folder"), N_("an export"))),
    ),
    Command(
        "upgrade",
        "mutakhirkan",
        "files",
        CARE,
        N_("bring a book of an older blangko up to date"),
        (("", N_("after a copy of it went to backups")),),
    ),
    Command(
        "demo",
        "contoh",
        "care",
        CARE,
        N_("try it on an invented book"),
        (("", N_("a book that is thrown away")), (N_("--keep try.db"), N_("one to play with"))),
    ),
    Command(
        "guide",
        "panduan",
        "care",
        CARE,
        N_("how to keep the book, and what it rests on"),
        (
            ("", N_("read it here")),
            (N_("forecast"), N_("how the answer is reckoned, from which days")),
            (N_("programs"), N_("what other programs may read")),
            (N_("security"), N_("who can do what with the book, and who would notice")),
        ),
    ),
    Command(
        "serve",
        "layani",
        "serve",
        ANSWERS,
        N_("the book as a page in a browser"),
        (
            ("--open", N_("on this machine, for whoever sits at it")),
            ("--read-only", N_("to look at")),
            (N_("--host 0.0.0.0 --tls-cert office.pem"), N_("for others too, who log in")),
        ),
    ),
    Command(
        "account",
        "akun",
        "account",
        CARE,
        N_("who may log in to the page from another machine"),
        (
            ("", N_("all of them")),
            (N_("add siti --role clerk"), N_("with a passphrase, which it asks for")),
            (N_("remove siti"), N_("from the next page on")),
        ),
    ),
    Command(
        "overview",
        "ikhtisar",
        "overview",
        ANSWERS,
        N_("all offices, the most urgent first"),
        (
            ("", N_("the offices of a database, or the one of a file")),
            (N_("-o offices.pdf"), N_("with a small picture of each")),
        ),
    ),
    Command(
        "help",
        "bantuan",
        "reference",
        CARE,
        N_("what a command takes, with examples"),
        ((N_("print"), N_("one command, by either of its names")), ("--markdown", N_("the whole reference"))),
    ),
    Command(
        "completion",
        "pelengkapan",
        "completion",
        CARE,
        N_("the Tab key completes commands and options"),
        (
            ("bash >> ~/.bashrc", N_("in bash, from the next terminal on")),
            ("zsh >> ~/.zshrc", N_("in zsh")),
            ("fish > ~/.config/fish/completions/blangko.fish", N_("in fish")),
            # Windows PowerShell's own >> writes UTF-16, whatever stands in the file before.
            ("powershell | Add-Content $PROFILE", N_("in PowerShell")),
        ),
    ),
)
_BY_NAME = {name: command for command in COMMANDS for name in (command.name, command.alias)}


def command_called(name: str) -> Command | None:
    """The command of that English or Indonesian name."""
    return _BY_NAME.get(name)


def near_names(word: str) -> tuple[str, ...]:
    """The names, in both languages, that somebody may have meant who typed `word`."""
    from difflib import get_close_matches

    return tuple(get_close_matches(word, list(_BY_NAME), n=2, cutoff=0.7))


def shown_name(command: Command, language: str) -> str:
    """The name by which the language's users call it."""
    return command.alias if language == "id" else command.name


def shown(name: str, language: str) -> str:
    """A command's English name as the language's users say it."""
    return shown_name(_BY_NAME[name], language)
