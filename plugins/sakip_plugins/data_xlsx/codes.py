"""What is found in workbooks, with its words."""

from __future__ import annotations

from sakip_rules import Code, Severity


def _code(
    name: str, found: tuple[str, str], advice: tuple[str, str], why: tuple[str, str], example: tuple[str, str]
) -> Code:
    """An error; each text in Indonesian and in English."""
    words = {
        language: {"pesan": found[at], "saran": advice[at], "tentang": why[at], "contoh": example[at]}
        for at, language in enumerate(("id", "en"))
    }
    return Code(name, Severity.ERROR, words)


LOCKED = _code(
    "xlsx-101",
    (
        "berkas ini buku kerja Excel lama (.xls) atau terkunci dengan kata sandi",
        "this file is an old Excel workbook (.xls) or locked by a password",
    ),
    (
        "buka di Excel atau LibreOffice, lepas kata sandinya, lalu simpan sebagai .xlsx",
        "open it in Excel or LibreOffice, remove its password, and save it as .xlsx",
    ),
    (
        "Bentuk lama tidak dapat diperiksa keamanannya, dan isi yang terkunci tidak dapat dibaca.",
        "The old form cannot be checked for safety, and what is locked cannot be read.",
    ),
    ("`realisasi_2024.xls`", "`realisasi_2024.xls`"),
)
DAMAGED = _code(
    "xlsx-102",
    ("berkas ini bukan buku kerja Excel yang utuh", "this file is no whole Excel workbook"),
    (
        "buka di Excel atau LibreOffice, lalu simpan ulang sebagai .xlsx",
        "open it in Excel or LibreOffice, and save it again as .xlsx",
    ),
    (
        "Buku kerja yang rusak, terpotong, atau berisi hal yang tidak pernah ditulis Excel tidak dibaca sebagian.",
        "A workbook that is damaged, cut off, or holds what Excel never writes is not read in parts.",
    ),
    ("berkas CSV yang hanya diganti namanya menjadi .xlsx", "a CSV file that was only renamed to .xlsx"),
)
MACROS = _code(
    "xlsx-103",
    ("buku kerja ini berisi makro", "this workbook holds macros"),
    (
        "simpan sebagai buku kerja biasa (.xlsx), yang tidak memuat makro",
        "save it as a plain workbook (.xlsx), which holds no macros",
    ),
    (
        "Makro dapat mengubah angka tanpa terlihat dan menjalankan hal lain; data cukup berupa angka.",
        "Macros may change figures unseen and run other things; data need be nothing but figures.",
    ),
    ("`realisasi_2024.xlsm`", "`realisasi_2024.xlsm`"),
)
TOO_LARGE = _code(
    "xlsx-104",
    (
        "buku kerja ini terlalu besar: paling banyak {megabytes} MB setelah dibuka, {rows} baris, dan {columns} kolom",
        "this workbook is too large: at most {megabytes} MB once it is opened, {rows} rows, and {columns} columns",
    ),
    (
        "hapus lembar, baris kosong, dan gambar yang tidak diperlukan, atau bagi menjadi beberapa berkas",
        "remove sheets, empty rows and pictures that are not needed, or split it into several files",
    ),
    (
        "Berkas kecil dapat mengembang hingga memenuhi ingatan komputer; data kinerja tidak pernah sebesar itu.",
        "A small file may grow until it fills the memory of the computer; data of performance never do.",
    ),
    (
        "lembar dengan satu sel terisi pada baris 1.048.576",
        "a sheet with one cell that is filled, in row 1,048,576",
    ),
)
NO_TABLE = _code(
    "xlsx-105",
    (
        "tidak ada lembar yang terlihat dengan baris judul `tahun`, `nama`, dan `nilai`",
        "no visible sheet has a heading row with `tahun`, `nama` and `nilai`",
    ),
    (
        "beri satu baris judul dengan ketiga kolom itu, atau mulai dari `sakip-rules new data`",
        "give it one heading row with these three columns, or start from `sakip-rules new data`",
    ),
    (
        "Judul kolom memberi tahu apa arti setiap sel; tanpa judul, artinya harus ditebak.",
        "Headings tell what each cell means; without them it would have to be guessed.",
    ),
    ("judul kolomnya `Realisasi`, bukan `nilai`", "the heading of the column is `Realisasi`, not `nilai`"),
)
SECOND_TABLE = _code(
    "xlsx-106",
    (
        "lembar `{sheet}` juga berisi tabel data, padahal yang dibaca lembar `{first}`",
        "the sheet `{sheet}` holds a table of data, too, while `{first}` is read",
    ),
    (
        "kumpulkan semua baris dalam satu lembar, atau simpan lembar lain sebagai berkas tersendiri",
        "put all rows onto one sheet, or save the other sheet as a file of its own",
    ),
    ("Baris di lembar kedua tidak boleh hilang diam-diam.", "Rows on a second sheet must not get lost silently."),
    ("satu lembar untuk setiap triwulan", "a sheet for each quarter"),
)
HIDDEN = _code(
    "xlsx-107",
    ("sel ini berisi data tetapi tersembunyi", "this cell holds data and is hidden"),
    (
        "tampilkan baris atau kolomnya, lepas saringannya, atau hapus isinya",
        "show its row or column, remove the filter, or delete what it holds",
    ),
    (
        "Yang tidak terlihat tidak ikut diperiksa orang, sehingga tidak dibaca tanpa diketahui.",
        "Nobody checks what cannot be seen, so that it is not read unnoticed.",
    ),
    ("baris yang disembunyikan oleh saringan", "a row that a filter hides"),
)
ERROR = _code(
    "xlsx-108",
    ("sel ini berisi kesalahan `{value}`", "this cell holds the error `{value}`"),
    (
        "perbaiki rumusnya; bila nilainya memang tidak ada, kosongkan dan beri status `tidak_ada`",
        "mend its formula; if there is no value, clear it and give it the status `tidak_ada`",
    ),
    ("Kesalahan hitung bukan nol dan bukan kosong.", "A failed calculation is neither zero nor empty."),
    ("`#DIV/0!` pada kolom `nilai`", "`#DIV/0!` in the column `nilai`"),
)
NOT_CALCULATED = _code(
    "xlsx-109",
    ("rumus di sel ini belum mempunyai hasil", "the formula of this cell has no result yet"),
    (
        "buka berkasnya di Excel atau LibreOffice, hitung, lalu simpan; atau ketik nilainya",
        "open the file in Excel or LibreOffice, calculate, and save it; or type the value",
    ),
    (
        "Rumus yang belum dihitung tidak mempunyai nilai, walaupun program lain menampilkannya sebagai nol.",
        "A formula that was not calculated has no value, although other programs show it as zero.",
    ),
    ("`=B2/B3` yang ditulis oleh aplikasi lain", "`=B2/B3`, written by another program"),
)
WRONG_KIND = _code(
    "xlsx-110",
    (
        "sel ini berisi tanggal, waktu, atau benar/salah (`{value}`), bukan isi kolom `{heading}`",
        "this cell holds a date, a time, or a truth (`{value}`), which the column `{heading}` does not",
    ),
    (
        "ketik ulang isinya, dan atur bentuk selnya sebagai Umum atau Angka",
        "type it again, and set the format of the cell to General or Number",
    ),
    (
        "Excel mengubah `1/2` menjadi tanggal; angka di balik tanggal tidak berarti apa-apa.",
        "Excel turns `1/2` into a date; the number behind a date means nothing.",
    ),
    ("`2,5` yang menjadi 2 Mei", "`2.5` that became the second of May"),
)
TOO_PRECISE = _code(
    "xlsx-111",
    (
        "angka di sel ini lebih dari 15 angka, sehingga Excel tidak menyimpannya dengan tepat",
        "the number of this cell has more than 15 digits, which Excel does not keep exactly",
    ),
    (
        "ketik sebagai teks dengan tanda petik di depannya, atau pakai satuan yang lebih besar",
        "type it as a text, with an apostrophe before it, or use a larger unit",
    ),
    (
        "Angka setelah yang kelima belas menjadi nol tanpa pemberitahuan.",
        "Digits after the fifteenth become zero without a word.",
    ),
    ("nomor induk kependudukan pada kolom `nilai`", "an identity number in the column `nilai`"),
)
MERGED = _code(
    "xlsx-112",
    (
        "sel gabungan `{range}` mencakup beberapa nilai",
        "the merged cell `{range}` covers several values",
    ),
    (
        "pisahkan selnya, lalu isi setiap nilai pada barisnya sendiri",
        "unmerge it, and fill in each value in its own row",
    ),
    (
        "Satu angka untuk beberapa baris dapat berarti jumlah, rata-rata, atau nilai yang sama.",
        "One number for several rows may be their sum, their mean, or the same value.",
    ),
    ("satu sel gabungan untuk realisasi empat triwulan", "one merged cell for what four quarters achieved"),
)
NO_HEADING = _code(
    "xlsx-113",
    ("sel ini berada di kolom tanpa judul", "this cell stands in a column without a heading"),
    ("beri judul kolomnya, atau kosongkan", "give its column a heading, or clear it"),
    (
        "Isi tanpa judul tidak dapat diartikan, dan tidak dilewati diam-diam.",
        "What has no heading cannot be understood, and is not skipped silently.",
    ),
    ("catatan di sebelah kanan tabel", "a note to the right of the table"),
)
EITHER_MARK = _code(
    "xlsx-114",
    (
        "teks `{value}` dapat berarti ribuan atau desimal",
        "the text `{value}` may mean thousands or decimals",
    ),
    (
        "jadikan angka biasa, atau tulis `desimal` dalam `sakip.toml`",
        "make it a plain number, or put `desimal` into `sakip.toml`",
    ),
    (
        "`1.234` yang disimpan sebagai teks bukan angka bagi Excel, dan artinya tidak dapat dipastikan.",
        "To Excel `1.234` kept as a text is no number, and its meaning is not certain.",
    ),
    ("`1.234` sebagai teks, tanpa nilai lain yang memastikan", "`1.234` as a text, with no other value that tells"),
)

ALL = (
    LOCKED, DAMAGED, MACROS, TOO_LARGE, NO_TABLE, SECOND_TABLE, HIDDEN, ERROR, NOT_CALCULATED, WRONG_KIND, TOO_PRECISE,
    MERGED, NO_HEADING, EITHER_MARK,
)  # fmt: skip
