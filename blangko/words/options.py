"""The Indonesian name of every option; both are understood in either language, help and refusals show their own."""

from typing import Any

from blangko.words.language import language

INDONESIAN = {
    "--addresses": "--alamat",
    "--adjust": "--sesuaikan",
    "--at": "--pukul",
    "--back": "--kembalikan",
    "--behind-proxy": "--di-belakang-proksi",
    "--by": "--oleh",
    "--cause": "--sebab",
    "--code": "--kode",
    "--columns": "--kolom",
    "--copy": "--salinan",
    "--coverage": "--cakupan",
    "--daily": "--harian",
    "--date-order": "--urutan-tanggal",
    "--desktop": "--pintasan",
    "--dry-run": "--coba",
    "--due": "--janji",
    "--eligible": "--wajib",
    "--explain": "--jelaskan",
    "--for": "--untuk",
    "--from": "--dari",
    "--host": "--alamat-dengar",
    "--if-extra": "--jika-tambahan",
    "--if-quota": "--jika-kuota",
    "--if-receive": "--jika-terima",
    "--if-request": "--jika-ajukan",
    "--issue": "--terbitkan",
    "--keep": "--simpan",
    "--key": "--kunci",
    "--loan": "--pinjam",
    "--loans": "--saling-pinjam",
    "--lot": "--kelipatan",
    "--mark": "--tanda",
    "--mark-up": "--tandai",
    "--max": "--maksimal",
    "--method": "--cara",
    "--min": "--minimal",
    "--month": "--bulan",
    "--more": "--lagi",
    "--name": "--nama",
    "--new-key": "--kunci-baru",
    "--new-mark": "--tanda-baru",
    "--note": "--catatan",
    "--notify": "--beritahu",
    "--office": "--kantor",
    "--officer": "--petugas",
    "--on": "--pada",
    "--open": "--buka",
    "--opening": "--saldo",
    "--or-nothing": "--atau-tidak",
    "--output": "--keluaran",
    "--per-team": "--per-tim",
    "--port": "--porta",
    "--print": "--tampilkan",
    "--serve": "--layani",
    "--printed": "--tercetak",
    "--printing": "--pencetakan",
    "--quiet": "--diam",
    "--quota": "--kuota",
    "--ration-until": "--cukup-sampai",
    "--read-only": "--hanya-baca",
    "--reason": "--alasan",
    "--record": "--catat",
    "--receipt": "--tanda-terima",
    "--recorded": "--terekam",
    "--ref": "--nomor",
    "--refresh": "--perbarui",
    "--remarks": "--keterangan",
    "--refused": "--ditolak",
    "--repeat": "--ulangi",
    "--replace": "--ganti",
    "--request": "--permohonan",
    "--residents": "--penduduk",
    "--role": "--peran",
    "--run": "--jalankan",
    "--shared": "--bersama",
    "--sheet": "--lembar",
    "--since": "--sejak",
    "--since-receipt": "--sejak-terima",
    "--source": "--sumber",
    "--spoiled": "--rusak",
    "--teams": "--tim",
    "--template": "--templat",
    "--test": "--uji-coba",
    "--tls-cert": "--sertifikat-tls",
    "--tls-key": "--kunci-tls",
    "--turned-away": "--diminta-kembali",
    "--until": "--sampai",
    "--use": "--pemakaian",
    "--week": "--minggu",
    "--whole": "--seluruhnya",
    "--year": "--tahun",
    "--yes": "--ya",
}
_BY_MEANING = {
    ("--to", "WHO"): "--kepada",
    ("--to", "DATE"): "--sampai",
    ("--by", "DATE"): "--paling-lambat",
}
"""`--to` names somebody or a day, `--by` who writes or a day."""


def named_in_both(param: Any) -> Any:
    """The option with its Indonesian name beside the English one."""
    for option in [each for each in param.opts if each.startswith("--")]:
        other = _BY_MEANING.get((option, param.metavar or "")) or INDONESIAN.get(option)
        if other and other not in param.opts:
            param.opts.append(other)
    return param


def shown_names(param: Any, spoken: str) -> list[str]:
    """The names of an option that the help of a language shows, the short one first."""
    others = {*INDONESIAN.values(), *_BY_MEANING.values()}
    english = [each for each in param.opts if each not in others]
    own = [each for each in param.opts if each in others]
    kept = [each for each in english if not each.startswith("--")] + own if own and spoken == "id" else english
    return sorted(kept, key=len)


def called(option: str) -> str:
    """An option, or several parted by commas, as the language spoken calls it."""
    if language() != "id":
        return option
    return ", ".join({"--to": "--kepada", **INDONESIAN}.get(each, each) for each in option.split(", "))
