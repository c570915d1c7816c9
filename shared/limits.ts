/** Every limit of the program, each with the reason for its value. */

/** Volume descriptors scanned; a real set has under ten, libblkid stops at 16. */
export const MAX_VOLUME_DESCRIPTORS = 64
/** Directory depth followed when reading; 7-Zip and libcdio stop at 256 too. */
export const MAX_DIRECTORY_DEPTH = 256
/** Continuation areas followed for one record; Linux allows 32. */
export const MAX_CONTINUATION_HOPS = 32
/** System use bytes joined for one record: far above any real one, and small to hold. */
export const MAX_SYSTEM_USE_BYTES = 256 * 1024
/** Joined Rock Ridge name; longer than any host allows. */
export const MAX_ROCK_RIDGE_NAME_BYTES = 1024
/** Joined symbolic link target; Linux' PATH_MAX. */
export const MAX_LINK_TARGET_BYTES = 4096
/** One directory's extent: about a million records. */
export const MAX_DIRECTORY_BYTES = 256 * 1024 * 1024
/** Records of one file of several parts; at 4 GiB each, 2,048 fill the largest image. */
export const MAX_FILE_SECTIONS = 10_000
/** Sessions of a multi-session image: as many as a CD has tracks. */
export const MAX_SESSIONS = 99
/** Blocks looked through for the next session: lead-out, lead-in and pregap of a CD take 11,400 and 150. */
export const SESSION_GAP_BLOCKS = 11_700
/** Path table: 65,535 directories of the longest names fit. */
export const MAX_PATH_TABLE_BYTES = 64 * 1024 * 1024

/** Findings kept of one kind; a bad image can give one for each of a million records. */
export const MAX_FINDINGS_PER_CODE = 100
/** Directory bytes read again because another directory shares them: real shared trees are small, hostile ones double at each level. */
export const MAX_SHARED_DIRECTORY_BYTES = 16 * 1024 * 1024
/** Bytes of a directory held at once: any longer one is read in such parts. */
export const DIRECTORY_PART_BYTES = 256 * 1024
/** What an extraction may write without being told to: so many times the image, where that is more than a little. */
export const EXPANSION_LIMIT = { ratio: 4, leastBytes: 2 ** 30 } as const
/** Compressed blocks of a zisofs file, by log2, for each version: what the format's descriptions allow. */
export const ZISOFS_BLOCK_LOG2 = { least: 15, most: { 1: 17, 2: 20 } } as const
/** Length of a zisofs file; what is claimed beyond it can't be meant. */
export const MAX_ZISOFS_BYTES = 2 ** 42
/** Units of an interleaved file: 2 GB of the smallest. */
export const MAX_INTERLEAVED_UNITS = 1_000_000

/** One read or write of bulk data: it stays in a processor's own cache between the two; from 256 KiB on, copies were half as fast. */
export const TRANSFER_BYTES = 128 * 1024

/** Staging: names the window accepts; the longest a host file system holds. */
export const MAX_NAME_BYTES = 255
/** Items one IPC message may carry: a drop of this many is a folder's job. */
export const MAX_ITEMS_PER_MESSAGE = 10_000

/** Entries that only one of two compared trees has at their place, held to look for them on the other side: some 200 MB. */
export const MAX_LEFT_OVERS = 500_000
/** Differences that a finished comparison carries as a job's result; whoever listens gets them all. */
export const MAX_RESULT_DIFFERENCES = 10_000
/** Changes that the result of an edit carries. */
export const MAX_RESULT_CHANGES = 1000

/** Entries of one tree held for browsing and searching: some 100 bytes each, names apart. */
export const MAX_BROWSED_ENTRIES = 4_000_000
/** Their names, twice: as they are and as they are searched. */
export const MAX_BROWSED_NAME_BYTES = 256 * 1024 * 1024
/** Beginning of a text shown as preview: some thousand lines. */
export const TEXT_PREVIEW_BYTES = 256 * 1024
/** A picture shown as preview: photographs of cameras have less. */
export const MAX_PICTURE_BYTES = 32 * 1024 * 1024
/** The same in pixels: each takes four bytes when it is drawn. */
export const MAX_PICTURE_PIXELS = 64_000_000
/** Bytes of a file that one message brings to the window. */
export const MAX_BYTES_PER_MESSAGE = 64 * 1024
/** Places of one file's content that are listed; the rest is counted. */
export const MAX_SHOWN_EXTENTS = 100
/** Units of the sector map held: one a sector up to 68 GB. */
export const MAX_MAPPED_UNITS = 2 ** 25
/** What no structure leads to, looked through for being empty: seconds of reading. */
export const MAX_UNCLAIMED_BYTES = 256 * 1024 * 1024
/** Entries that an extraction is told one by one; whole folders count once. */
export const MAX_CHOSEN_PATHS = 100_000
/** Entries of an image that is edited in the window: its tree and the one that a forecast plans take 400 of the reader's 512 MiB. */
export const MAX_EDITED_ENTRIES = 75_000
/** Images open at once in the window; each has a process of its own. */
export const MAX_OPEN_IMAGES = 12
/** Images remembered as opened before. */
export const MAX_RECENT_IMAGES = 20
/** Jobs that are over and remembered; the oldest go first. */
export const MAX_REMEMBERED_JOBS = 200
/** Lines of a remembered job's log. */
export const MAX_REMEMBERED_LOG_LINES = 1000
/** One remembered job: a comparison with 10,000 differences has two megabytes. */
export const MAX_REMEMBERED_JOB_BYTES = 16 * 1024 * 1024
/** A project file: 100,000 steps of long paths. */
export const MAX_PROJECT_FILE_BYTES = 32 * 1024 * 1024
/** Steps of a project; each of somebody's clicks is one. */
export const MAX_PROJECT_STEPS = 100_000
/** Content that is taken out ahead for a drag to another window: about a second's work. */
export const MAX_DRAGGED_BYTES = 256 * 1024 * 1024

/** UDF volume descriptors read in one sequence, hops included; libblkid and 7-Zip stop there too. */
export const MAX_UDF_SEQUENCE_DESCRIPTORS = 64
/** UDF partitions and partition maps of a volume; real ones have at most three maps. */
export const MAX_UDF_PARTITION_MAPS = 64
/** Indirect entries followed for one UDF file; each is one rewriting on write-once media. */
export const MAX_UDF_ICB_HOPS = 16
/** Blocks of further allocation descriptors of one UDF file, in any order; beyond that they must lie in rising order. */
export const MAX_UDF_ALLOCATION_HOPS = { anyOrder: 16, rising: 10_000 } as const
/** Pieces that a table of replaced blocks may tear one UDF file into; rewritable discs of 4.7 GB have 147,000 packets. */
export const MAX_UDF_FILE_PIECES = 200_000
/** UDF files of which such blocks are remembered, so that many names of one file don't cost many readings. */
export const MAX_UDF_LONG_ALLOCATIONS = 10_000
/** UDF integrity descriptors followed; Linux' limit. */
export const MAX_UDF_INTEGRITY_HOPS = 1000
/** Length of a UDF file; Linux' limit. */
export const MAX_UDF_FILE_BYTES = 2 ** 42
/** Virtual allocation table or other table of a UDF volume held in memory: 16 million blocks. */
export const MAX_UDF_TABLE_BYTES = 64 * 1024 * 1024
/** Zeros behind what was recorded of write-once media, looked through for the virtual allocation table before them. */
export const MAX_UDF_BLANK_TAIL_BYTES = 256 * 1024 * 1024
/** Blocks looked through backwards for the virtual allocation table: run-out and padding behind it are shorter. */
export const MAX_UDF_TABLE_SEARCH_BLOCKS = 320

/** Entries of a boot catalog; real ones have two, 7-Zip stops at 32 in a section. */
export const MAX_BOOT_ENTRIES = 64
/** Boot catalog read: that many entries, each with a header and an extension of its own. */
export const MAX_BOOT_CATALOG_BYTES = 8192
/** Bytes of one boot file summed up for its information table; such files have kilobytes. */
export const MAX_BOOT_CHECKSUM_BYTES = 16 * 1024 * 1024
/** Entries of a GUID partition table; the standard's usual number is 128. */
export const MAX_GPT_ENTRIES = 1024
/** Length of one of its entries, which doubles from 128 bytes on. */
export const MAX_GPT_ENTRY_BYTES = 4096
/** Entries of an Apple partition map; hybrid images have at most a handful. */
export const MAX_APPLE_PARTITIONS = 64

/** Blocks of a rip's map: a disc with every second sector of 2 GB unreadable; beyond that it is no map. */
export const MAX_MAPFILE_BLOCKS = 1_000_000
/** Text of such a map: that many lines. */
export const MAX_MAPFILE_BYTES = 64 * 1024 * 1024
/** Discs of one image in one job; whoever needs more begins a second one. */
export const MAX_COPIES = 99
/** Passes over sectors that could not be read; a drive that has not read one in so many tries never will. */
export const MAX_RIP_RETRIES = 100
/** Missing stretches of a rip that are listed one by one, and files they hit; the rest is counted. */
export const MAX_LISTED_MISSING = 1000

/** A checksum file or a signature; a list of 10,000 images with SHA-512 has two megabytes. */
export const MAX_CHECKSUM_FILE_BYTES = 4 * 1024 * 1024
/** A file of public keys; those of a whole distribution's makers fit. */
export const MAX_KEY_FILE_BYTES = 8 * 1024 * 1024
/** Signatures looked at in one file; real ones have one or two. */
export const MAX_SIGNATURES_PER_FILE = 32
/** Keys kept in the store of trusted ones. */
export const MAX_TRUSTED_KEYS = 1000
/** Files beside an image that are looked into for checksums, signatures and keys. */
export const MAX_FILES_BESIDE = 64
/** Runs of differing sectors kept of a comparison; each is looked up in the files. */
export const MAX_DIFFERING_RUNS = 1000
/** Symbolic links followed in one path; Linux' limit. */
export const MAX_LINK_HOPS = 40
/** Listed files looked up one by one because links lead to them; of more, the rest count as missing. */
export const MAX_LINKED_FILES = 1000
/** Names kept of files that are damaged, missing or different; the rest are counted. */
export const MAX_NAMED_FILES = 100

/** Text that describes an image (CUE, CCD, TOC, GDI): 99 tracks with all their titles stay far below. */
export const MAX_SHEET_BYTES = 1024 * 1024
/** Binary description of tracks (MDS, or the end of NRG and CDI): the same. */
export const MAX_DESCRIPTOR_BYTES = 4 * 1024 * 1024
/** Tracks of a disc, as ECMA-130 has it; and sessions, which have one track at least. */
export const MAX_TRACKS = 99
/** Indexes of one track. */
export const MAX_INDEXES = 99
/** Pieces that one track is put together from (TOC): one for each cut in an audio track. */
export const MAX_TRACK_PIECES = 10_000
/** Files beside a container whose names are looked at. */
export const MAX_NEIGHBOURS = 20_000
/** How often an image may be packed into another file: a CUE in ECM in ZIP is two. */
export const MAX_WRAPPINGS = 4
/** Where a track of a disc can begin: a GD-ROM has 549,150 sectors, the largest Blu-ray disc 62,500,864. What is said to lie beyond would be read as gigabytes of nothing. */
export const MOST_DISC_SECTORS = { cd: 600_000, dvd: 62_500_864 } as const
/** Records of an ECM file; one for each change between kinds of sectors, so at most one a sector of a CD. */
export const MAX_ECM_RECORDS = 1_000_000

/** A compressed image, expanded: twenty times the largest Blu-ray disc; what is claimed beyond it can't be meant. */
export const MAX_PACKED_IMAGE_BYTES = 2 ** 42
/** Table of a compressed image's blocks, held in memory: the largest Blu-ray disc in sectors. */
export const MAX_BLOCK_TABLE_BYTES = 256 * 1024 * 1024
/** Blocks of a compressed image: writers choose 2 KiB to 64 KiB. */
export const PACKED_BLOCK_BYTES = { least: 512, most: 2 ** 20 } as const
/** One block that is expanded in memory when something of it is read; longer ones are expanded once, to the disk. */
export const MAX_HELD_BLOCK_BYTES = 64 * 1024 * 1024
/** Dictionary of an xz file: the greatest that xz's own levels use, and as much again. */
export const MAX_XZ_DICTIONARY_BYTES = 128 * 1024 * 1024
/** What a compressed file may expand to on the disk without being a bomb: so many times its size, where that is more than a little. */
export const PACKED_RATIO_LIMIT = { ratio: 1000, leastBytes: 2 ** 30 } as const
/** Free space that expanding leaves on the disk of temporary files. */
export const SPARED_FREE_BYTES = 64 * 1024 * 1024
/** Window of a Zstandard frame: what `zstd --ultra -22` and `--long` use. */
export const MAX_ZSTD_WINDOW_BYTES = 128 * 1024 * 1024
/** Blocks of a Zstandard file walked through before it is read from the front instead: a terabyte of full ones. */
export const MAX_ZSTD_BLOCKS = 8_000_000
/** Files of a ZIP archive that is looked at for one image, and the length of their list. */
export const MAX_ZIP_ENTRIES = 10_000
export const MAX_ZIP_DIRECTORY_BYTES = 4 * 1024 * 1024
/** Hunks of a CHD: what is read at once; chdman's are of 4 KiB and 19 KiB, and it stops at 1 MiB. */
export const CHD_HUNK_BYTES = { least: 16, most: 2 ** 20 } as const
/** How many: a Blu-ray disc of two layers in hunks of 4 KiB, whose map takes 15 bytes for each. */
export const MAX_CHD_HUNKS = 2 ** 24
/** Pieces of a CHD's metadata, and all of them together: a disc has one for each track. */
export const MAX_CHD_METADATA = 1000
export const MAX_CHD_METADATA_BYTES = 16 * 1024 * 1024
/** Property list of a Mac disk image: 54 bytes for each of its runs. */
export const MAX_DMG_LIST_BYTES = 64 * 1024 * 1024
/** Runs of a Mac disk image: 256 GB in those of 256 KiB, as hdiutil makes them. */
export const MAX_DMG_RUNS = 1_000_000
/** Hunks remembered by their content when a CHD is written, so that equal ones are stored once: some 100 MB. */
export const MAX_CHD_KNOWN_HUNKS = 500_000
/** What announces a new version: a version and an address, with much room. */
export const MAX_ANNOUNCEMENT_BYTES = 64 * 1024
/** From here on a CSO has longer blocks, as maxcso makes them: its table would have megabytes. */
export const CSO_LARGE_IMAGE_BYTES = 2 ** 31
