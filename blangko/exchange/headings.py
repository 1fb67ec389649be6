"""What the headings of a clerk's table mean, word by word.

A heading is compared by its words and not as a whole, since people add units, items and brackets in every way. A
column may stand below further headings (Pengeluaran over Cetak and Rusak), which decide where its own words do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

FIGURES = ("received", "printed", "spoiled", "sent")
"""Meanings of columns whose cells are cards that moved."""
SUMS = ("out", "used", "amount")
"""Meanings of columns that may be a sum over others, or what their words alone do not say."""
_NAMES = {
    "day": "day hari tanggal tgl date",
    "received": "received masuk terima penerimaan diterima",
    "printed": "printed cetak tercetak print",
    "spoiled": "spoiled rusak gagal spoil",
    "sent": "sent kirim dikirim send",
    "balance": "balance sisa saldo stok",
    "opening": "opening awal",
    "reference": "reference dokumen bast ref",
    "note": "note ket keterangan catatan",
    "out": "out keluar pengeluaran",
    "item": "item barang jenis",
    "ignored": "ignored abaikan ignore",
}
NAMED = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
"""Meanings as they are typed in `--columns`, in English and in Indonesian."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RECEIVED = _words(
    "masuk pemasukan terima diterima penerimaan menerima received receipt receipts in dropping droping "
    "tambah tambahan penambahan"
)
_PRINTED = _words("cetak tercetak dicetak pencetakan cetakan printed print prints")
_USED = _words("terpakai dipakai pemakaian pakai digunakan penggunaan used use usage")
_OUT = _words("keluar dikeluarkan pengeluaran out")
_SPOILED = _words("rusak kerusakan gagal spoiled spoil reject cacat afkir damaged salah")
_SENT = _words("kirim dikirim dikirimkan pengiriman distribusi didistribusikan penyaluran disalurkan sent")
_PLACES = _words("kec kecamatan upt uptd")
_BALANCE = _words("sisa stok stock saldo persediaan balance remaining")
_BEFORE = _words("awal lalu kemarin sebelumnya opening pindahan")
_RUNNING = _words("kumulatif komulatif akumulasi akumulatif cumulative sampai")
_NOTE = _words("ket keterangan catatan note notes remark remarks uraian asal sumber tujuan kepada")
_REFERENCE = _words("bast dokumen bukti surat reference ref dasar ba")
_DAY = _words("tanggal tgl tg date")
_NUMBER = _words("no nomor nr urut")
_PERIOD = _words("bulan minggu pekan periode tahun month week")
_ITEM = _words("jenis barang item")
OTHER_ITEMS = _words("kia akta akte kk suket ribbon film tinta toner kertas")
"""Things that offices keep in the same sheets, and that are no blank KTP-el."""
_OTHER_WORK = _words(
    "rekam perekaman merekam terekam prr antrian antrean tunggu menunggu siap belum aktivasi ikd "
    "biometrik pemohon permohonan pengajuan diajukan diminta permintaan diambil diserahkan dibagikan "
    "penyerahan pengambilan pelayanan dilayani opname"
)
_PLANS = _words("target rencana kuota jatah alokasi")
_OTHER_MOVES = _words("musnah dimusnahkan pemusnahan hilang retur kembali dikembalikan pengembalian pinjam dipinjam")
_MEASURES = _words(
    "persen persentase prosentase percent rata rerata average avg mean biaya harga rp rupiah nilai tarif "
    "box boks dus dos kotak karton"
)
"""Of cards, but no number of them: shares, means, money and boxes."""
_PEOPLE = _words("petugas operator paraf ttd nama loket jam pukul penerima tandatangan nip")
_UNITS = _words(
    "keping kpg lembar lbr buah bh pcs card cards kartu blangko blanko ktp e el elektronik harian hari "
    "ini yang di dan per of the satuan"
)
_AMOUNT = _words("jumlah jml jlh total banyaknya realisasi qty volume")
_PURPOSES = _words(
    "baru perubahan ubah hilang rusak pemula ganti pengganti penggantian pindah reguler luring perekaman "
    "prr lain lainnya ulang"
)
_PARTS = _words("pagi siang sore malam laki perempuan l p lk pr pria wanita")
_WELL = _words("baik bagus berhasil sukses good ok")
_GIVERS = _words("provinsi prov propinsi pusat dirjen ditjen kemendagri")
_SPELLINGS = (
    (re.compile(r"s\s*[/.]\s*d\b\.?|\bsd\b"), " sampai "),
    (re.compile(r"e[\s-]*ktp|ktp[\s-]*(?:el(?:ektronik)?|e)\b|\bektp\b|\bktpel\b"), " ktp "),
)
LONGEST_HEADING = 120


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words of a heading in small letters; s/d and the ways to write KTP-el are one word each."""
    plain = text[:LONGEST_HEADING].lower()
    for pattern, word in _SPELLINGS:
        plain = pattern.sub(word, plain)
    return frozenset(re.findall(r"[a-z]+", plain))


def other_item(texts: Iterable[str]) -> str:
    """The thing that is no KTP-el and of which the texts speak alone; empty where they speak of KTP-el or of none."""
    words = frozenset().union(*map(words_of, texts))
    return "" if "ktp" in words else next(iter(sorted(words & OTHER_ITEMS)), "")


def item_alone(text: str) -> str:
    """The item that a cell names and nothing else with it, as in a row for each item; empty where there is none."""
    words = words_of(text)
    items = words & (OTHER_ITEMS | {"ktp"})
    return next(iter(sorted(items)), "") if items and not words - items - _UNITS else ""


def meaning_of(leaf: str, parents: Sequence[str] = (), beside: frozenset[str] = frozenset()) -> tuple[str | None, str]:
    """What a column means, and if nothing that is read, why: a code.

    Args:
        leaf: Its own heading.
        parents: The headings above it, from the top.
        beside: The words of all headings below the same parent.
    """
    own, above = words_of(leaf), frozenset().union(*map(words_of, parents))
    if other_item([leaf]) or ("ktp" not in own and other_item(parents)):
        return None, "other_item"
    if "%" in leaf or (own | above) & _MEASURES:
        return None, "not_cards"
    if own & _BALANCE and (own & (_SPOILED | _PRINTED) or ("+" in leaf and own & _RECEIVED)):
        return None, "part_of_balance"
    if (own & _RUNNING and not own & _BALANCE) or above & _RUNNING:
        return None, "running_sum"
    if above & _PRINTED and own & _PURPOSES and beside & (_PURPOSES - {"rusak"}):
        return "printed", ""
    meaning, why = _of_words(own)
    if (meaning, why) == ("opening", "") and not own & _BALANCE and not above & _BALANCE:
        return None, "running_sum" if above else "unknown"
    if why != "unknown" and meaning != "amount":
        return meaning, why
    return _of_parents(own, above, meaning, why)


def _of_parents(own: frozenset[str], above: frozenset[str], meaning: str | None, why: str) -> tuple[str | None, str]:
    if own & {"akhir"} and above & _BALANCE:
        return "balance", ""
    upper, upper_why = _of_words(above) if above else (None, "unknown")
    if upper in (*FIGURES, "balance") or upper_why not in ("", "unknown"):
        return upper, upper_why
    if upper in SUMS:
        return upper, ""
    return meaning, why


def _of_words(words: frozenset[str]) -> tuple[str | None, str]:
    """The meaning of some words by themselves."""
    if words & _DAY:
        return (None, "other_day") if words & (_REFERENCE | {"lahir", "terbit"}) else ("day", "")
    if words & _PEOPLE:
        return None, "not_cards"
    if words & _NOTE:
        return "note", ""
    if words & _REFERENCE:
        return "reference", ""
    if words & _PLANS:
        return None, "plan"
    if words and not words - {"hari", "day"}:
        return "weekday", ""
    if words & _BALANCE and not words & (_RECEIVED | _PRINTED | _OUT | _SPOILED | _OTHER_WORK):
        return ("opening" if words & _BEFORE else "balance"), ""
    if words & _BEFORE:
        return ("opening", "") if "awal" in words else (None, "running_sum")
    return _of_moves(words)


def _of_moves(words: frozenset[str]) -> tuple[str | None, str]:
    if words & _OTHER_WORK and not ("prr" in words and words & _PRINTED and not words & {"belum", "siap"}):
        if words & _GIVERS and "pengambilan" in words:
            return "received", ""
        return None, "other_work"
    if words & _PRINTED and words & {"karena", "ganti", "pengganti", "penggantian", "ulang"}:
        return "printed", ""
    if words & _OTHER_MOVES:
        return None, "other_movement"
    for meaning, known in (("spoiled", _SPOILED), ("received", _RECEIVED), ("printed", _PRINTED)):
        if words & known:
            return meaning, ""
    if words & _GIVERS and words & (_SENT | {"dari"}):
        return "received", ""
    for meaning, known in (("sent", _SENT | _PLACES), ("used", _USED), ("out", _OUT), ("item", _ITEM)):
        if words & known:
            return meaning, ""
    return _of_rest(words)


def _of_rest(words: frozenset[str]) -> tuple[str | None, str]:
    if words & _WELL:
        return "printed", ""
    if words & _NUMBER:
        return "number", ""
    if words & _PERIOD:
        return "period", ""
    if words and not words - _AMOUNT - _UNITS:
        return "amount", ""
    return None, "unknown"


def is_of_purposes(headings: Iterable[str]) -> bool:
    """Whether columns stand beside each other that part the prints by what they were for: Baru, Hilang, Rusak."""
    return any(words_of(text) & (_PURPOSES - {"rusak", "ulang", "prr", "perekaman"}) for text in headings)


def is_additive(headings: Sequence[str]) -> bool:
    """Whether columns of one meaning are known to be parts that add up: by place, by purpose, by way of failing."""
    kinds = [words_of(text) & (_PURPOSES | _PLACES | _GIVERS | _PARTS) for text in headings]
    return (all(kinds) and len(set(kinds)) == len(kinds)) or all(words & _PLACES for words in kinds)


def is_sum(heading: str) -> bool:
    """Whether a heading says that its column is a sum over others."""
    return bool(words_of(heading) & {"jumlah", "jml", "jlh", "total"})
