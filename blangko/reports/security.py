"""The page about trust: who can do what with which access, who would notice, and what nothing here proves."""

from __future__ import annotations

from blangko.words.language import N_

SECURITY = (
    (
        N_("What is protected"),
        N_(
            "That every card which leaves the shelf is written down is the office's care. That nothing written is "
            "changed, taken out or put in between unseen is this program's."
        ),
        N_(
            "The book is a file. Whoever may write to it can spoil it, as paper can be torn; what is promised is "
            "that it does not pass for whole."
        ),
    ),
    (
        N_("What is proved, and by what"),
        N_(
            "Each entry carries a seal, SHA-256 over the seal before it and all that the entry says. Who changes "
            "one entry breaks its seal; verify names it."
        ),
        N_(
            "Numbers without a gap, links, the two sides of every day and evenings below zero are counted anew "
            "from the entries, not read from a sum that somebody stored."
        ),
        N_(
            "The seals alone prove nothing against somebody who seals the whole book anew: for that he needs this "
            "program and the right to write to the file. Against him stands only what lies elsewhere: a paper "
            "with a check code, a mark, a copy, the province."
        ),
        N_(
            "A receipt says up to which entry, and to which seal, the province has the book. It is signed (Ed25519) "
            "with a key that only the province has; the office knows its public half from the first receipt on, and "
            "should compare it once by telephone. A book that differs from what the province has is refused there, "
            "the first differing entry named, and both books are kept."
        ),
        N_(
            "A check code is 32 digits of the last seal. Two books with one code would take 2 to the power of 64 "
            "tries, of somebody who writes both; the twelve digits of older papers take minutes, and verify calls "
            "them weak."
        ),
        N_(
            "verify says how far the book is anchored in papers, mark and copies, and from where on it stands "
            "nowhere else."
        ),
        N_(
            "The rules in the file itself (triggers, checks) stop mistakes and other programs. They do not stop "
            "who may write to the file: he can take them out, but verify compares them with a fresh book's, and "
            "no entry is written while they differ."
        ),
        N_(
            "An entry that was acknowledged is on the disk: its number and seal are read back before the answer. "
            "After a power cut the book is as before the entry or as after it."
        ),
    ),
    (
        N_("Who can do what, and who would notice"),
        N_(
            "Who may read the file: he sees numbers of cards, documents, names of writers. Nobody would notice. A "
            "new book is open to its owner alone, or to its group with --shared."
        ),
        N_(
            "Who writes with this program: false entries, under any name he likes. Beside the name stands the "
            "account that the system knows, as in: Siti (uid 1000 siti). The count of the shelf shows the cards "
            "that are missing; the entry stays for good."
        ),
        N_(
            "Who may write to the file, the clerk's own account among them: any history, sealed anew. Whoever "
            "holds a paper, a mark or a copy from before notices. Entries younger than all of these can be "
            "rewritten unseen."
        ),
        N_(
            "Who may write to the folder: he can take the file away, or put another in its place, with the right "
            "of writing to the file or without. The missing file is noticed at once, the other one as above. What "
            "he puts beside the book, such as a journal of SQLite's, is refused; verify tells of folders that are "
            "open to all."
        ),
        N_(
            "Who reads the messages of alert --notify: he learns what the alert and status say of the stock, and so "
            "does whoever carries them. Who may read the file of addresses could send in the office's name; it is "
            "not used while others can read it, and no address is ever shown."
        ),
        N_(
            "Who hands in a file, be it a sheet, a template, a copy or an export: it is read whole and within "
            "bounds. Workbooks and templates are taken apart in a process of their own, copies are opened in a "
            "private folder. Nothing in them is run, and what they say steers no terminal and no spreadsheet."
        ),
        N_(
            "Who may write into backups: he can take copies away or put others there. verify compares the newest "
            "with the book; an empty file is no copy. Keep one copy where the clerk cannot write."
        ),
        N_(
            "Who sets the computer's clock: days and instants. verify tells of each entry that was recorded an "
            "hour or more before the one in front of it; a clock that runs ahead shows only when it is set right."
        ),
        N_(
            "Who rules the machine (root, an administrator, a program of theirs): everything, this program too. "
            "Only a proof on another machine, with a paper or a mark that was kept there, notices."
        ),
        N_(
            "Who replaces a package on its way to the office: it does not fit its fingerprint in "
            "requirements.txt, and pip refuses it when it was told to look (--require-hashes)."
        ),
    ),
    (
        N_("The page in a browser"),
        N_(
            "serve answers this machine alone unless --host says otherwise. A site that somebody visits meanwhile can "
            "neither read nor write at it: each form carries a token of its session, and where it comes from and by "
            "which name the page is called are looked at first."
        ),
        N_(
            "What stands in the book is shown as text, never run, and no page loads anything from elsewhere. What is "
            "larger than 8 MiB is refused, and who sends slower than any line of an office is cut off."
        ),
        N_(
            "A form writes through the same rules as a command, under the account's name. It is acknowledged when it "
            "is on the disk; when the answer is lost, sending it again writes nothing twice."
        ),
        N_(
            "Several accounts of one computer are not told apart at a page without login: whoever can open a browser "
            "on it can write. Where that is not wanted, serve with accounts, or with --read-only."
        ),
        N_("$ blangko account add siti --role clerk"),
        N_("$ blangko serve --host 0.0.0.0 --tls-cert office.pem"),
        N_(
            "Others come in with an account and a passphrase, over HTTPS only. A clerk writes for the own office, a "
            "head of office issues papers, an auditor reads, a province sees its offices and shares cards out. Who "
            "guesses waits longer each time, up to five minutes."
        ),
        N_(
            "Accounts lie outside of every book, for their owner alone; on a server in a table that only the owner of "
            "the tables reads. A login ends after two hours of nothing and with the working day, with the account and "
            "with its passphrase."
        ),
    ),
    (
        N_("Several offices on a server"),
        N_(
            "Its owner lets in roles with the SQL that offices grant writes. A role's name says what it sees, "
            "whatever program it uses: one office for a clerk, every office whose code begins with 61 for that "
            "province, all of them for the auditor, who writes nothing."
        ),
        N_("$ blangko offices grant clerk 61.03 -o clerk.sql"),
        N_(
            "No role changes or deletes an entry, or adds an office. A clerk can spoil the end of his own book with "
            "another program, and nothing more; the seals show it. For several people of an office, give each a "
            "login in the role of the office (ALTER ROLE siti SET role = 'blangko_clerk_61.03'); the server's log "
            "then names the person."
        ),
        N_(
            "The owner of the tables and who looks after the server can do everything, as who holds a file can. "
            "Against them stand papers, copies, and the books that the offices themselves push from."
        ),
    ),
    (
        N_("What is not proved"),
        N_("That an entry is true: only that it was written so, and not later than the paper or mark that follows it."),
        N_("That the name is the person's: only the account is the system's word, and who sat there it does not know."),
        N_("When an entry was written: the instant is the machine's own."),
        N_("That the book was kept from other eyes: it is not encrypted, and neither are copies and exports."),
        N_("That it will be there tomorrow: who may write to the folder may take it away. Copies are the answer."),
    ),
    (
        N_("How the book is written"),
        N_(
            "Every command is written whole or not at all: after a crash, a kill or a power cut the book is as "
            'before it or as after it. "Not confirmed" means that the disk failed on the way: look before you '
            "write it again, or give every command a --key."
        ),
        N_(
            "Clerks may write at once; the second waits up to 20 seconds. When another file takes the book's place "
            "while a command runs, that file takes no entry."
        ),
        N_(
            "Keep the file on the computer's own disk. init and restore refuse a network drive and a folder that "
            "synchronises itself, unless --yes takes the risk, and verify warns of them."
        ),
        N_(
            "Sixteen digits that look like a citizen's number (NIK) are refused. Text from the book steers no "
            "terminal, and becomes no formula, markup or command in a table, workbook, page or letter. Each entry "
            "carries the computer's user or the name given with --by; when require_name is yes, a name must be "
            "given:"
        ),
        N_("$ blangko settings require_name yes"),
        N_(
            "The day of an entry is the day in the office by the computer's zone; the instant is kept in UTC beside "
            "it. A movement is asked about when the clock stands a day or more before the last entry. Entries dated "
            "after today make alert speak up, and undo takes them back on their own day."
        ),
        N_(
            "A newer blangko leaves an older book alone until upgrade, or a yes at the terminal: the book is copied, "
            "the copy proved, then changed at one stroke and proved again. An older blangko refuses a newer book."
        ),
    ),
    (
        N_("How it is proved and copied"),
        N_(
            "verify looks at the file and its rules, the chain of seals, the sum on every day, the shelf and the "
            "spoiled pile on every evening, numbers, links, settings, how far the holidays are known, days without "
            "entries, and when the shelf was last counted and the book last copied. Each finding names its entry "
            "where there is one, and says what to do."
        ),
        N_(
            "The check code of a paper is typed (32 digits, a dash, the entry) or scanned from the square on it, "
            "which holds the whole seal. A mark keeps the last proved seal outside the book: who writes the book "
            "anew or cuts off its end is found by it. A mark that is not there is no proof, and it moves on only "
            "when the book goes on from it."
        ),
        N_(
            "backup copies the book as it is at one moment, also while clerks write, proves the copy and only then "
            "gives it its name, in backups beside the book or where -o says. Beside the book stay the fourteen "
            "newest copies, the newest of each of the last twelve months, and one of each year. With -o only an "
            "older copy of the same book is replaced."
        ),
        N_(
            "restore takes a copy or an export, proves it first, says how many entries it lacks, and keeps the book "
            "that was there under another name."
        ),
    ),
    (
        N_("What an office does"),
        N_("Give each clerk an account of his own, and let nobody else write to the folder of the book."),
        N_("Hand out a paper each week, and let the auditor keep a mark and a copy. Compare before you believe:"),
        N_("$ blangko verify --mark /media/usb/blangko.mark"),
        N_("$ blangko verify --code 6a2643e239dd4bd2a33d26ee75e4f8b9-102"),
        N_(
            "When verify finds an error: write no more, keep the file as it is, and bring back the newest copy "
            "that is whole."
        ),
    ),
)
